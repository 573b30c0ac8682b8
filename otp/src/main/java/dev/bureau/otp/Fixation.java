package dev.bureau.otp;

import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Resources;
import dev.bureau.otp.table.Cells;
import java.util.concurrent.atomic.AtomicBoolean;

/// As long as this is open, one can go on from a key that was deleted: see [Table#fix()].
///
/// Belongs to the process that has it, and is closed when that ends.
public final class Fixation implements AutoCloseable {
    private final Cells<?> cells;
    private final LocalProcess holder;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fixation(Cells<?> cells, LocalProcess holder) {
        this.cells = cells;
        this.holder = holder;
    }

    static Fixation of(Cells<?> cells, LocalProcess holder) {
        Fixation fixation = new Fixation(cells, holder);
        cells.fix();
        if (!Resources.add(holder, fixation)) {
            fixation.close();
        }
        return fixation;
    }

    /// Ends it. The second time nothing happens.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Resources.remove(holder, this);
            cells.unfix();
        }
    }
}
