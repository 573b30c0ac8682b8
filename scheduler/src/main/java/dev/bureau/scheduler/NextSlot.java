package dev.bureau.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// What the fiber on a carrier has woken last.
///
/// It keeps two fibers that talk to each other on one core, warm and without a wake-up. What is in it runs on the slice of
/// its waker, so such a pair cannot keep a queue waiting.
///
/*
 * Only the carrier's thread writes here, be it the carrier itself or the fiber that it runs, and it does so without an atomic
 * step, twice in each switch. Others only take what lies here, by compare-and-set, and never write over what they have
 * not seen: so nothing is lost. What they take may be taken by the carrier at the same moment, and then is queued twice;
 * who runs it sees that (Fiber.runOn).
 */
final class NextSlot {
    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(NextSlot.class, "next", Schedulable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Schedulable next;

    /// Carrier's thread: puts `ready` here; returns what was here before.
    @Nullable Schedulable replace(Schedulable ready) {
        Schedulable before = next;
        NEXT.setRelease(this, ready);
        return before;
    }

    /// Carrier's thread: empties it.
    @Nullable Schedulable take() {
        Schedulable taken = next;
        if (taken != null) {
            NEXT.setRelease(this, (Schedulable) null);
        }
        return taken;
    }

    /// Others: empties it.
    @Nullable Schedulable steal() {
        Schedulable seen = next;
        return seen != null && NEXT.compareAndSet(this, seen, null) ? seen : null;
    }

    boolean isEmpty() {
        return next == null;
    }
}
