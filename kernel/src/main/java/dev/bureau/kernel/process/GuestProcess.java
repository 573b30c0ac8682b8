package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The process of a Java thread that Bureau has not started: it sends, receives, links and monitors like any other.
///
/*
 * Its end. The thread ends: a watcher joins it and ends the guest normally. It is closed. A fatal exit signal: the
 * process is over at once and its links and monitors are told by whoever received the signal, since the thread is not
 * ours to stop; its next operation throws an ExitException, and the one after that begins a new guest.
 */
public final class GuestProcess extends LocalProcess {
    private static final ThreadLocal<GuestProcess> CURRENT = new ThreadLocal<>();

    private final AtomicBoolean ended = new AtomicBoolean();

    private GuestProcess(LocalNode node) {
        super(node, null);
    }

    /// The guest of the calling thread, if it has one.
    public static @Nullable GuestProcess current() {
        return CURRENT.get();
    }

    /// Makes the calling thread a guest of `node`.
    public static GuestProcess enter(LocalNode node) {
        GuestProcess guest = new GuestProcess(node);
        Thread thread = Thread.currentThread();
        guest.adoptThread(thread);
        node.admit(guest);
        CURRENT.set(guest);
        node.watchThread(thread, guest);
        return guest;
    }

    /// Lets the calling thread be `guest` again, or nobody.
    public static void resume(@Nullable GuestProcess guest) {
        if (guest == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(guest);
        }
    }

    @Override
    boolean isGuest() {
        return true;
    }

    @Override
    void throwExiting() {
        end(ExitReason.NORMAL);
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
        throw new ExitException(exitReason == null ? ExitReason.NORMAL : exitReason);
    }

    /// The thread is not ours to interrupt: it may be doing something else by now.
    @Override
    void rouse() {
        endSuspension();
        if (!wakeIfWaiting()) {
            unpark();
        }
    }

    @Override
    void interrupted() {
        Thread.currentThread().interrupt();
        throw new ExitException(
                new ExitReason.Custom("the thread was interrupted while it waited"));
    }

    /// Ends it unless it has ended.
    public void end(ExitReason reason) {
        if (ended.compareAndSet(false, true)) {
            Termination.of(this, reason, false);
        }
    }

    void endAfterSignal() {
        end(ExitReason.KILLED);
    }
}
