package dev.bureau.kernel.process;

/// The time that a process has for its finally blocks, once it has begun to unwind, before their loops are cut short: a
/// slice of CPU time. Own thread only.
final class Grace {
    private static final long SLICE_NANOS = 1_000_000;

    /// Where the CPU time is not known, or was that of another carrier, the wall clock says when it is enough.
    private static final long WALL_NANOS = 5_000_000;

    private final long began = System.nanoTime();
    private final long carrier;
    private final long cpu;
    private boolean over;

    Grace(LocalProcess process) {
        carrier = process.carrierId();
        cpu = process.carrierCpuNanos();
    }

    /// Cheap until a slice has passed: it is asked at each turn of a loop.
    boolean isOver(LocalProcess process) {
        if (!over) {
            long wall = System.nanoTime() - began;
            over =
                    wall >= SLICE_NANOS
                            && (wall >= WALL_NANOS ? !isStarved(process) : hasRun(process));
        }
        return over;
    }

    private boolean hasRun(LocalProcess process) {
        return isKnown(process) && process.carrierCpuNanos() - cpu >= SLICE_NANOS;
    }

    /// Whether the system ran others instead.
    private boolean isStarved(LocalProcess process) {
        return isKnown(process) && process.carrierCpuNanos() - cpu < SLICE_NANOS;
    }

    private boolean isKnown(LocalProcess process) {
        return cpu > 0 && process.carrierId() == carrier;
    }
}
