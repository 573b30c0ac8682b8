package dev.bureau.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Timers by the millisecond in four wheels of 256 slots: setting and cancelling take constant time from any thread.
///
/*
 * Wheel n turns once in 256^(n+1) ms. A timer lies in the lowest wheel whose current turn contains its deadline, so all
 * timers of one deadline reach wheel 0 together and in the order in which they were set. When wheel n begins a turn,
 * the slot of wheel n+1 that covers it is emptied into it. The last wheel is the only one that holds slots of its next
 * turn; what lies farther away than 255 of its slots (49 days) waits in the farthest and is placed again from there.
 *
 * Only the thread that drives the wheel (advance, nextDue) touches the slots. All others push the timer on `changes`, a
 * stack; the driver takes the stack whole and replays it from its bottom. A timer cancelled before the driver has seen
 * it never enters a slot, and can be set again meanwhile where it lies: so calls with a timeout, nearly all answered within a
 * tick, cost one push in each tick.
 */
public final class TimerWheel {
    /// No timer is due.
    public static final long NEVER = Long.MAX_VALUE;

    private static final int BITS = 8;
    private static final int SLOTS = 1 << BITS;
    private static final int WHEELS = 4;
    private static final int FAR = BITS * (WHEELS - 1);
    private static final long TICK_NANOS = 1_000_000;
    private static final VarHandle CHANGES;

