package dev.bureau.scheduler;

/// A fiber without a thread: its continuation is what the race gives it, and how often it is queued is counted.
final class Bench extends Fiber {
    private final Counting scheduler = new Counting();

    Bench(Runnable continuation) {
        // The JDK's first step: from now on this is the continuation.
        execute(continuation);
        scheduler.queued.set(0);
    }

    int timesQueued() {
        return scheduler.queued.get();
    }

    @Override
    public void run() {}

    @Override
    protected Scheduler scheduler() {
        return scheduler;
    }

    @Override
    protected boolean beginWait(boolean parks) {
        return false;
    }
}
