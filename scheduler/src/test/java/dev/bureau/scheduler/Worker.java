package dev.bureau.scheduler;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// As little as a process can be: a body, and a count of signals it can wait for.
///
/*
 * `signals` is how many have not been taken; WAITING and PARKED are the marks that it sleeps. Whoever replaces a mark
 * wakes it.
 */
final class Worker extends Fiber {
    private static final int WAITING = -1;
    private static final int PARKED = -2;

    private final Scheduler scheduler;
    private final Callable<?> body;
    private final AtomicInteger signals = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Throwable failure;
    private boolean throwsInTheEnd;

    private Worker(Scheduler scheduler, Callable<?> body) {
        this.scheduler = scheduler;
        this.body = body;
    }

    static Worker create(Scheduler scheduler, Callable<?> body) {
        Worker worker = new Worker(scheduler, body);
        worker.createThread();
        return worker;
    }

    static Worker start(Scheduler scheduler, Callable<?> body) {
        return create(scheduler, body).start();
    }

    /// For bodies that return nothing.
    static Worker run(Scheduler scheduler, Action body) {
        return start(
                scheduler,
                () -> {
                    body.run();
                    return null;
                });
    }

    interface Action {
        void run() throws Exception;
    }

    Worker start() {
        startThread();
        return this;
    }

    /// The worker that calls.
    static Worker self() {
        return (Worker) Fiber.current();
    }

    @Override
    public void run() {
        try {
            body.call();
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            ended.countDown();
        }
        if (throwsInTheEnd) {
            throw new IllegalStateException("thrown in the end, on purpose");
        }
    }

    /// Own thread: when its body has ended, its thread does by an exception.
    void endsByThrowing() {
        throwsInTheEnd = true;
    }

    @Override
    protected Scheduler scheduler() {
        return scheduler;
    }

    @Override
    protected boolean beginWait(boolean parks) {
        return signals.compareAndSet(0, parks ? PARKED : WAITING);
    }

    /// Any thread: one signal more.
    void signal() {
        int before = signals.getAndUpdate(count -> Math.max(count, 0) + 1);
        if (before == WAITING) {
            resume();
        } else if (before == PARKED) {
            unpark();
        }
    }

    /// Own thread: takes one signal, and waits for it if there is none.
    void await() {
        while (true) {
            int count = signals.get();
            if (count > 0) {
                if (signals.compareAndSet(count, count - 1)) {
                    return;
                }
                continue;
            }
            awaitWake();
            signals.compareAndSet(PARKED, 0);
        }
    }

    boolean isWaiting() {
        return signals.get() < 0;
    }

    /// Whether it ends within `limit`; throws what it has thrown.
    boolean endsWithin(Duration limit) throws Exception {
        if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return true;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }
}
