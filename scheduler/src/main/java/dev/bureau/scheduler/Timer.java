package dev.bureau.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Something that happens once, at a deadline of its [Clock], unless cancelled before.
///
/*
 * State        next
 * NEW          ARMED (wheel), CANCELLED (anyone)
 * ARMED        FIRED (wheel), CANCELLED (anyone; the wheel unlinks it later)
 * FIRED, CANCELLED   final
 *
 * `previous`, `next` and `slot` belong to the thread that drives the wheel; `pending` to whoever pushed the timer on
 * the wheel's list of changes: once when scheduled, once more when cancelled after it was armed.
 */
public abstract class Timer {
    static final int NEW = 0;
    static final int ARMED = 1;
    static final int FIRED = 2;
    static final int CANCELLED = 3;

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
    private @Nullable TimerWheel wheel;

    @Nullable Timer previous;
    @Nullable Timer next;
    @Nullable Timer pending;
    int slot = -1;

    protected Timer() {}

    /// What happens at the deadline. Runs on the clock's thread: must be short and never block.
    protected abstract void fire();

    /// When it is due, on the scale of [Clock#now()].
    public final long deadline() {
        return deadline;
    }

    /// Whether it still lies ahead.
    public final boolean isPending() {
        return state <= ARMED;
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

    final void scheduled(TimerWheel wheel, long deadline) {
        this.wheel = wheel;
        this.deadline = deadline;
    }

    final boolean advance(int from, int to) {
        return STATE.compareAndSet(this, from, to);
    }

    final int state() {
        return state;
    }
}
