package dev.bureau.scheduler;

import java.util.concurrent.locks.LockSupport;

/// The clock of a running node: one thread that drives the timer wheel and, while carriers are busy, looks after them
/// once a millisecond.
///
/*
 * The thread sleeps until the next timer is due; without timers and with idle carriers it sleeps without limit.
 *
 * No lost wake-up: the thread writes `wakeAt`, then looks at the wheel and the carriers once more, then parks. A setter
 * pushes its timer, then reads `wakeAt`; a carrier that leaves idleness writes its state, then reads `wakeAt`. All of
 * them volatile, so at least one of the two sees the other.
 */
final class SystemClock extends Clock implements Runnable {
    static final long MOST_TICK_NANOS = 1_000_000;

    private final TimerWheel wheel = new TimerWheel(System::nanoTime);
    private final Ticking ticking;

    /// Nanoseconds between two looks at carriers that work.
    private final long tick;

    private final Thread thread;
    private volatile long wakeAt;

    /// It looks at the timers once more within a tick. Taken back before the last look: so a setter who pushes his timer, and then
    /// finds this, has been seen or will be.
    private volatile boolean ticks;

    private volatile boolean stopped;

    /// What happens at each tick.
    interface Ticking {
        /// False while nothing needs watching.
        boolean tick();

        /// In how many parts the time until the next tick is to be divided.
        default int parts() {
            return 1;
        }

        /// Between two parts.
        default void betweenParts() {}

        /// The clock has stopped.
        default void stopped() {}
    }

    SystemClock(String name, long tick, Ticking ticking) {
        this.tick = tick;
        this.ticking = ticking;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(name + "-clock")
                        .priority(Thread.MAX_PRIORITY)
                        .unstarted(this);
    }

    void start() {
        SystemLog.prepare();
        thread.start();
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void schedule(Timer timer, long deadline) {
        wheel.schedule(timer, deadline);
        // While the clock ticks anyway, a wake-up would gain less than a tick.
        if (sleepsBeyond(deadline + tick)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void delay(Timer timer, int delay) {
        if (!ticks) {
            // To wake the clock would cost more than a look at the time.
            schedule(timer, now() + delay * 1_000_000L);
            return;
        }
        wheel.delay(timer, delay);
        lookIfAsleep();
    }

    @Override
    public boolean delayAgain(Timer timer, int delay) {
        if (!ticks || !timer.revive(delay)) {
            return false;
        }
        lookIfAsleep();
        return true;
    }

    /// A timer waits for being looked at; the clock may have done that for the last time just before.
    private void lookIfAsleep() {
        if (!ticks) {
            LockSupport.unpark(thread);
        }
    }

    /// Whether the clock has announced to sleep longer than until `time`.
    boolean sleepsBeyond(long time) {
        return time - wakeAt < 0;
    }

    /// A carrier has begun to work: ticks are needed.
    void busy() {
        if (wakeAt - System.nanoTime() > 2 * tick) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            boolean watched = true;
            try {
                wheel.advance(System.nanoTime());
                watched = ticking.tick();
            } catch (Throwable failed) {
                // Such as an OutOfMemoryError: without a clock no process would ever time out.
                SystemLog.error("a tick of the clock failed", failed);
            }
            long until = fallAsleep(System.nanoTime(), watched);
            if (watched) {
                sleepInParts(until);
            }
            sleepUntil(until);
        }
        ticking.stopped();
    }

    /// Until the last part of the time before the next tick.
    private void sleepInParts(long nextTick) {
        int parts = ticking.parts();
        for (int left = parts - 1; left > 0; left--) {
            sleepUntil(nextTick - left * (tick / parts));
            ticking.betweenParts();
        }
    }

    private void sleepUntil(long time) {
        long nanos = time - System.nanoTime();
        // A timer may have slept, and used up the wake-up of who stopped it meanwhile.
        if (nanos > 0 && !stopped) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /// Clock thread: until when it may sleep.
    long fallAsleep(long now, boolean watched) {
        long until = wheel.boundaryAfter(now, tick);
        wakeAt = until;
        long due = wheel.nextDue();
        if (watched) {
            if (!ticks) {
                ticks = true;
            }
            return until;
        }
        ticks = false;
        until = farthest(now, due);
        wakeAt = until;
        // Never longer than announced, though what was due then may be cancelled by now: a setter
        // who has read the announcement relies on it.
        until = earlier(until, farthest(now, wheel.nextDue()));
        if (ticking.tick()) {
            until = earlier(until, wheel.boundaryAfter(now, tick));
        }
        wakeAt = until;
        return until;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private static long farthest(long now, long due) {
        return due == TimerWheel.NEVER ? now + (Long.MAX_VALUE >> 1) : due;
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }
}
