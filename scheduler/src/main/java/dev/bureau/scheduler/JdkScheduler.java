package dev.bureau.scheduler;

import dev.bureau.scheduler.jdk.ProcessThreads;
import java.util.concurrent.atomic.AtomicBoolean;

/// Fibers as plain virtual threads on the JDK's scheduler: what is left where `java.lang` is closed to us.
///
/// No priorities, no slices, no watchdog, no fair order; timers and waiting work as on own carriers.
final class JdkScheduler extends Scheduler {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final SystemClock clock;

    JdkScheduler(String name) {
        if (SAID.compareAndSet(false, true)) {
            System.Logger log = System.getLogger("dev.bureau.scheduler");
            log.log(
                    System.Logger.Level.INFO,
                    "processes run on the JDK''s scheduler, without priorities, slices, fair order and watchdog; {0}",
                    ProcessThreads.wayOut());
            if (losesWork(Runtime.version())) {
                log.log(
                        System.Logger.Level.WARNING,
                        "the scheduler of JDK {0} can leave processes parked that should run (JDK-8369227); run with JDK 25.0.3 or newer",
                        Runtime.version());
            }
        }
        clock = new SystemClock(name, SystemClock.MOST_TICK_NANOS, this::needsNoTicks);
        clock.start();
    }

    /// The ForkJoinPool of 25.0.0 to 25.0.2 can leave threads parked (JDK-8369227).
    static boolean losesWork(Runtime.Version jdk) {
        return jdk.compareTo(Runtime.Version.parse("25.0.3")) < 0;
    }

    private boolean needsNoTicks() {
        return false;
    }

    @Override
    protected Thread newThread(Fiber fiber) {
        return Thread.ofVirtual()
                .inheritInheritableThreadLocals(false)
                .unstarted(fiber::runOnJdkScheduler);
    }

    @Override
    protected void enqueue(Schedulable ready) {
        throw new IllegalStateException("the JDK schedules " + ready);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public int parallelism() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public void close() {
        clock.stop();
    }
}
