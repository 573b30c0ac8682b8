package dev.bureau.kernel;

/// Thrown by `spawn` when the node has as many processes as it may: Erlang's `system_limit`. Nothing else is disturbed.
public final class SystemLimit extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SystemLimit(int processes) {
        super(
                "the node has its limit of "
                        + processes
                        + " processes; see Node.Options.maxProcesses");
    }
}
