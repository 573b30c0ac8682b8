package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.isolation.Movable;
import dev.bureau.kernel.isolation.Passage;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sending a message that counts to a process whose mailbox has a limit. One such object for each.
///
/*
 * The sender takes the receiver's reception lock, receives what lies in its inbox, its own earlier signals among it, and then
 * puts the message in or sees that there is no room: so signals of one sender stay in order, whatever the limit does.
 * A parked one sends nothing else meanwhile.
 *
 * What moves with a message changes hands before the message is in, and not under the lock: so where the sender keeps it if
 * there is no room, room is reserved first.
 */
final class Admission {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /// What has come of the offer.
    private enum Offer {
        IN,
        RESERVED,
        PARKED,
        REFUSED,
        /// The message itself, or an older one, was dropped.
        LOST,
        /// The receiver, or the alias, has ended: as if it was sent.
        IN_VAIN
    }

    private final LocalProcess self;
    private final Destination called;
    private final LimitedProcess receiver;
    private final LimitedMailbox box;
    private final Passage passage;
    private final Signal.Counted message;
    private final boolean reserves;
    private final @Nullable Duration patience;

    private @Nullable Turn turn;
    private Signal.@Nullable Counted lost;

    private Admission(
            LocalProcess self,
            Destination called,
            LimitedProcess receiver,
            LimitedMailbox box,
            Passage passage,
            @Nullable LocalRef tag,
            @Nullable Duration limit) {
        this.self = self;
        this.called = called;
        this.receiver = receiver;
        this.box = box;
        this.passage = passage;
        this.message =
                new Signal.Counted(
                        passage.message(),
                        called instanceof LocalRef alias ? alias : null,
                        tag,
                        passage.moves());
        if (self.has(Attention.TRACED)) {
            message.tokens = Tracing.sent(self, called, receiver.pid(), message.payload);
        }
        this.reserves = passage.moves() && !drops(box.limit());
        this.patience = shorter(limit, box.limit().patience());
    }

