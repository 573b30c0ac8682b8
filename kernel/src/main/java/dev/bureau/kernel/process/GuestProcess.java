package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The process of a Java thread that Bureau has not started: it sends, receives, links and monitors like any other.
///
/*
 * Its end. The thread ends: a watcher joins it and ends the guest normally. It is closed. A fatal exit signal: the
 * process is over at once and its links and monitors are told by whoever received the signal, since the thread is not
 * ours to stop; its next operation throws an ExitException, and the one after that begins a new guest of the same node.
 */
public final class GuestProcess extends LocalProcess {
    private static final ThreadLocal<GuestProcess> CURRENT = new ThreadLocal<>();

    /// The guests that a thread is or was and that have not ended.
    private static final ThreadLocal<Set<GuestProcess>> OPEN = new ThreadLocal<>();

    private final AtomicBoolean ended = new AtomicBoolean();
    private final Set<GuestProcess> ofThread;

    /// Own thread: it knows that this guest has ended.
    private boolean left;

    private GuestProcess(LocalNode node, Set<GuestProcess> ofThread) {
        super(node, null);
        this.ofThread = ofThread;
    }

    /// The guest of the calling thread, if it has one.
    public static @Nullable GuestProcess current() {
        GuestProcess guest = CURRENT.get();
        return guest == null || guest.left ? null : guest;
    }

    /// The node in which the calling thread takes part anew, its guest there having been told to exit; null if none.
    public static @Nullable LocalNode formerNode() {
        GuestProcess guest = CURRENT.get();
        return guest == null || guest.node().isStopped() ? null : guest.node();
    }

    /// Makes the calling thread a guest of `node`.
    public static GuestProcess enter(LocalNode node) {
        Thread thread = Thread.currentThread();
        Set<GuestProcess> open = OPEN.get();
        if (open == null) {
            open = ConcurrentHashMap.newKeySet();
            OPEN.set(open);
            watch(thread, open);
        }
        GuestProcess guest = new GuestProcess(node, open);
        guest.adoptThread(thread);
        node.admit(guest);
        open.add(guest);
        if (guest.ended.get()) {
            open.remove(guest);
        }
        CURRENT.set(guest);
        return guest;
    }

    /// Ends the guests of a thread with it: one watcher for all that it will ever be.
    private static void watch(Thread thread, Set<GuestProcess> open) {
        Thread.ofVirtual()
                .name("bureau-guest-watch")
                .start(() -> {
                    try {
                        thread.join();
                    } catch (InterruptedException nobodyDoes) {
                        return;
                    }
                    open.forEach(guest -> guest.end(ExitReason.NORMAL));
                });
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
        left = true;
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

    /// Its thread is never interrupted, and who ends it may be another.
    @Override
    void awaitRoused() {}

    @Override
    void interrupted() {
        Thread.currentThread().interrupt();
        throw new ExitException(
                new ExitReason.Custom("the thread was interrupted while it waited"));
    }

    /// Ends it unless it has ended.
    public void end(ExitReason reason) {
        if (ended.compareAndSet(false, true)) {
            ofThread.remove(this);
            Termination.of(this, reason, false);
        }
    }

    void endAfterSignal() {
        end(ExitReason.KILLED);
    }
}
