package dev.bureau.scheduler;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carriers without a lane: those that came back after their lane was given away, kept for the next time.
///
/*
 * The watchdog takes a spare off the list, then gives it a lane. A spare that has waited long enough ends only if it can
 * take itself off the list; if it cannot, the watchdog has just done so and a lane will come.
 */
final class Spares {
    /// Bounds the threads that code which never comes back can cost.
    static final int MOST = 256;

    private final CarrierScheduler scheduler;
    private final ConcurrentLinkedDeque<Carrier> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicInteger made = new AtomicInteger();

    /// All carriers, those on duty too.
    private final Set<Carrier> existing = ConcurrentHashMap.newKeySet();

    private Consumer<Carrier> starter = Thread::start;
    private long keepNanos = TimeUnit.SECONDS.toNanos(10);
    private int named;

    Spares(CarrierScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// Before it is used: one that begins with a lane.
    void add(Carrier first) {
        existing.add(first);
    }

    Set<Carrier> existing() {
        return existing;
    }

    /// Before it is used: how threads are started; a test lets that fail.
    void startBy(Consumer<Carrier> other) {
        starter = other;
    }

    /// Before it is used: for how long one that nobody needs is kept; a test does not wait so long.
    void keepFor(Duration time) {
        keepNanos = time.toNanos();
    }

    /// Watchdog: puts a spare in charge of the lane of `away`; false when there is none left.
    boolean takeOver(Lane lane, Carrier away) {
        if (!putInCharge(lane)) {
            return false;
        }
        away.meter().beginAway();
        // It may have come back and gone to sleep on the lane just now: nobody would look for it
        // there any more.
        scheduler.rouse(away);
        return true;
    }

    private boolean putInCharge(Lane lane) {
        Carrier spare = waiting.pollFirst();
        if (spare != null) {
            spare.lane(lane);
            lane.carrier = spare;
            LockSupport.unpark(spare);
            return true;
        }
        if (made.get() >= MOST) {
            return false;
        }
        Carrier fresh = new Carrier(scheduler, lane, scheduler.name() + "-spare-" + named++);
        try {
            starter.accept(fresh);
        } catch (OutOfMemoryError noThread) {
            // The system gives no more threads: work waits for the carriers that there are.
            return false;
        }
        made.incrementAndGet();
        existing.add(fresh);
        lane.carrier = fresh;
        LockSupport.unpark(fresh);
        return true;
    }

    /// A carrier that lost its lane: waits for another; false when it shall end.
    boolean awaitDuty(Carrier carrier) {
        waiting.addFirst(carrier);
        long deadline = System.nanoTime() + keepNanos;
        while (carrier.lane().carrier != carrier) {
            long left = deadline - System.nanoTime();
            if ((left <= 0 || scheduler.isStopped()) && waiting.remove(carrier)) {
                dismiss(carrier);
                return false;
            }
            LockSupport.parkNanos(this, Math.max(left, 1_000_000));
            // An interrupt would keep it awake.
            Thread.interrupted();
        }
        return true;
    }

    /// One that has no lane, and is not to get one, ends.
    void dismiss(Carrier carrier) {
        made.decrementAndGet();
        existing.remove(carrier);
    }

    /// How many carriers exist beyond one a lane.
    int count() {
        return made.get();
    }

    @Nullable Carrier idle() {
        return waiting.peekFirst();
    }

    void stop() {
        for (Carrier carrier : waiting) {
            LockSupport.unpark(carrier);
        }
    }
}
