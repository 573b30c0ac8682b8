package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The place of a parked sender in the line before a full mailbox.
///
/*
 * WAITING -> ADMITTED    its message is in the mailbox, or room is reserved for it
 *         -> RELEASED    nobody will ever receive it
 *         -> WITHDRAWN   the sender has given up
 *
 * `state` changes once, under the reception lock of the receiver. The sender parks and looks, parks and looks; who changes the
 * state unparks it afterwards, without the lock.
 */
final class Turn implements Wait {
    enum State {
        WAITING,
        ADMITTED,
        RELEASED,
        WITHDRAWN
    }

    private final LocalProcess sender;
    private final Thread thread = Thread.currentThread();
    private final Destination called;
    private final LocalPid receiver;
    private final boolean forever;

    /// What is to be put in.
    final Signal.Counted message;

    /// Whether only room is wanted: what moves with the message changes hands when there is some.
    final boolean reserves;

    /// Lock holder, then who wakes them: another that is out of the line since the same moment.
    @Nullable Turn before;

    private volatile State state = State.WAITING;

    Turn(
            LocalProcess sender,
            Destination called,
            LocalPid receiver,
            Signal.Counted message,
            boolean reserves,
            boolean forever) {
        this.sender = sender;
        this.called = called;
        this.receiver = receiver;
        this.message = message;
        this.reserves = reserves;
        this.forever = forever;
    }

    State state() {
        return state;
    }

    /// Lock holder.
    void state(State end) {
        state = end;
    }

    /// Whoever has changed the state, without the lock: wakes it, and those that are out of the line with it.
    void wake() {
        for (Turn each = this; each != null; each = each.before) {
            LockSupport.unpark(each.thread);
        }
    }

    /// Sender: parks until its turn is over, for `limit` at most; false if it still waits then.
    boolean await(LocalProcess self, @Nullable Duration limit) {
        Sleeping.Alarm alarm = limit == null ? null : Sleeping.Alarm.after(self, limit);
        try {
            while (lasts()) {
                if (alarm != null && !alarm.isPending()) {
                    return false;
                }
                LockSupport.park(this);
                // First: what has been sent has been sent, also if the sender is to end now.
                if (lasts()) {
                    if (Thread.interrupted()) {
                        self.interrupted();
                    }
                    self.enter();
                }
            }
        } finally {
            if (alarm != null) {
                alarm.cancel();
            }
        }
        if (state == State.WITHDRAWN) {
            // By the receiver, who has seen that it exits.
            self.enter();
        }
        return true;
    }

    /// Whether it has no time limit.
    boolean isForever() {
        return forever;
    }

    /// Whether the sender has been told to exit: what it has not sent by then, it never sends.
    boolean isExiting() {
        return sender.has(Attention.EXITING);
    }

    @Override
    public LocalPid caller() {
        return sender.pid();
    }

    @Override
    public Destination called() {
        return called;
    }

    @Override
    public @Nullable LocalPid server() {
        return receiver;
    }

    @Override
    public boolean lasts() {
        return state == State.WAITING;
    }
}
