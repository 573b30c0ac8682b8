package dev.bureau.scheduler;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts what is queued, and runs nothing.
final class Counting extends Scheduler {
    final AtomicInteger queued = new AtomicInteger();

    @Override
    protected Thread newThread(Fiber fiber) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void enqueue(Schedulable ready) {
        queued.incrementAndGet();
    }

    @Override
    public Clock clock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public void close() {}
}
