package dev.bureau.kernel.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The inbound queue of a process: any thread adds signals, the holder of the reception lock takes them all at once.
///
/*
 * `inbox` is the newest signal of a stack linked through Signal.next, or null (empty), WAITING (empty, and the owner
 * sleeps until something comes; PARKED if its thread parks, see Fiber) or CLOSED (the process is gone).
 *
 *   null             -> signal, WAITING, PARKED, CLOSED
 *   signal           -> newer signal, null (taken), CLOSED (taken for the last time)
 *   WAITING, PARKED  -> signal, null
 *   CLOSED           final
 *
 * Whoever takes WAITING away, by pushing over it or by replacing it with null, wakes the owner: exactly one does. So
 * sending to a process that waits is one compare-and-set for the message and the wake-up together.
 *
 * The reception lock guards what signals change: see ControlBlock. It is held for moments, by threads that do not leave
 * their carrier meanwhile, and is never waited for by someone who holds another one.
 */
abstract class SignalQueue extends ControlBlock {
    private static final Signal WAITING = new Signal.Mark("waiting");
    private static final Signal PARKED = new Signal.Mark("parked");
    private static final Signal CLOSED = new Signal.Mark("closed");
    private static final int SPINS_BEFORE_YIELD = 200;
    private static final int SPINS_BEFORE_SLEEP = 210;
    private static final long SLEEP_NANOS = 20_000;

    /// Who has so many piles to read, 4096 messages, is behind. So many are still in the caches when they are read.
    private static final int BEHIND = 8;

