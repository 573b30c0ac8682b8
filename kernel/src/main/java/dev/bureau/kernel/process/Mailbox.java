package dev.bureau.kernel.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages that a process has received and not yet taken, oldest first.
///
/*
 * Two doubly linked lists of Signal.Carrying nodes:
 *   received   guarded by the reception lock; appended to by whoever receives for the process
 *   messages   the owner's alone; `receive` searches it without any lock
 * `transfer`, by the owner under the lock, moves the first behind the second in constant time. Sequence numbers are
 * given in `append`, so both lists are ordered by them; priority messages stand before all others, in their order.
 */
class Mailbox {
    // Guarded by the reception lock.
    private Signal.@Nullable Carrying firstReceived;
    private Signal.@Nullable Carrying lastReceived;
    private boolean priorityReceived;
    private boolean urgent;
    private long sequence;

    // The owner's.
    private Signal.@Nullable Carrying first;
    private Signal.@Nullable Carrying last;
    private Signal.@Nullable Carrying lastPriority;
    private long taken;
    private int rearranged;

    /// Lock holder: one more message.
    void append(Signal.Carrying message) {
        message.sequence = (int) ++sequence;
        message.next = null;
        message.previous = lastReceived;
        if (lastReceived == null) {
            firstReceived = message;
        } else {
            lastReceived.next = message;
        }
        lastReceived = message;
        priorityReceived |= message.isPriority();
    }

    /// Lock holder: takes out what the owner has not taken over.
    final void removeReceived(Signal.Carrying message) {
        Signal.Carrying older = message.previous;
        Signal.Carrying younger = next(message);
        if (older == null) {
            firstReceived = younger;
        } else {
            older.next = younger;
        }
        if (younger == null) {
            lastReceived = older;
        } else {
            younger.previous = older;
        }
        message.previous = null;
        message.next = null;
    }

    /// Owner and lock holder: from now on priority messages may come.
    void expectUrgent() {
        urgent = true;
    }

    /// Owner: whether priority messages may come, so that what has not been received yet may go before what has.
    boolean isUrgent() {
        return urgent;
    }

    /// Lock holder: the number of the last message so far.
    long sequence() {
        return sequence;
    }

    /// Lock holder: whether there is something for the owner to take over.
    boolean hasReceived() {
        return firstReceived != null;
    }

    /// Owner and lock holder: takes over what was received.
    void transfer() {
        Signal.Carrying head = firstReceived;
        if (head == null) {
            return;
        }
        Signal.Carrying tail = lastReceived;
        firstReceived = null;
        lastReceived = null;
        if (priorityReceived) {
            priorityReceived = false;
            transferOneByOne(head);
            return;
        }
        head.previous = last;
        if (last == null) {
            first = head;
        } else {
            last.next = head;
        }
        last = tail;
    }

    private void transferOneByOne(Signal.Carrying head) {
        Signal.Carrying message = head;
        while (message != null) {
            Signal.Carrying younger = next(message);
            if (message.isPriority()) {
                insertAfter(lastPriority, message);
                lastPriority = message;
                rearranged++;
            } else {
                insertAfter(last, message);
            }
            message = younger;
        }
    }

    private void insertAfter(Signal.@Nullable Carrying older, Signal.Carrying message) {
        Signal.Carrying younger = older == null ? first : next(older);
        message.previous = older;
        message.next = younger;
        if (older == null) {
            first = message;
        } else {
            older.next = message;
        }
        if (younger == null) {
            last = message;
        } else {
            younger.previous = message;
        }
    }

    /// Owner: the oldest message.
    Signal.@Nullable Carrying first() {
        return first;
    }

    /// Owner: the youngest message.
    Signal.@Nullable Carrying last() {
        return last;
    }

    /// Owner: the oldest message that came after the one numbered `mark`; ordinary ones only.
    Signal.@Nullable Carrying firstSince(long mark) {
        if (sequence - mark > Integer.MAX_VALUE / 2) {
            // So long ago that the numbers in the messages, which are short, no longer tell.
            return lastPriority == null ? first : next(lastPriority);
        }
        int since = (int) mark;
        Signal.Carrying found = null;
        for (Signal.Carrying message = last;
                message != null && message.sequence - since > 0 && !message.isPriority();
                message = message.previous) {
            found = message;
        }
        return found;
    }

    /// Owner: whether priority messages stand in front, and the last of them.
    Signal.@Nullable Carrying lastPriority() {
        return lastPriority;
    }

    /// Owner: how often messages have not just been added behind the others; when it changes, a search begins anew.
    int rearranged() {
        return rearranged;
    }

    /// Owner: what was looked at may be gone.
    final void searchAnew() {
        rearranged++;
    }

    static Signal.@Nullable Carrying next(Signal.Carrying message) {
        return (Signal.Carrying) message.next;
    }

    /// Owner: what the message says.
    static Object payload(Signal.Carrying message) {
        Object payload = message.payload;
        if (payload instanceof Mapped<?> mapped) {
            payload = mapped.apply();
            message.payload = payload;
        }
        return payload;
    }

    /// Owner: takes it, unless it was dropped meanwhile.
    boolean take(Signal.Carrying message) {
        remove(message);
        taken++;
        return true;
    }

    /// Owner: takes it out.
    final void remove(Signal.Carrying message) {
        Signal.Carrying older = message.previous;
        Signal.Carrying younger = next(message);
        if (older == null) {
            first = younger;
        } else {
            older.next = younger;
        }
        if (younger == null) {
            last = older;
        } else {
            younger.previous = older;
        }
        if (message == lastPriority) {
            lastPriority = older;
        }
        // A message that has grown old must not keep younger ones alive.
        message.previous = null;
        message.next = null;
    }

    /// Lock holder: how many messages are not yet taken.
    int size() {
        return (int) (sequence - taken);
    }

    /// Lock holder: up to `limit` messages, oldest first. While the owner runs it may be taking some of them.
    List<Object> peek(int limit) {
        List<Object> found = new ArrayList<>();
        int most = Math.min(limit, size());
        for (Signal.Carrying m = first; m != null && found.size() < most; m = next(m)) {
            addShown(m, found);
        }
        for (Signal.Carrying m = firstReceived; m != null && found.size() < most; m = next(m)) {
            addShown(m, found);
        }
        return found;
    }

    private static void addShown(Signal.Carrying message, List<Object> to) {
        if (!message.isGone()) {
            to.add(shownPayload(message));
        }
    }

    /// Lock holder: what the message says, as it has come.
    static Object shownPayload(Signal.Carrying message) {
        return message.payload instanceof Mapped<?> mapped ? mapped.message() : message.payload;
    }
}
