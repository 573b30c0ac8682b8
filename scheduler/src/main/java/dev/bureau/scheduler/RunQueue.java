package dev.bureau.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A bounded first-in first-out queue that any thread may add to and take from.
///
/*
 * D. Vyukov's bounded MPMC queue. Each cell carries a turn number:
 *
 *   turn == position             free for the producer of that position
 *   turn == position + 1         filled, for the consumer of that position
 *   turn == position + CAPACITY  free again, for the producer one lap later
 *
 * A producer (consumer) owns a cell from the moment its compare-and-set moves `tail` (`head`) past it until it writes
 * the turn. Many producers are needed although a lane has one carrier: when the watchdog gives the lane of a carrier
 * that does not come back to a spare, the process still running on the old carrier goes on adding to that lane.
 */
final class RunQueue {
    /// Small, so that what overflows reaches the global queue, where every carrier looks.
    static final int CAPACITY = 256;

    private static final int MASK = CAPACITY - 1;
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;
    private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(int[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(RunQueue.class, "head", int.class);
            TAIL = lookup.findVarHandle(RunQueue.class, "tail", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Schedulable[] cells = new Schedulable[CAPACITY];
    private final int[] turns = new int[CAPACITY];

    // Positions count up and wrap around; only differences are compared.
    private volatile int head;
    private volatile int tail;

    RunQueue() {
        for (int i = 0; i < CAPACITY; i++) {
            turns[i] = i;
        }
    }

    /// Adds at the end; false when full.
    boolean offer(Schedulable item) {
        int position = tail;
        while (true) {
            int cell = position & MASK;
            int ahead = (int) TURN.getAcquire(turns, cell) - position;
            if (ahead == 0) {
                if (TAIL.compareAndSet(this, position, position + 1)) {
                    cells[cell] = item;
                    TURN.setRelease(turns, cell, position + 1);
                    return true;
                }
                position = tail;
            } else if (ahead < 0) {
                return false;
            } else {
                position = tail;
            }
        }
    }

    /// Takes the oldest; null when empty.
    @Nullable Schedulable poll() {
        int position = head;
        while (true) {
            int cell = position & MASK;
            int ahead = (int) TURN.getAcquire(turns, cell) - (position + 1);
            if (ahead == 0) {
                if (HEAD.compareAndSet(this, position, position + 1)) {
                    Schedulable item = cells[cell];
                    cells[cell] = null;
                    TURN.setRelease(turns, cell, position + CAPACITY);
                    return item;
                }
                position = head;
            } else if (ahead < 0) {
                return null;
            } else {
                position = head;
            }
        }
    }

    /// The position behind the youngest.
    int end() {
        return tail;
    }

    /// Whether the oldest was there already when [#end()] was `end`.
    boolean hasBefore(int end) {
        // Then it is not empty: the end has not moved back since.
        return head - end < 0;
    }

    /// How many it holds; a moment's view.
    int size() {
        return Math.max(0, tail - head);
    }
}
