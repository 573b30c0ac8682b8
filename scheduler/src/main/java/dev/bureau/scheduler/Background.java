package dev.bureau.scheduler;

import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The fibers that have used up a slice without waiting for anything. They run when nobody else wants to, and for a
/// guaranteed share of the time even then (see [Watchdog]).
///
/*
 * Who has run least goes first, so that shares are even though slices are not: each fiber keeps what it has run here, its
 * virtual time. Who is new starts with the least of those who are here. Who comes back after waiting is set to two slices before
 * them at most, so that it is served next until it has used them: having waited earns that, once, and no more; who burns a slice each
 * time it wakes has soon used it up.
 *
 * Nobody waits for long on account of what he once ran too much, such as sixteen slices while the system kept the clock from
 * running: each slice of it costs a round of all the others, and a round of ten thousand takes more than a second. So a debt is
 * bounded by the time that the others need to catch up; and since they may become many after it was made, it is bounded
 * anew each time that they have doubled, which costs a constant time for each of them.
 *
 * Only carriers enter, once in a slice, so a monitor is cheap enough; no fiber ever holds it.
 */
final class Background {
    private record Entry(Fiber fiber, long ran, long ticket) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = Long.compare(ran, other.ran);
            return order == 0 ? Long.compare(ticket, other.ticket) : order;
        }
    }

    /// Where virtual time begins; later than zero, so that there is something before it.
    private static final long ORIGIN = 1L << 40;

    /// How long the others may take, on one carrier, to run as much as somebody who has run too much.
    private static final long MOST_CATCHING_UP = 4_000_000_000L;

    /// By how many slices somebody may be behind those who are here: what it earns to have waited.
    private static final int CREDIT = 2;

    /// A debt that is never forgiven, in quarters of a slice: else who stops at the end of each slice would be worse off than who does
    /// not. Among so many that debts are forgiven otherwise, slices are a quarter as long.
    private static final int LEAST_DEBT = 5;

    /// Among so few nobody waits for long.
    private static final int FEW = 256;

    private final PriorityQueue<Entry> waiting = new PriorityQueue<>();
    private final long slice;
    private long least = ORIGIN;
    private long tickets;

    /// For how many the debts of all who wait were last bounded.
    private int boundedFor = FEW;

    private volatile int size;

    Background(long slice) {
        this.slice = slice;
    }

    /// Adds a fiber that has run for `ran` in its last slice.
    synchronized void add(Fiber fiber, long ran) {
        long start = fiber.isNew() ? least : least - CREDIT * slice;
        long total = Math.min(Math.max(fiber.virtualTime, start) + ran, most());
        fiber.virtualTime = total;
        waiting.add(new Entry(fiber, total, tickets++));
        size = waiting.size();
        if (size >= 2 * boundedFor) {
            boundDebts();
        } else if (size < boundedFor / 2 && boundedFor > FEW) {
            boundedFor /= 2;
        }
    }

    /// The most that somebody may have run as things stand.
    private long most() {
        return least + Math.max(LEAST_DEBT * slice / 4, MOST_CATCHING_UP / (waiting.size() + 1));
    }

    private void boundDebts() {
        boundedFor = size;
        long most = most();
        List<Entry> beyond = waiting.stream().filter(entry -> entry.ran > most).toList();
        if (beyond.isEmpty()) {
            return;
        }
        waiting.removeIf(entry -> entry.ran > most);
        for (Entry entry : beyond) {
            entry.fiber.virtualTime = most;
            waiting.add(new Entry(entry.fiber, most, entry.ticket));
        }
    }

    /// Who is next; null when there is nobody.
    @Nullable Fiber poll() {
        return size == 0 ? null : take();
    }

    private synchronized @Nullable Fiber take() {
        Entry next = waiting.poll();
        if (next == null) {
            return null;
        }
        least = Math.max(least, next.ran);
        size = waiting.size();
        return next.fiber;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
