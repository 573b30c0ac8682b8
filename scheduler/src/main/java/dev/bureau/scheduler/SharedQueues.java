package dev.bureau.scheduler;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The queues that all carriers share: normal work that came from outside, normal work that did not fit into a lane, one
/// for each other priority, and the background.
final class SharedQueues {
    /// OTP's RESCHEDULE_LOW: low work waits for seven turns of normal work and gets the eighth.
    private static final int LOW_TURN = 8;

    /// How often normal work in a lane gives way to the shared queues. A prime, so that no pattern of the load locks in.
    private static final int SHARED_TURN = 61;

    private final ConcurrentLinkedQueue<Schedulable> outside = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Schedulable> overflow = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Schedulable> low = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Schedulable> high = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Schedulable> max = new ConcurrentLinkedQueue<>();
    private final Background background;

    /// Whether a priority other than normal was ever used: spares all others the look.
    private volatile boolean prioritised;

    /// `slice` in nanoseconds.
    SharedQueues(long slice) {
        background = new Background(slice);
    }

    /// Adds what a timer, a device or a thread outside has made ready.
    void add(Schedulable ready) {
        Priority priority = ready.priority();
        if (priority == Priority.NORMAL) {
            outside.add(ready);
            return;
        }
        prioritised = true;
        switch (priority) {
            case LOW -> low.add(ready);
            case HIGH -> high.add(ready);
            default -> max.add(ready);
        }
    }

    /// Adds normal work for which its lane has no room.
    void addOverflow(Schedulable ready) {
        overflow.add(ready);
    }

    Background background() {
        return background;
    }

    /// What has to run before all normal work, at this turn of a carrier.
    @Nullable Schedulable pollUrgent(int turn) {
        if (!prioritised) {
            return null;
        }
        Schedulable urgent = max.poll();
        if (urgent == null) {
            urgent = high.poll();
        }
        return urgent == null && turn % LOW_TURN == 0 ? low.poll() : urgent;
    }

    /// What has to run before the lane's own work, at this turn of a carrier. Who has burnt a slice goes behind all that
    /// came from outside meanwhile, such as a sleeper that the clock has woken.
    @Nullable Schedulable pollBeforeLane(int turn, boolean sliceExpired) {
        return sliceExpired || turn % SHARED_TURN == 0 ? pollAfterLane() : null;
    }

    /// Whether a carrier has to look here before its lane, at this turn.
    boolean hasTurn(int turn) {
        return prioritised || turn % SHARED_TURN == 0;
    }

    /// What runs when the lane has nothing.
    @Nullable Schedulable pollAfterLane() {
        Schedulable ready = outside.poll();
        return ready == null ? overflow.poll() : ready;
    }

    /// What runs when no lane has anything, and before the background.
    @Nullable Schedulable pollLow() {
        return prioritised ? low.poll() : null;
    }

    /// How many wait here, as part of what a scheduler is doing; counts them one by one.
    Load load(List<Load.OfCarrier> carriers, int spares) {
        return new Load(
                carriers,
                outside.size(),
                overflow.size(),
                background.size(),
                low.size(),
                high.size(),
                max.size(),
                spares);
    }

    boolean isEmpty() {
        return outside.isEmpty()
                && overflow.isEmpty()
                && background.isEmpty()
                && (!prioritised || (low.isEmpty() && high.isEmpty() && max.isEmpty()));
    }

    /// Whether somebody waits here who goes before the background.
    boolean hasForeground() {
        return !outside.isEmpty() || !overflow.isEmpty() || hasUrgent();
    }

    /// Whether somebody waits here who goes before normal work.
    boolean hasUrgent() {
        return prioritised && !(high.isEmpty() && max.isEmpty());
    }
}
