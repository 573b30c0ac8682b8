package dev.bureau.benchmarks.weaving;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How much of the machine is used, by all programs.
public final class Load {
    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /// How many cores were busy since the call before; not a number where that is not known.
    public double cores() {
        double load = system.getCpuLoad();
        return load < 0 ? Double.NaN : load * system.getAvailableProcessors();
    }
}
