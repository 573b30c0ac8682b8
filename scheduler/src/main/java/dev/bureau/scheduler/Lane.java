package dev.bureau.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The work of one core: a run queue, and a slot for what the running fiber has woken last.
///
/// The slot keeps two fibers that talk to each other on one core, warm and without a wake-up. What is in it runs on the
/// slice of its waker, so such a pair cannot keep the queue waiting.
final class Lane {
    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Lane.class, "next", Schedulable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final RunQueue queue = new RunQueue();
    private volatile @Nullable Schedulable next;

    /// The background has not had its share of this lane.
    private volatile boolean backgroundDue;

    /// Watchdog: ticks since the lane last ran background work.
    int ticksWithoutBackground;

    /// The carrier on duty; changed by the watchdog only.
    volatile @Nullable Carrier carrier;

    /// Puts `ready` into the slot; returns what was there before.
    @Nullable Schedulable replaceNext(Schedulable ready) {
        return (Schedulable) NEXT.getAndSet(this, ready);
    }

    /// Empties the slot.
    @Nullable Schedulable takeNext() {
        return next == null ? null : (Schedulable) NEXT.getAndSet(this, null);
    }

    void backgroundDue() {
        backgroundDue = true;
    }

    boolean isBackgroundDue() {
        return backgroundDue;
    }

    boolean takeBackgroundDue() {
        if (!backgroundDue) {
            return false;
        }
        backgroundDue = false;
        return true;
    }

    boolean hasNext() {
        return next != null;
    }
}
