package dev.bureau.kernel.process;

import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.isolation.Movable;
import org.jspecify.annotations.Nullable;

/// The pid of a process of this virtual machine.
///
/// It leads straight to the process, so sending needs no table; it lets go of the process when that ends.
public final class LocalPid extends Pid implements Movable.Target {
    private volatile @Nullable LocalProcess process;

    LocalPid(NodeId node, long number, LocalProcess process) {
        super(node, number);
        this.process = process;
    }

    /// The process; null once it has ended.
    public @Nullable LocalProcess process() {
        return process;
    }

    /// Whether its process is alive, said at once: one that is ending, however long its code takes for that, is not.
    public boolean isAlive() {
        LocalProcess known = process;
        return known != null && known.isAlive();
    }

    void forgetProcess() {
        process = null;
    }
}
