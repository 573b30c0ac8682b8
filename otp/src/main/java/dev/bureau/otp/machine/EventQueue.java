package dev.bureau.otp.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events that a machine has received and not handled, and those it has postponed (OTP SM-01 to SM-03).
final class EventQueue {
    /// Next first. Empty whenever the machine waits for a message.
    private final Deque<Event> waiting = new ArrayDeque<>(1);

    /// Oldest first.
    private final Deque<Event> postponed = new ArrayDeque<>(1);

    @Nullable Event poll() {
        return waiting.poll();
    }

    void postpone(Event event) {
        postponed.addLast(event);
    }

    /// Has all that were postponed come again, before what waits.
    void retry() {
        while (!postponed.isEmpty()) waiting.addFirst(postponed.removeLast());
    }

    /// Puts events before all others.
    void insert(List<Event> events) {
        for (Event event : events.reversed()) waiting.addFirst(event);
    }
}