    static {
        try {
            CHANGES =
                    MethodHandles.lookup().findVarHandle(TimerWheel.class, "changes", Timer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongSupplier time;
    private final long origin;
    private final @Nullable Timer[] slots = new Timer[WHEELS * SLOTS];
    private final long[] occupied = new long[WHEELS * SLOTS / Long.SIZE];
    private long tick;

    private volatile @Nullable Timer changes;

    /// `time` is the clock's scale; tick 0 begins now.
    public TimerWheel(LongSupplier time) {
        this.time = time;
        this.origin = time.getAsLong();
    }

    /// Any thread: `timer` shall fire at the first tick not before `deadline`.
    public void schedule(Timer timer, long deadline) {
        timer.scheduled(this, deadline);
        changed(timer);
    }

    /// Any thread: `timer` shall fire at the first tick not before `delay` milliseconds have passed since the driver took it over.
    void delay(Timer timer, int delay) {
        timer.delayed(this, delay);
        changed(timer);
    }

    void changed(Timer timer) {
        Timer top;
        do {
            top = changes;
            timer.pending = top;
        } while (!CHANGES.compareAndSet(this, top, timer));
    }

    /// Driver: fires all that is due at `now`.
    public void advance(long now) {
        long target = Math.floorDiv(now - origin, TICK_NANOS);
        applyChanges();
        while (tick < target) {
            // Ticks in which nothing can happen are skipped in one step.
            long event = nextEventTick();
            if (event > target) {
                tick = target;
                return;
            }
            tick = event;
            cascade();
            fireSlot((int) (tick & (SLOTS - 1)));
            applyChanges();
        }
    }

    /// Driver: the time by which [#advance] should be called again, or [#NEVER].
    public long nextDue() {
        applyChanges();
        long event = nextEventTick();
        return event == NEVER ? NEVER : origin + event * TICK_NANOS;
    }

    /// The next time after `now` that is a whole number of `step` nanoseconds from where this began: who looks then finds
    /// timers that have just become due.
    long boundaryAfter(long now, long step) {
        return origin + (Math.floorDiv(now - origin, step) + 1) * step;
    }

    private void applyChanges() {
        if (changes == null) {
            return;
        }
        Timer stack = (Timer) CHANGES.getAndSet(this, null);
        Timer oldestFirst = null;
        while (stack != null) {
            Timer below = stack.pending;
            stack.pending = oldestFirst;
            oldestFirst = stack;
            stack = below;
        }
        while (oldestFirst != null) {
            Timer timer = oldestFirst;
            oldestFirst = timer.pending;
            // Cleared before the state moves on: from then on a canceller may push it again.
            timer.pending = null;
            take(timer);
        }
    }

    /// Takes over a timer that was on the list.
    private void take(Timer timer) {
        // In any other state it was set twice, and that has no effect.
        while (timer.isChanged()) {
            if (timer.advance(Timer.NEW, Timer.ARMED)) {
                leaveSlot(timer);
                int delay = timer.delay();
                if (delay != 0) {
                    // Not before the step above: it may have been set this moment.
                    timer.due(time.getAsLong() + delay * TICK_NANOS);
                }
                insert(timer, tick + 1);
                return;
            }
            if (timer.advance(Timer.CANCELLED, Timer.DROPPED)) {
                leaveSlot(timer);
                timer.dropped();
                return;
            }
            // Cancelled, or set again, between the two.
        }
    }

    private void leaveSlot(Timer timer) {
        if (timer.slot >= 0) {
            unlink(timer);
        }
    }

    /// Places a timer; `earliest` is the first tick that has not been fired yet.
    private void insert(Timer timer, long earliest) {
        // Rounded up: a timer is never early.
        long due = Math.max(earliest, Math.ceilDiv(timer.deadline() - origin, TICK_NANOS));
        due = Math.min(due, ((tick >>> FAR) + SLOTS - 1) << FAR);
        int wheel = 0;
        while (wheel < WHEELS - 1
                && (due >>> (BITS * (wheel + 1))) != (tick >>> (BITS * (wheel + 1)))) {
            wheel++;
        }
        link(timer, wheel * SLOTS + (int) ((due >>> (BITS * wheel)) & (SLOTS - 1)));
    }

    private void link(Timer timer, int slot) {
        timer.slot = slot;
        Timer first = slots[slot];
        if (first == null) {
            timer.previous = timer;
            timer.next = timer;
            slots[slot] = timer;
            occupied[slot >>> 6] |= 1L << slot;
            return;
        }
        Timer last = first.previous;
        timer.previous = last;
        timer.next = first;
        first.previous = timer;
        if (last != null) {
            last.next = timer;
        }
    }

    private void unlink(Timer timer) {
        int slot = timer.slot;
        Timer next = timer.next;
        Timer previous = timer.previous;
        if (next == timer || next == null || previous == null) {
            slots[slot] = null;
            occupied[slot >>> 6] &= ~(1L << slot);
        } else {
            previous.next = next;
            next.previous = previous;
            if (slots[slot] == timer) {
                slots[slot] = next;
            }
        }
        timer.slot = -1;
        timer.previous = null;
        timer.next = null;
    }

    /// Where a turn of a wheel begins at this tick, the slot above that covers the turn is spread over it.
    private void cascade() {
        for (int wheel = 1; wheel < WHEELS; wheel++) {
            if ((tick & ((1L << (BITS * wheel)) - 1)) != 0) {
                return;
            }
            spread(wheel * SLOTS + (int) ((tick >>> (BITS * wheel)) & (SLOTS - 1)));
        }
    }

    private void spread(int slot) {
        Timer timer = slots[slot];
        if (timer == null) {
            return;
        }
        slots[slot] = null;
        occupied[slot >>> 6] &= ~(1L << slot);
        Timer first = timer;
        do {
            Timer next = timer.next;
            timer.slot = -1;
            timer.next = null;
            timer.previous = null;
            if (timer.state() == Timer.ARMED) {
                insert(timer, tick);
            }
            timer = next;
        } while (timer != null && timer != first);
    }

    private void fireSlot(int slot) {
        Timer timer;
        while ((timer = slots[slot]) != null) {
            unlink(timer);
            if (timer.advance(Timer.ARMED, Timer.FIRED)) {
                try {
                    timer.fire();
                } catch (Throwable failed) {
                    // What else is due must not wait for the next turn of the wheel.
                    SystemLog.error("a timer failed", failed);
                }
            }
        }
    }

    /// The first tick after this one at which a slot of wheel 0 is to be fired or a higher one to be spread.
    private long nextEventTick() {
        for (int wheel = 0; wheel < WHEELS; wheel++) {
            int position = (int) ((tick >>> (BITS * wheel)) & (SLOTS - 1));
            int next = nextOccupied(wheel, position + 1);
            if (next >= 0) {
                return turn(wheel) + ((long) next << (BITS * wheel));
            }
        }
        int next = nextOccupied(WHEELS - 1, 0);
        return next < 0 ? NEVER : turn(WHEELS - 1) + ((long) (SLOTS + next) << FAR);
    }

    /// The tick at which the current turn of a wheel began.
    private long turn(int wheel) {
        int bits = BITS * (wheel + 1);
        return tick >>> bits << bits;
    }

    private int nextOccupied(int wheel, int from) {
        int word = wheel * SLOTS / Long.SIZE;
        for (int i = from; i < SLOTS; i = (i | 63) + 1) {
            long bits = occupied[word + (i >>> 6)] >>> i;
            if (bits != 0) {
                return i + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }
}
