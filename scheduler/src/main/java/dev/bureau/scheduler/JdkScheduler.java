package dev.bureau.scheduler;

import dev.bureau.scheduler.jdk.ProcessThreads;
import java.util.concurrent.atomic.AtomicBoolean;

/// Fibers as plain virtual threads on the JDK's scheduler: what is left where `java.lang` is closed to us.
///
/// No priorities, no watchdog, no fair order; timers and waiting work as on own carriers.
final class JdkScheduler extends Scheduler {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final SystemClock clock;

    JdkScheduler(String name) {
        if (SAID.compareAndSet(false, true)) {
            System.getLogger("dev.bureau.scheduler")
                    .log(
                            System.Logger.Level.INFO,
                            "processes run on the JDK''s scheduler, without priorities, fair order and watchdog; {0}",
                            ProcessThreads.HOW_TO_OPEN);
        }
        clock = new SystemClock(name, SystemClock.MOST_TICK_NANOS, this::needsNoTicks);
        clock.start();
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
