package dev.bureau.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Something that happens once, at a deadline of its [Clock], unless cancelled before; whoever has cancelled it may set it again.
///
/*
 * State        next
 * NEW          ARMED (wheel), CANCELLED (anyone)
 * ARMED        FIRED (wheel), CANCELLED (anyone; the wheel unlinks it later)
 * CANCELLED    DROPPED (wheel), NEW (whoever cancelled it)
 * FIRED, DROPPED   final
 *
 * `previous`, `next` and `slot` belong to the thread that drives the wheel; `pending` to whoever pushed the timer on
 * the wheel's list of changes: once when scheduled, once more when cancelled after it was armed. So one that is NEW or CANCELLED
 * lies on the list, or is about to be put there by its canceller, and is set again by a step of its state alone. `delay` is
 * written before that step, and read by the wheel after it has armed the timer; if that has been cancelled and set again
 * meanwhile, what the wheel makes of it does not count, for it is on the list once more.
 */
public abstract class Timer {
    static final int NEW = 0;
    static final int ARMED = 1;
    static final int FIRED = 2;
    static final int CANCELLED = 3;
    static final int DROPPED = 4;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Timer.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int state;
    private long deadline;

    /// In milliseconds, from when the wheel takes the timer over and makes a deadline of it; 0 if it was set to one.
    private int delay;

    private @Nullable TimerWheel wheel;

    @Nullable Timer previous;
    @Nullable Timer next;
    @Nullable Timer pending;
    int slot = -1;

    protected Timer() {}

    /// What happens at the deadline. Runs on the clock's thread: must be short and never block.
    protected abstract void fire();

    /// The wheel has let go of it, after it was cancelled: it cannot be set again. Runs on the clock's thread: must be short and never
    /// block.
    protected void dropped() {}

    /// When it is due, on the scale of [Clock#now()]; of one that was set to a delay, once the wheel has taken it over.
    public final long deadline() {
        return deadline;
    }

    /// Whether it still lies ahead.
    public final boolean isPending() {
        return state <= ARMED;
    }

    /// Whether it has happened.
    public final boolean hasFired() {
        return state == FIRED;
    }

    /// Stops it; false when it has fired or was stopped before. Any thread; O(1).
    public final boolean cancel() {
        while (true) {
            int now = state;
            if (now > ARMED) {
                return false;
            }
            if (STATE.compareAndSet(this, now, CANCELLED)) {
                if (now == ARMED && wheel != null) {
                    wheel.changed(this);
                }
                return true;
            }
        }
    }

    /// Whoever cancelled it: sets it again. False if the wheel has let go of it.
    final boolean revive(int delay) {
        if (state != CANCELLED) {
            return false;
        }
        this.delay = delay;
        return STATE.compareAndSet(this, CANCELLED, NEW);
    }

    final void scheduled(TimerWheel wheel, long deadline) {
        this.wheel = wheel;
        this.deadline = deadline;
    }

    final void delayed(TimerWheel wheel, int delay) {
        this.wheel = wheel;
        this.delay = delay;
    }

    int delay() {
        return delay;
    }

    void due(long time) {
        deadline = time;
    }

    final boolean advance(int from, int to) {
        return STATE.compareAndSet(this, from, to);
    }

    /// Whether the wheel has yet to see to what was last done with it.
    final boolean isChanged() {
        int now = state;
        return now == NEW || now == CANCELLED;
    }

    final int state() {
        return state;
    }
}
