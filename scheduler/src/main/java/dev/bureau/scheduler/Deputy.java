package dev.bureau.scheduler;

import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Ends slices when the clock does not: a thread that keeps to other cores than the one on which the clock runs.
///
/// Where a machine is a virtual one, its cores stand still for milliseconds now and then, each for itself. If that happens to the core
/// of the clock, whoever runs on another goes on far beyond his slice. Both of them also tell of how much time that was: see
/// [StealTime].
///
/// It runs while somebody has to wait for a carrier for the sake of one who computes, on Linux, where [Cores] are known and there are two
/// at least.
///
/*
 * It looks when the clock should have done so half an interval before, twice in a tick at most. In `resting` it says that it is about to sleep, then looks once more whether it is needed;
 * the clock says that it is, then looks whether it rests. Both are volatile, so one of the two sees the other.
 */
final class Deputy implements Runnable {
    /// So many ticks after it was last needed it rests.
    private static final int CALM_TICKS = 20;

    private final String name;
    private final long tick;
    private final BooleanSupplier standIn;
    private final StealTime stealTime;
    private final StealTime.Witness clock;
    private final StealTime.Witness self;

    private volatile @Nullable Thread thread;
    private volatile boolean unavailable;
    private volatile boolean stopped;
    private volatile boolean resting;
    private volatile boolean onDuty;

    /// When the clock has last looked, and on which core; when it has last said that it is needed.
    private volatile long clockSeen;

    private volatile int clockCore = -1;
    private volatile long clockInterval;
    private volatile long needed;

    /// By what number the system knows the clock's thread.
    private volatile long clockThread;

    /// @param tick how often the clock looks, in nanoseconds
    /// @param standIn what is to be done if it does not, and whether somebody waits; takes no lock and starts no thread
    Deputy(String name, long tick, BooleanSupplier standIn) {
        this.name = name;
        this.tick = tick;
        this.standIn = standIn;
        clockInterval = tick;
        stealTime = new StealTime(tick);
        clock = stealTime.new Witness();
        self = stealTime.new Witness();
    }

    StealTime stealTime() {
        return stealTime;
    }

    /// Clock: looks, on this core, and will again in so many nanoseconds.
    void clockLooks(long now, int core, long again) {
        if (onDuty) {
            clock.look(now, core);
            clockCore = core;
            clockInterval = again;
            clockSeen = now;
        }
    }

    /// Clock: does not look again soon.
    void clockRests() {
        clock.rest();
    }

    /// Clock: somebody waits for one who computes.
    void need(long now) {
        if (unavailable) {
            return;
        }
        needed = now;
        Thread known = thread;
        if (known == null) {
            clockThread = Promptness.callingThread();
            if (clockThread == 0) {
                unavailable = true;
                return;
            }
            thread = known = Thread.ofPlatform().daemon().name(name).unstarted(this);
            try {
                known.start();
            } catch (OutOfMemoryError noThread) {
                unavailable = true;
            }
        } else if (resting) {
            LockSupport.unpark(known);
        }
    }

    /// Whether it does, or would if it were needed.
    boolean isOnDuty() {
        return onDuty;
    }

    /// Whether there is none here, however much it is needed.
    boolean isUnavailable() {
        return unavailable;
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        Cores cores = Cores.load();
        if (cores == null || cores.of(clockThread).cardinality() < 2) {
            unavailable = true;
            return;
        }
        Promptness.Answer answer = Promptness.ask();
        while (answer == Promptness.Answer.LATER) {
            LockSupport.parkNanos(this, tick);
            answer = Promptness.ask();
        }
        if (answer != Promptness.Answer.AT_ONCE) {
            // It would have to take turns with others that compute, and for each of its turns other
            // programs would lose one: ADR 0021.
            unavailable = true;
            return;
        }
        onDuty = true;
        while (onDuty && !stopped) {
            long now = System.nanoTime();
            if (now - needed > CALM_TICKS * tick) {
                rest();
            } else {
                look(now, cores);
            }
        }
    }

    private void look(long now, Cores cores) {
        int core = Cores.current();
        self.look(now, core);
        if (core == clockCore) {
            keepOff(core, cores);
        }
        if (isClockOverdue(now) && standIn.getAsBoolean()) {
            needed = now;
        }
        // Not as often as the clock in a crowd: to wake costs more than to look.
        LockSupport.parkNanos(this, Math.max(overdueAt() - now, tick / 2));
    }

    private boolean isClockOverdue(long now) {
        return now - overdueAt() >= 0;
    }

    private long overdueAt() {
        long interval = clockInterval;
        return clockSeen + interval + interval / 2;
    }

    private void keepOff(int core, Cores cores) {
        BitSet others = cores.of(clockThread);
        others.clear(core);
        if (others.isEmpty() || !cores.keepTo(others)) {
            // Somebody has taken all others away from this program.
            unavailable = true;
            onDuty = false;
        }
    }

    private void rest() {
        self.rest();
        resting = true;
        if (System.nanoTime() - needed > CALM_TICKS * tick && !stopped) {
            LockSupport.park(this);
        }
        resting = false;
    }
}