    private static final VarHandle INBOX;
    private static final VarHandle RECEPTION;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            INBOX = lookup.findVarHandle(SignalQueue.class, "inbox", Signal.class);
            RECEPTION = lookup.findVarHandle(SignalQueue.class, "reception", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Signal inbox;
    private volatile boolean reception;

    /// Written by the lock holder, a hint for all: how many piles it had to read when it last looked. Who sends more gives way to
    /// it, and pays a slice for each.
    private byte piles;

    /// Owner: how many messages it has taken straight from the inbox; read by others, for display.
    private int takenSingle;

    SignalQueue(LocalNode node, @Nullable LocalProcess parent) {
        super(node, parent);
    }

    /// Adds a signal and wakes the owner if it waits; false when the process is gone.
    final boolean push(Signal signal) {
        Signal top = add(signal);
        if (top instanceof Signal.Mark) {
            if (top == CLOSED) {
                return false;
            }
            wake(top);
        }
        return true;
    }

    /// The same, by a process whose thread calls: it most likely waits next, so the owner runs in its place.
    final boolean push(Signal signal, SignalQueue by) {
        Signal top = add(signal);
        if (top instanceof Signal.Mark) {
            if (top == WAITING) {
                resume(by);
            } else if (top == PARKED) {
                unpark();
            } else {
                return false;
            }
        } else if (by.hasPiledUp() && (piles >= BEHIND || !isMounted())) {
            by.floods(piles);
        }
        return true;
    }

    /// What it was put over; CLOSED if it was not.
    private @Nullable Signal add(Signal signal) {
        while (true) {
            Signal top = inbox;
            if (top == CLOSED) {
                return top;
            }
            signal.next = top instanceof Signal.Mark ? null : top;
            if (INBOX.compareAndSet(this, top, signal)) {
                return top;
            }
        }
    }

    /// For the one that took `mark` away.
    private void wake(@Nullable Signal mark) {
        if (mark == WAITING) {
            resume();
        } else {
            unpark();
        }
    }

    /// Lock holder: all signals, oldest first; null when there are none.
    final @Nullable Signal takeAll() {
        Signal top = inbox;
        while (top != null && !(top instanceof Signal.Mark)) {
            if (INBOX.compareAndSet(this, top, null)) {
                return oldestFirst(top);
            }
            top = inbox;
        }
        return null;
    }

    /// Owner: the only signal in the inbox, if it is a plain message and nobody is receiving on the owner's behalf.
    /// [#takeSingle(Signal.Carrying)] may then take it without the lock.
    ///
    /// The message has nothing below it, so whatever was sent before has been taken out, by the owner or by somebody
    /// who held the lock. If he holds it still, the second read sees that; if he has released it, he had raised
    /// RECEIVED before, and the third read sees that. Read in this order, a message cannot overtake an older one.
    final Signal.@Nullable Message singleInInbox() {
        return inbox instanceof Signal.Message message
                        && message.next == null
                        && !reception
                        && attention() == 0
                ? message
                : null;
    }

    /// Owner: the same for the answer to a call, whatever lies in the mailbox.
    final Signal.@Nullable Aliased answerInInbox(CallTag call) {
        return inbox instanceof Signal.Aliased answer
                        && answer.alias == call
                        && answer.next == null
                        && !reception
                        && attention() == 0
                ? answer
                : null;
    }

    /// Owner: takes it unless something has come behind it.
    final boolean takeSingle(Signal.Carrying message) {
        if (INBOX.compareAndSet(this, message, null)) {
            takenSingle++;
            return true;
        }
        return false;
    }

    /// Anyone, for display: how often [#takeSingle] has taken one, modulo 2^32.
    final int takenSingle() {
        return takenSingle;
    }

    /// Lock holder: closes the queue for ever and returns what was in it, oldest first.
    final @Nullable Signal close() {
        Signal top = (Signal) INBOX.getAndSet(this, CLOSED);
        return top == null || top instanceof Signal.Mark ? null : oldestFirst(top);
    }

    private static @Nullable Signal oldestFirst(Signal newest) {
        Signal done = null;
        Signal rest = newest;
        while (rest != null) {
            Signal older = rest.next;
            rest.next = done;
            done = rest;
            rest = older;
        }
        return done;
    }

    /// Lock holder: so many messages are to be read.
    final void unread(int messages) {
        byte now = (byte) Math.min(messages / PILE, Byte.MAX_VALUE);
        if (now != piles) {
            piles = now;
        }
    }

    /// Whether no signal lies in it.
    final boolean isInboxEmpty() {
        Signal top = inbox;
        return top == null || top == WAITING || top == PARKED;
    }

    final boolean isClosed() {
        return inbox == CLOSED;
    }

    public final boolean isWaiting() {
        Signal top = inbox;
        return top == WAITING || top == PARKED;
    }

    /// Owner: publishes that it sleeps, unless something has come.
    @Override
    protected final boolean beginWait(boolean parks) {
        Signal mark = parks ? PARKED : WAITING;
        if (mustNotSleep() || !INBOX.compareAndSet(this, null, mark)) {
            return false;
        }
        // If the mark is gone by now, whoever took it wakes us.
        return !(mustNotSleep() && INBOX.compareAndSet(this, mark, null));
    }

    private boolean mustNotSleep() {
        return (attention() & (EXITING | RECEIVED | SIGNALLED)) != 0 || isWaitOver();
    }

    /// Owner: whether the time limit of its wait has been reached.
    protected abstract boolean isWaitOver();

    /// Wakes the owner if it waits; false when it does not.
    final boolean wakeIfWaiting() {
        Signal top = inbox;
        if ((top == WAITING || top == PARKED) && INBOX.compareAndSet(this, top, null)) {
            wake(top);
            return true;
        }
        return false;
    }

    /// Owner, after waking: it no longer waits, though nobody may have woken it.
    final void endWait() {
        Signal top = inbox;
        if (top == PARKED || top == WAITING) {
            INBOX.compareAndSet(this, top, null);
        }
    }

    final boolean tryLock() {
        return !reception && RECEPTION.compareAndSet(this, false, true);
    }

    final void lock() {
        int spins = 0;
        while (!tryLock()) {
            if (++spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else if (spins < SPINS_BEFORE_SLEEP || Thread.currentThread().isVirtual()) {
                Thread.yield();
            } else {
                // The clock may come before all others: whoever holds the lock does not run while
                // it only gives way.
                LockSupport.parkNanos(this, SLEEP_NANOS);
            }
        }
    }

    final boolean isLocked() {
        return reception;
    }

    final void unlock() {
        reception = false;
    }
}
