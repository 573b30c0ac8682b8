package dev.bureau.kernel.process;

import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.MailboxUse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A mailbox that holds so many messages and no more, and the line of those who wait for room in it.
///
/*
 * All of it is guarded by the reception lock of its process, so the limit is exact. A message that counts (Signal.Counted) never
 * lies in the inbox: its sender takes the lock, receives what lies there, and puts it in or finds no room. The owner takes one out
 * under the lock too.
 *
 *   held      messages that count, and room reserved for such; never more than the limit
 *   line      who waits; not empty only while held is the limit, for who makes room lets the first one in
 *
 * A message of the line is put in by whoever makes room, not by its sender when that wakes: so they come in the order of the
 * line.
 *
 * Dropping the oldest. What has not been transferred is simply unlinked. The part of the list that is the owner's, who may be
 * searching it, is not touched: the message is only marked, and the owner, who looks at the mark under the lock, leaves it alone.
 * It unlinks what it meets of those, and all of them once they are as many as half the limit; then it searches anew. So dropping
 * costs the same however long the list is.
 */
final class LimitedMailbox extends Mailbox {
    private final LimitedProcess process;
    private final MailboxLimit limit;
    private final LinkedHashSet<Turn> line = new LinkedHashSet<>(4);

    private int held;
    private long dropped;
    private long refused;

    // The messages that count, oldest first.
    private Signal.@Nullable Counted oldest;
    private Signal.@Nullable Counted youngest;

    /// The number of the last message that is the owner's.
    private int transferred;

    /// How many were dropped that had come in.
    private int forgotten;

    /// How many dropped ones are in the owner's part.
    private int leftovers;

    LimitedMailbox(LimitedProcess process, MailboxLimit limit) {
        this.process = process;
        this.limit = limit;
    }

    MailboxLimit limit() {
        return limit;
    }

    // ---- senders, lock holders

    boolean hasRoom() {
        return held < limit.messages();
    }

    /// Puts a message in, where there is room.
    void put(Signal.Counted message) {
        held++;
        link(message);
    }

    /// Keeps room for a message, where there is some.
    void reserve() {
        held++;
    }

    /// Puts the message in for which room was kept.
    void putReserved(Signal.Counted message) {
        link(message);
    }

    /// There is room after all; who has got it is to be woken.
    @Nullable Turn giveBack() {
        held--;
        return admit();
    }

    private void link(Signal.Counted message) {
        append(message);
        if (process.has(Attention.TRACED)) {
            Tracing.received(process, message);
        }
        message.older = youngest;
        if (youngest == null) {
            oldest = message;
        } else {
            youngest.younger = message;
        }
        youngest = message;
    }

    private void unlink(Signal.Counted message) {
        Signal.Counted older = message.older;
        Signal.Counted younger = message.younger;
        if (older == null) {
            oldest = younger;
        } else {
            older.younger = younger;
        }
        if (younger == null) {
            youngest = older;
        } else {
            younger.older = older;
        }
        message.older = null;
        message.younger = null;
    }

    /// Drops the oldest message, for there is no room.
    Signal.Counted dropOldest() {
        Signal.Counted message = Objects.requireNonNull(oldest);
        unlink(message);
        held--;
        dropped++;
        message.dropped = true;
        forgotten++;
        if (message.sequence - transferred > 0) {
            removeReceived(message);
        } else {
            leftovers++;
        }
        return message;
    }

    /// One that was to come in was dropped.
    void countDropped() {
        dropped++;
    }

    /// One was refused, or its sender has waited in vain.
    void countRefused() {
        refused++;
    }

    void join(Turn turn) {
        line.add(turn);
    }

    /// False if it is not in the line any more.
    boolean leave(Turn turn) {
        if (!line.remove(turn)) {
            return false;
        }
        turn.state(Turn.State.WITHDRAWN);
        return true;
    }

    /// The process is over: all who wait go on.
    List<Turn> releaseAll() {
        List<Turn> released = new ArrayList<>(line);
        line.clear();
        released.forEach(turn -> turn.state(Turn.State.RELEASED));
        return released;
    }

    MailboxUse use() {
        return new MailboxUse(limit, held, dropped, refused, line.size());
    }

    /// Lets the line in as far as there is room; who is out of it is to be woken.
    private @Nullable Turn admit() {
        Turn served = null;
        while (hasRoom() && !line.isEmpty()) {
            Turn turn = line.removeFirst();
            turn.before = served;
            served = turn;
            if (turn.isExiting()) {
                // Its end may have been told already.
                turn.state(Turn.State.WITHDRAWN);
            } else if (turn.message.hasEnded()) {
                turn.state(Turn.State.RELEASED);
            } else {
                held++;
                if (!turn.reserves) {
                    link(turn.message);
                }
                turn.state(Turn.State.ADMITTED);
            }
        }
        return served;
    }

    @Override
    int size() {
        return super.size() - forgotten;
    }

    // ---- the owner

    @Override
    boolean take(Signal.Carrying message) {
        if (!(message instanceof Signal.Counted counted)) {
            return super.take(message);
        }
        process.lock();
        boolean there = !counted.dropped;
        Turn served = null;
        if (there) {
            super.take(counted);
            unlink(counted);
            held--;
            served = admit();
            // Before anything that its sender sends from now on.
            transfer();
            if (counted.tokens.length > 0) {
                // So that who has taken it looks.
                process.raise(Attention.TRACED);
            }
        } else {
            remove(counted);
            leftovers--;
        }
        process.unlock();
        if (served != null) {
            served.wake();
        }
        Reception.again(process);
        return there;
    }

    @Override
    void transfer() {
        super.transfer();
        transferred = (int) sequence();
        if (leftovers > limit.messages() / 2) {
            removeLeftovers();
        }
    }

    private void removeLeftovers() {
        Signal.Carrying message = first();
        while (message != null && leftovers > 0) {
            Signal.Carrying younger = next(message);
            if (message instanceof Signal.Counted counted && counted.dropped) {
                remove(message);
                leftovers--;
            }
            message = younger;
        }
        searchAnew();
    }
}
