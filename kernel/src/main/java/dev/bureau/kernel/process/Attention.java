package dev.bureau.kernel.process;

import dev.bureau.scheduler.Fiber;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What a process must look at before it goes on or goes to sleep.
///
/*
 * Each bit is set by others after they have done what it announces. The owner publishes that it waits first (SignalQueue), and reads
 * `attention` after it. Both volatile, so either the owner sees the bit or whoever set it sees that the owner waits.
 */
abstract class Attention extends Fiber {
    /// The process is ending: an exit signal has been received or its body is done.
    static final int EXITING = 1;

    /// Others have received messages for the owner.
    static final int RECEIVED = 2;

    /// Somebody has sent a signal that is not a message and could not receive it himself.
    static final int SIGNALLED = 4;

    /// Suspended.
    static final int SUSPENDED = 8;

    /// An exit signal has been fatal; whoever received it has yet to rouse the owner.
    static final int ROUSE = 16;

    /// The owner is being roused: it may still be interrupted. Raised under the lock, cleared by whoever rouses it.
    static final int ROUSING = 32;

    /// Its end has begun, in its own thread or, if that does not stop, in another.
    static final int ENDING = 64;

    /// Its code has begun to unwind.
    static final int UNWINDING = 128;

    /// Something traces it: see Tracing. Others raise it, the owner lowers it.
    static final int TRACED = 256;

    private static final VarHandle ATTENTION;

    static {
        try {
            ATTENTION =
                    MethodHandles.lookup().findVarHandle(Attention.class, "attention", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int attention;

    final int attention() {
        return attention;
    }

    final boolean has(int bit) {
        return (attention & bit) != 0;
    }

    /// Raises a bit; false if it was raised before.
    final boolean raiseFirst(int bit) {
        return ((int) ATTENTION.getAndBitwiseOr(this, bit) & bit) == 0;
    }

    final void raise(int bit) {
        ATTENTION.getAndBitwiseOr(this, bit);
    }

    final void clear(int bit) {
        ATTENTION.getAndBitwiseAnd(this, ~bit);
    }
}
