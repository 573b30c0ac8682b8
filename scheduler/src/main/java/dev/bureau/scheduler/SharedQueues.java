package dev.bureau.scheduler;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The queues that all carriers share: one for normal work that came from outside or did not fit into a lane, one for
/// each other priority.
final class SharedQueues {
    /// OTP's RESCHEDULE_LOW: low work waits for seven turns of normal work and gets the eighth.
    private static final int LOW_TURN = 8;

    /// How often normal work in a lane gives way to the shared queue. A prime, so that no pattern of the load locks in.
    private static final int SHARED_TURN = 61;

    private final ConcurrentLinkedQueue<Schedulable> normal = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Schedulable> low = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Schedulable> high = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Schedulable> max = new ConcurrentLinkedQueue<>();

    /// Whether a priority other than normal was ever used: spares all others the look.
    private volatile boolean prioritised;

    void add(Schedulable ready) {
        Priority priority = ready.priority();
        if (priority == Priority.NORMAL) {
            normal.add(ready);
            return;
        }
        prioritised = true;
        of(priority).add(ready);
    }

    private ConcurrentLinkedQueue<Schedulable> of(Priority priority) {
        return switch (priority) {
            case LOW -> low;
            case NORMAL -> normal;
            case HIGH -> high;
            case MAX -> max;
        };
    }

    /// What has to run before the lane's own work at this turn of a carrier. Who has burnt a slice goes behind all that
    /// came from outside meanwhile, such as a sleeper that the clock has woken.
    @Nullable Schedulable pollBeforeLane(int turn, boolean sliceExpired) {
        if (prioritised) {
            Schedulable urgent = max.poll();
            if (urgent == null) {
                urgent = high.poll();
            }
            if (urgent == null && turn % LOW_TURN == 0) {
                urgent = low.poll();
            }
            if (urgent != null) {
                return urgent;
            }
        }
        return sliceExpired || turn % SHARED_TURN == 0 ? normal.poll() : null;
    }

    /// What runs when the lane has nothing.
    @Nullable Schedulable pollAfterLane() {
        return normal.poll();
    }

    /// What runs when no lane has anything.
    @Nullable Schedulable pollLast() {
        return prioritised ? low.poll() : null;
    }

    boolean isEmpty() {
        return normal.isEmpty()
                && (!prioritised || (low.isEmpty() && high.isEmpty() && max.isEmpty()));
    }

    boolean hasUrgent() {
        return prioritised && !(high.isEmpty() && max.isEmpty());
    }
}
