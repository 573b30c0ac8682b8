package dev.bureau.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A platform thread that runs the work of a [Lane].
///
/*
 * Only scheduler code runs on the carrier itself: it takes no lock that a fiber could hold.
 *
 * A carrier is on duty while its lane names it. The watchdog may give the lane to a spare at any time; the carrier
 * finds out after its current fiber, and joins the spares. For a moment both may serve the lane: queues and slot allow
 * any number of threads, so nothing depends on the exact moment.
 *
 * Idleness. `parked` is set before the last look for work and taken away, by compare-and-set, by whoever ends the
 * sleep: the waker, who counts the carrier as searching, or the carrier itself when that look finds something. Work is
 * made visible before idle carriers are looked for, so one of the two sees the other (see CarrierScheduler.wakeOne).
 */
final class Carrier extends Thread {
    /// How often an idle carrier looks again before it sleeps: about what a wake-up by the OS costs.
    private static final int SPINS = 100;

    /// A mounted fiber stands on the stack of its carrier, so this is how deep a process can recurse: deeper than a thread of
    /// one's own, as people who come from the BEAM expect. Only what is used takes memory.
    private static final long STACK_BYTES = 16L << 20;

    private static final VarHandle PARKED;
    private static final VarHandle CURRENT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PARKED = lookup.findVarHandle(Carrier.class, "parked", boolean.class);
            CURRENT = lookup.findVarHandle(Carrier.class, "current", Schedulable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CarrierScheduler scheduler;
    private volatile Lane lane;
    private volatile boolean parked;
    private volatile @Nullable Schedulable current;
    private volatile boolean expired;

    /// When its lane was given away while it ran something; 0 while it has one, or nothing to run.
    private volatile long awaySince;

    private int turn;

    // Written by this thread only, watched by the clock: a turn is one dispatch, a slice may span
    // several.
    private int turns;
    private int slices;

    // The clock's notes of its last look.
    int turnsSeen;
    int slicesSeen;
    int ticksOnTurn;

    Carrier(CarrierScheduler scheduler, Lane lane, String name) {
        super(null, null, name, STACK_BYTES, false);
        this.scheduler = scheduler;
        this.lane = lane;
        setDaemon(true);
    }

    @Override
    public void run() {
        // A spare is started first, because that can fail, and named a moment later.
        while (lane.carrier != this && !scheduler.isStopped()) {
            LockSupport.park(this);
        }
        boolean searching = false;
        while (!scheduler.isStopped()) {
            if (lane.carrier != this) {
                if (searching) {
                    // Roused for work that another has to take now.
                    searching = false;
                    scheduler.searchEnds(true);
                }
                if (!scheduler.awaitDuty(this)) {
                    return;
                }
                awaySince = 0;
                continue;
            }
            Schedulable ready = pick();
            if (ready == null) {
                if (!searching) {
                    searching = true;
                    scheduler.searchBegins();
                }
                ready = search();
            }
            if (searching) {
                searching = false;
                scheduler.searchEnds(ready != null);
            }
            if (ready == null) {
                searching = sleep();
            } else {
                dispatch(ready);
            }
        }
    }

    private void dispatch(Schedulable ready) {
        turns++;
        // Both before the run looks whether the fiber is held: see Fiber.isMounted.
        if (ready instanceof Fiber fiber) {
            fiber.carrier = this;
        }
        current = ready;
        try {
            ready.runOn(this);
        } catch (Throwable escaped) {
            scheduler.escaped(escaped);
        }
        if (awaySince != 0 && ready instanceof Fiber fiber) {
            fiber.tick(ticksAway());
            awaySince = 0;
        }
        // Seen a moment later is early enough.
        CURRENT.setRelease(this, null);
    }

    /// The watchdog has given the lane away and looks at this carrier no more.
    void away() {
        awaySince = System.nanoTime() | 1;
    }

    /// In how many ticks nobody has looked at it.
    int ticksAway() {
        long since = awaySince;
        return since == 0 ? 0 : (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    /// The next in order, from the queues that this carrier serves without searching.
    private @Nullable Schedulable pick() {
        Lane mine = lane;
        Schedulable ready = scheduler.shared().pollBeforeLane(++turn, sliceExpired());
        if (ready == null) {
            ready = mine.takeNext();
            if (ready != null) {
                if (!sliceExpired()) {
                    // Runs on what is left of the slice of the fiber that woke it.
                    return ready;
                }
                scheduler.append(mine, ready);
                ready = null;
            }
            ready = mine.queue.poll();
        }
        if (ready == null) {
            ready = scheduler.shared().pollAfterLane();
        }
        if (ready != null) {
            beginSlice();
        }
        return ready;
    }

    private void beginSlice() {
        slices++;
        if (expired) {
            expired = false;
        }
    }

    private @Nullable Schedulable search() {
        for (int spin = 0; spin < SPINS; spin++) {
            Schedulable ready = scheduler.steal(lane);
            if (ready == null) {
                ready = scheduler.shared().pollLast();
            }
            if (ready == null) {
                ready = pick();
            }
            if (ready != null) {
                beginSlice();
                return ready;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /// Sleeps until there may be work; true when a waker has counted it as searching.
    private boolean sleep() {
        parked = true;
        scheduler.idled();
        boolean roused = true;
        if ((lane.carrier != this || scheduler.hasWork(lane)) && unparkedByMyself()) {
            roused = false;
        }
        while (parked && !scheduler.isStopped()) {
            LockSupport.park(this);
        }
        scheduler.clockNeeded();
        return roused;
    }

    private boolean unparkedByMyself() {
        if (PARKED.compareAndSet(this, true, false)) {
            scheduler.roused();
            return true;
        }
        return false;
    }

    /// Ends its sleep; false when it does not sleep or another was first.
    boolean rouse() {
        return parked && PARKED.compareAndSet(this, true, false);
    }

    boolean isParked() {
        return parked;
    }

    void expire() {
        expired = true;
    }

    boolean sliceExpired() {
        return expired;
    }

    @Nullable Schedulable current() {
        return current;
    }

    Lane lane() {
        return lane;
    }

    void lane(Lane assigned) {
        lane = assigned;
    }

    CarrierScheduler scheduler() {
        return scheduler;
    }

    int turns() {
        return turns;
    }

    int slices() {
        return slices;
    }
}
