package dev.bureau.scheduler;

import dev.bureau.scheduler.jdk.ProcessThreads;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs fibers. Three exist: own carriers, the JDK's scheduler where `java.lang` is closed to us, and the seeded one of
/// the test kit.
public abstract class Scheduler implements AutoCloseable {
    /// How long a fiber may run while others wait, unless told otherwise.
    public static final Duration SLICE = Duration.ofMillis(1);

    private @Nullable Object tenant;

    protected Scheduler() {}

    /// Keeps `owner` reachable for as long as this runs: a waiting fiber is reachable through its owner only, and must not
    /// be collected because the program has let go of everything else.
    public final void serve(Object owner) {
        tenant = owner;
    }

    /// Whom it serves.
    public final @Nullable Object tenant() {
        return tenant;
    }

    /// A scheduler with as many carriers as `parallelism` says and the usual slice.
    public static Scheduler start(String name, int parallelism) {
        return start(name, parallelism, SLICE);
    }

    /// A scheduler with as many carriers as `parallelism` says; on the JDK's scheduler, which has its own number, where
    /// this JVM keeps `java.lang` closed.
    ///
    /// `slice` is how long a fiber may run while others wait.
    public static Scheduler start(String name, int parallelism, Duration slice) {
        if (ProcessThreads.available()) {
            return new CarrierScheduler(name, parallelism, slice);
        }
        return new JdkScheduler(name);
    }

    /// The thread of a fiber, not started.
    protected abstract Thread newThread(Fiber fiber);

    /// A virtual thread whose every step goes through the fiber itself and so comes to [#enqueue].
    ///
    /// @throws IllegalStateException where this JVM keeps `java.lang` closed
    protected static Thread threadOver(Fiber fiber) {
        return ProcessThreads.create(fiber, fiber);
    }

    /// Queues what has become runnable. From any thread; never blocks, never throws.
    protected abstract void enqueue(Schedulable ready);

    /// Queues a fiber that `waker` has made runnable, whose thread calls.
    protected void wake(Fiber ready, Fiber waker) {
        enqueue(ready);
    }

    /// Queues what cannot run yet because another is just leaving it, or because it was submitted once too often: not at
    /// once, lest a carrier be busy with nothing else.
    protected void enqueueLater(Schedulable ready) {
        enqueue(ready);
    }

    /// Time and timers of this scheduler.
    public abstract Clock clock();

    /// How many fibers can run at the same time.
    public abstract int parallelism();

    /// What it is doing at this moment; nothing where it has no carriers of its own.
    public Load load() {
        return Load.UNKNOWN;
    }

    /// A place between two steps of a runtime operation at which a seeded scheduler may let others run.
    public void interleave() {}

    /// Stops it: fibers that have not ended never run again.
    @Override
    public abstract void close();
}
