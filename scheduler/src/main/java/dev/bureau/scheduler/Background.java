package dev.bureau.scheduler;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The fibers that have used up a slice without waiting for anything. They run when nobody else wants to, and for a
/// guaranteed share of the time even then (see [Watchdog]).
///
/*
 * Who has run least goes first, so that shares are even though slices are not. A newcomer starts where the least of the
 * others stands: having waited earns nothing, and costs nothing but the slice that brought it here.
 *
 * Only carriers enter, once in a slice, so a monitor is cheap enough; no fiber ever holds it.
 */
final class Background {
    /// A fiber, and how long it has run here, in nanoseconds; ties go to who came first.
    record Entry(Fiber fiber, long ran, long ticket) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = Long.compare(ran, other.ran);
            return order == 0 ? Long.compare(ticket, other.ticket) : order;
        }
    }

    private final PriorityQueue<Entry> waiting = new PriorityQueue<>();
    private long least;
    private long tickets;
    private volatile int size;

    /// Adds a fiber that has run for `ran` in its last slice; `before` is what it was then, null for a newcomer.
    synchronized void add(Fiber fiber, @Nullable Entry before, long ran) {
        long total = ran + (before == null ? least : Math.max(least, before.ran));
        waiting.add(new Entry(fiber, total, tickets++));
        size = waiting.size();
    }

    /// Who is next; null when there is nobody.
    @Nullable Entry poll() {
        return size == 0 ? null : take();
    }

    private synchronized @Nullable Entry take() {
        Entry next = waiting.poll();
        if (next != null) {
            least = Math.max(least, next.ran);
            size = waiting.size();
        }
        return next;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
