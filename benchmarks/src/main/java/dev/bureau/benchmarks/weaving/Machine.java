package dev.bureau.benchmarks.weaving;

import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.sleep;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The processors, and who else uses them.
final class Machine {
    private static final double MOST = 0.2;
    private static final long PATIENCE = 300_000_000_000L;

    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long nanos;
    private long own;

    /// Starts to watch, anew if it did before.
    void watch() {
        system.getCpuLoad(); // of the time since the call before
        nanos = System.nanoTime();
        own = system.getProcessCpuTime();
    }

    /// Whether other programs used but a fifth of a core since [#watch()]; also where that is not known.
    boolean wasQuiet() {
        double load = system.getCpuLoad();
        double ownCores = (double) (system.getProcessCpuTime() - own) / (System.nanoTime() - nanos);
        return load < 0 || load * system.getAvailableProcessors() - ownCores < MOST;
    }

    /// Lets other programs finish; false if they have not for long.
    boolean awaitQuiet() {
        long start = System.nanoTime();
        do {
            watch();
            sleep(ofMillis(500));
            if (wasQuiet()) return true;
        } while (System.nanoTime() - start < PATIENCE);
        return false;
    }
}
