package dev.bureau.kernel.process;

/// The time that a process has for its finally blocks, once it has begun to unwind, before their loops are cut short: a
/// slice of CPU time, and some thousand turns. Own thread only.
///
/*
 * Only what it has run itself counts: its carrier's CPU time between two looks, if it has not left the carrier meanwhile.
 * A look costs microseconds, more than a turn of most loops, so it is taken now and then.
 *
 * Each turn comes here, which takes longer than most turns do by themselves, and in code that the JIT has not compiled yet a
 * hundred times as long. So a slice alone would cut short a loop of a thousand turns that happens to be new: turns count too, up to
 * a multiple of the slice. Not of what calls operations again and again although each ends it: that is no finally block, but a
 * handler which catches all and goes on.
 */
final class Grace {
    private static final long SLICE_NANOS = 1_000_000;
    private static final int FEW_TURNS = 10_000;
    private static final int FEW_REFUSALS = 10;
    private static final long MOST_NANOS = 20 * SLICE_NANOS;
    private static final long LOOK_NANOS = 100_000;

    /// While the CPU time is not known, in the first moments of a JVM, the wall clock says when it is enough.
    private static final long WALL_NANOS = 50_000_000;

    private final long began = System.nanoTime();
    private long looked = began;
    private int mount;
    private long cpu;
    private long ran;
    private int turns;
    private boolean over;

    Grace(LocalProcess process) {
        look(process);
    }

    /// Asked at each turn of a loop.
    boolean isOver(LocalProcess process) {
        turns++;
        long now = System.nanoTime();
        if (!over && now - looked >= LOOK_NANOS) {
            looked = now;
            over = look(process) ? ran >= most(process) : now - began >= WALL_NANOS;
        }
        return over;
    }

    private long most(LocalProcess process) {
        return turns < FEW_TURNS && process.extrasOfOwner().refused < FEW_REFUSALS
                ? MOST_NANOS
                : SLICE_NANOS;
    }

    /// Adds what it has run since the last look; whether that is known.
    private boolean look(LocalProcess process) {
        long known = process.carrierCpuNanos();
        if (known <= 0) {
            return false;
        }
        int current = process.slices();
        if (cpu != 0 && mount == current) {
            ran += known - cpu;
        }
        mount = current;
        cpu = known;
        return true;
    }
}