    private static boolean drops(MailboxLimit limit) {
        return switch (limit.whenFull()) {
            case DROP_NEWEST, DROP_OLDEST -> true;
            case REFUSE, PARK -> false;
        };
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    /// Whether a message counts that `self` sends to `receiver`, called so; a priority message never does.
    static boolean counts(
            LocalProcess self, LimitedProcess receiver, Destination called, Object message) {
        if (self == receiver || message instanceof Uncounted) {
            return false;
        }
        // One that has ended, or ends with the next message, lets in one more at most.
        return !(called instanceof LocalRef alias)
                || switch (alias.alias()) {
                    case EXPLICIT, DEMONITOR -> true;
                    case NONE, REPLY, REPLY_DEMONITOR -> false;
                };
    }

    /// Sends, and waits for room where that is to be done: for `limit` at most, or without limit if that is null.
    ///
    /// @throws MailboxFullException if there was none
    static void send(
            LocalProcess self,
            Destination called,
            LimitedProcess receiver,
            Object message,
            @Nullable Duration limit) {
        Passage passage = Isolation.prepare(message, receiver.pid());
        LocalRef asks = message instanceof Request(var from, _) ? (LocalRef) from.tag() : null;
        MailboxFullException full = admit(self, called, receiver, passage, asks, limit);
        if (full != null) {
            throw full;
        }
    }

    /// Sends the request of a call. If there is no room for it, who waits for the answer, through `tag`, is told so.
    static void ask(
            LocalProcess self,
            Destination called,
            LimitedProcess receiver,
            Passage request,
            LocalRef tag,
            @Nullable Duration limit) {
        MailboxFullException full = admit(self, called, receiver, request, tag, limit);
        if (full != null) {
            refuse(tag, called, full.reason());
        }
    }

    /// Tells who waits for an answer that there will be none, as its monitor would.
    static void refuse(LocalRef tag, Destination called, ExitReason reason) {
        LocalProcess waiting = tag.owner().process();
        if (waiting != null) {
            Destination watched = tag instanceof MonitorRef monitor ? monitor.watched : called;
            waiting.push(new Signal.Aliased(tag, new Down(tag, watched, reason), false));
        }
    }

    /// Why it has not got in; null if it has, or if nobody is to be told.
    private static @Nullable MailboxFullException admit(
            LocalProcess self,
            Destination called,
            LimitedProcess receiver,
            Passage passage,
            @Nullable LocalRef tag,
            @Nullable Duration limit) {
        LimitedMailbox box = receiver.limitedMailbox();
        if (box == null) {
            passage.commit();
            return null;
        }
        Admission one = new Admission(self, called, receiver, box, passage, tag, limit);
        if (!one.reserves) {
            passage.commit();
        }
        return one.enter();
    }

    private @Nullable MailboxFullException enter() {
        return switch (offer()) {
            case IN -> null;
            case RESERVED -> putReserved();
            case PARKED -> park(Objects.requireNonNull(turn));
            case REFUSED -> {
                passage.abort();
                receiver.node().overflows().found(receiver, self, box.limit(), message.payload);
                yield full(null);
            }
            case LOST -> lose(Objects.requireNonNull(lost));
            case IN_VAIN -> inVain();
        };
    }

    private MailboxFullException full(ExitReason.@Nullable CallCycle cycle) {
        return new MailboxFullException(receiver.pid(), box.limit(), cycle);
    }

    /// Puts the message in, or does what is to be done if there is no room.
    private Offer offer() {
        receiver.interleave();
        receiver.lock();
        Outgoing effects = Reception.receiveAll(receiver);
        Offer outcome = underLock();
        Reception.finish(receiver, effects);
        receiver.interleave();
        return outcome;
    }

    private Offer underLock() {
        if (receiver.has(Attention.EXITING) || message.hasEnded()) {
            return Offer.IN_VAIN;
        }
        if (box.hasRoom()) {
            if (reserves) {
                box.reserve();
                return Offer.RESERVED;
            }
            box.put(message);
            return Offer.IN;
        }
        return switch (box.limit().whenFull()) {
            case DROP_NEWEST -> {
                box.countDropped();
                lost = message;
                yield Offer.LOST;
            }
            case DROP_OLDEST -> {
                lost = box.dropOldest();
                box.put(message);
                yield Offer.LOST;
            }
            case REFUSE -> {
                box.countRefused();
                yield Offer.REFUSED;
            }
            case PARK -> {
                turn = new Turn(self, called, receiver.pid(), message, reserves, patience == null);
                box.join(turn);
                yield Offer.PARKED;
            }
        };
    }

    /// For what is dropped, its caller is told, and what it hands over is closed.
    private @Nullable MailboxFullException lose(Signal.Counted dropped) {
        LocalRef tag = dropped.tag;
        if (tag != null) {
            refuse(tag, receiver.pid(), full(null).reason());
        }
        receiver.node().overflows().lost(receiver, self, box.limit(), dropped.payload);
        if (dropped.moves) {
            Isolation.pass(dropped.payload, Movable.NOBODY);
        }
        return null;
    }

    private @Nullable MailboxFullException inVain() {
        if (reserves) {
            passage.commit();
        }
        if (message.moves) {
            Isolation.pass(message.payload, Movable.NOBODY);
        }
        return null;
    }

    /// Hands over what moves, and puts the message in for which there is room.
    private @Nullable MailboxFullException putReserved() {
        passage.commit();
        receiver.interleave();
        receiver.lock();
        Outgoing effects = Reception.receiveAll(receiver);
        Turn next = null;
        boolean in = !receiver.has(Attention.EXITING) && !message.hasEnded();
        if (in) {
            box.putReserved(message);
        } else {
            next = box.giveBack();
        }
        Reception.finish(receiver, effects);
        if (next != null) {
            next.wake();
        }
        if (!in) {
            Isolation.pass(message.payload, Movable.NOBODY);
        }
        return null;
    }

    // ---- waiting for room

    private @Nullable MailboxFullException park(Turn waiting) {
        boolean served = false;
        self.waitsFor(waiting);
        try {
            receiver.node().overflows().found(receiver, self, box.limit(), message.payload);
            ExitReason.CallCycle cycle =
                    patience == null
                            ? waitEndlessly(self, waiting)
                            : waitPatiently(self, waiting, patience);
            if (waiting.lasts() && leave(waiting)) {
                return full(cycle);
            }
            served = true;
        } finally {
            self.waitsFor(null);
            if (!served) {
                giveUp(waiting);
            }
        }
        if (waiting.state() == Turn.State.RELEASED) {
            return inVain();
        }
        return reserves ? putReserved() : null;
    }

    private static ExitReason.@Nullable CallCycle waitPatiently(
            LocalProcess self, Turn waiting, Duration patience) {
        return waiting.await(self, patience) ? null : CallCycles.behind(waiting);
    }

    /// Until its turn has come, or it is seen to be in a circle: at once if all in that are parked for ever, else after a while,
    /// for another might answer a call that is a part of it.
    private static ExitReason.@Nullable CallCycle waitEndlessly(LocalProcess self, Turn waiting) {
        ExitReason.CallCycle cycle = CallCycles.closedBy(waiting);
        while (cycle == null && !waiting.await(self, BETWEEN_LOOKS)) {
            cycle = CallCycles.with(waiting);
        }
        return cycle;
    }

    /// Waits no longer; false if its turn has come all the same.
    private boolean leave(Turn waiting) {
        receiver.lock();
        boolean left = box.leave(waiting);
        if (left) {
            box.countRefused();
        }
        receiver.unlock();
        Reception.again(receiver);
        return left;
    }

    /// The sender ends, or has waited in vain: room that it has, or got at the last moment, is for the next.
    private void giveUp(Turn waiting) {
        receiver.lock();
        boolean kept = !box.leave(waiting) && reserves && waiting.state() == Turn.State.ADMITTED;
        Turn next = kept ? box.giveBack() : null;
        receiver.unlock();
        Reception.again(receiver);
        if (next != null) {
            next.wake();
        }
        passage.abort();
    }
}
