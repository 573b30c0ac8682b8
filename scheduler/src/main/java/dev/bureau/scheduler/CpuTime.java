package dev.bureau.scheduler;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/// The CPU time of carriers: what their threads got of a core, without the time in which the system ran others there.
///
/// Asking costs a system call, so carriers ask about background work only, and seldom; and what answers takes tens of
/// milliseconds to load, so that is done aside when it is first needed, and the wall clock answers until then.
final class CpuTime {
    private static volatile @Nullable ThreadMXBean threads;
    private static volatile boolean loading;

    private CpuTime() {}

    /// Of the calling carrier, in nanoseconds, if that is known by now; else 0.
    static long ofCurrentThread() {
        ThreadMXBean known = threads;
        if (known == null) {
            load();
            return 0;
        }
        return known.getCurrentThreadCpuTime();
    }

    /// Of a carrier, in nanoseconds, if that is known by now; else 0.
    static long of(Thread carrier) {
        ThreadMXBean known = threads;
        if (known == null) {
            load();
            return 0;
        }
        return Math.max(0, known.getThreadCpuTime(carrier.threadId()));
    }

    private static void load() {
        if (loading) {
            return;
        }
        synchronized (CpuTime.class) {
            if (loading) {
                return;
            }
            loading = true;
        }
        Thread.ofPlatform().daemon().name("bureau-cpu-time").start(CpuTime::loadNow);
    }

    private static void loadNow() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        if (bean.isThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled()) {
            // Once, so that the carriers find it ready.
            long _ = bean.getCurrentThreadCpuTime();
            threads = bean;
        }
    }
}
