package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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

    /// The same for all that a thread is in a node one after the other, because each was told to exit.
    private final Object stay;

    /// Own thread: it knows that this guest has ended.
    private boolean left;

    private GuestProcess(LocalNode node, Set<GuestProcess> ofThread, Object stay) {
        super(node, null);
        this.ofThread = ofThread;
        this.stay = stay;
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
        return enter(node, new Object());
    }

    /// Makes the calling thread, which is nobody, a guest of the node it was told to leave, or of `otherwise`.
    public static GuestProcess enterAgain(Supplier<LocalNode> otherwise) {
        GuestProcess former = CURRENT.get();
        return former == null || former.node().isStopped()
                ? enter(otherwise.get())
                : enter(former.node(), former.stay);
    }

    private static GuestProcess enter(LocalNode node, Object stay) {
        Thread thread = Thread.currentThread();
        Set<GuestProcess> open = OPEN.get();
        if (open == null) {
            open = ConcurrentHashMap.newKeySet();
            OPEN.set(open);
            watch(thread, open);
        }
        GuestProcess guest = new GuestProcess(node, open, stay);
        guest.adoptThread(thread);
        node.admit(guest);
        open.add(guest);
        if (guest.ended.get()) {
            open.remove(guest);
        }
        CURRENT.set(guest);
        node.joined(guest);
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

    /// Ends what the calling thread has been since it became this guest; it is `before` again, or nobody. On another
    /// thread it only ends this guest.
    public void leave(@Nullable GuestProcess before) {
        end(ExitReason.NORMAL);
        GuestProcess last = CURRENT.get();
        if (last == null || last.stay != stay) {
            return;
        }
        last.end(ExitReason.NORMAL);
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
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
            Termination.of(this, reason);
        }
    }

    void endAfterSignal() {
        end(ExitReason.KILLED);
    }
}
