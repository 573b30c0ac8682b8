package dev.bureau.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Fibers on carriers of our own: as many lanes as cores, each served by one carrier.
///
/*
 * Where ready work goes:
 *   - a fiber that another one wakes: the slot of the waker's carrier; what was in the slot goes to the lane's queue;
 *   - a fiber that yields: the end of the lane's queue;
 *   - from outside, from a full lane, of another priority: the shared queues.
 *
 * Who is woken for it: a parked carrier, unless one is searching already; a searcher that finds work wakes the next. The
 * slot alone wakes nobody: its waker will most likely wait in a moment, and a wake-up by the OS costs more than a
 * dozen switches. If the waker computes instead, the watchdog hands the slot on within a tick.
 *
 * No lost work: work is made visible (volatile write or compare-and-set), then `idle` and `searching` are read. A
 * carrier raises `idle` and leaves `searching`, then looks everywhere once more. All of it sequentially consistent, so
 * either the carrier sees the work or the producer sees the idle carrier.
 */
final class CarrierScheduler extends Scheduler {

    private final String name;
    private final long slice;
    private final Lane[] lanes;
    private final SharedQueues shared;
    private final ConcurrentLinkedQueue<Schedulable> deferred = new ConcurrentLinkedQueue<>();
    private final Spares spares;
    private final SystemClock clock;
    private final Deputy deputy;
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger searching = new AtomicInteger();

    /// How many carriers run what gives way to normal work.
    private final AtomicInteger yielders = new AtomicInteger();

    private volatile boolean stopped;

    CarrierScheduler(String name, int parallelism) {
        this(name, parallelism, SLICE);
    }

    CarrierScheduler(String name, int parallelism, Duration slice) {
        this.name = name;
        this.slice = slice.toNanos();
        this.shared = new SharedQueues(slice.toNanos());
        this.lanes = new Lane[parallelism];
        this.spares = new Spares(this);
        long tick = Math.min(SystemClock.MOST_TICK_NANOS, slice.toNanos());
        Watchdog watchdog = new Watchdog(this, slice.toNanos(), tick);
        this.deputy = watchdog.deputy();
        this.clock = new SystemClock(name, tick, watchdog);
        for (int i = 0; i < parallelism; i++) {
            lanes[i] = new Lane();
            Carrier carrier = new Carrier(this, lanes[i], name + "-carrier-" + i);
            lanes[i].carrier = carrier;
            spares.add(carrier);
        }
        for (Lane lane : lanes) {
            Carrier carrier = lane.carrier;
            if (carrier != null) {
                carrier.start();
            }
        }
        clock.start();
    }

    @Override
    protected Thread newThread(Fiber fiber) {
        return threadOver(fiber);
    }

    @Override
    protected void wake(Fiber ready, Fiber waker) {
        Carrier carrier = waker.carrier;
        if (carrier != null && carrier.scheduler() == this && ready.priority() == Priority.NORMAL) {
            enqueueNext(carrier, ready);
        } else {
            enqueue(ready);
        }
    }

    @Override
    protected void enqueueLater(Schedulable ready) {
        deferred.add(ready);
        clock.busy();
    }

    /// Watchdog: what was to be queued later is queued.
    boolean enqueueDeferred() {
        boolean some = false;
        for (int left = deferred.size(); left > 0; left--) {
            Schedulable ready = deferred.poll();
            if (ready == null) {
                break;
            }
            some = true;
            share(ready);
        }
        return some;
    }

    @Override
    protected void enqueue(Schedulable ready) {
        if (ready.priority() == Priority.NORMAL) {
            Thread thread = Thread.currentThread();
            if (thread.isVirtual()) {
                Fiber waker = Fiber.current();
                Carrier carrier = waker == null ? null : waker.carrier;
                if (carrier != null && carrier.scheduler() == this && carrier.current() == waker) {
                    enqueueNext(carrier, ready);
                    return;
                }
            } else if (thread instanceof Carrier carrier && carrier.scheduler() == this) {
                enqueueFrom(carrier, ready);
                return;
            }
        }
        share(ready);
    }

    private void share(Schedulable ready) {
        shared.add(ready);
        makeRoom(Rank.of(ready.priority()));
    }

    /// On the thread of `carrier`, of something that has just left it.
    void enqueueFrom(Carrier carrier, Schedulable ready) {
        if (ready.priority() != Priority.NORMAL) {
            share(ready);
        } else if (ready instanceof Fiber fiber && fiber.isInBackground()) {
            carrier.retire(fiber);
            wakeOne();
        } else {
            append(carrier.lane(), ready);
        }
    }

    /// Gets a carrier to look for work of this rank that was just made visible: one that sleeps, or else one that runs
    /// something which gives way to it.
    private void makeRoom(int rank) {
        if (idle.get() != 0) {
            wakeOne();
        } else if (rank > Rank.NORMAL || yielders.get() != 0) {
            for (Lane lane : lanes) {
                Carrier carrier = lane.carrier;
                if (carrier != null && carrier.giveWay(rank)) {
                    return;
                }
            }
        }
    }

    /// How long a fiber may run while others wait.
    long sliceNanos() {
        return slice;
    }

    AtomicInteger yielders() {
        return yielders;
    }

    /// On the thread of `carrier`.
    private void enqueueNext(Carrier carrier, Schedulable ready) {
        Lane lane = carrier.lane();
        if (lane.carrier != carrier) {
            // The watchdog has given the lane to a spare. Had it just begun to, it finds the slot
            // filled at its next tick, or the carrier does when it comes back.
            shared.addOverflow(ready);
            makeRoom(Rank.NORMAL);
            return;
        }
        Schedulable displaced = carrier.next().replace(ready);
        if (displaced != null) {
            append(lane, displaced);
        }
    }

    /// Adds to the end of a lane's queue.
    ///
    /// A carrier that sleeps is woken for it, but nobody has to give way at once: mostly what runs on its own carrier has just made
    /// it ready, and if that is somebody who burns and wakes one after the other, a switch for each would be most of the work. The
    /// watchdog sees to it at its next tick.
    void append(Lane lane, Schedulable ready) {
        if (!lane.queue.offer(ready)) {
            shared.addOverflow(ready);
        }
        wakeOne();
    }

    /// Wakes a parked carrier for work that was just made visible, unless a searcher will see it anyway.
    void wakeOne() {
        if (idle.get() == 0 || searching.get() != 0) {
            return;
        }
        // The searcher is counted before it is roused: it may be faster than we are, and must not
        // uncount first. Others wake nobody meanwhile; so when there was nobody to rouse, we look
        // again on their behalf.
        while (anyParked() && searching.compareAndSet(0, 1)) {
            for (Lane lane : lanes) {
                Carrier carrier = lane.carrier;
                if (carrier != null && endSleep(carrier)) {
                    return;
                }
            }
            searching.getAndDecrement();
        }
    }

    private boolean anyParked() {
        for (Lane lane : lanes) {
            Carrier carrier = lane.carrier;
            if (carrier != null && carrier.isParked()) {
                return true;
            }
        }
        return false;
    }

    /// Ends the sleep of a carrier and counts it as searching.
    void rouse(Carrier carrier) {
        searchBegins();
        if (!endSleep(carrier)) {
            searchEnds(true);
        }
    }

    private boolean endSleep(Carrier carrier) {
        if (!carrier.rouse()) {
            return false;
        }
        roused();
        LockSupport.unpark(carrier);
        return true;
    }

    void searchBegins() {
        searching.getAndIncrement();
    }

    void searchEnds(boolean found) {
        if (searching.decrementAndGet() == 0 && found) {
            // The last searcher leaves with work: where that was there may be more.
            wakeOne();
        }
    }

    void idled() {
        idle.getAndIncrement();
    }

    void roused() {
        idle.getAndDecrement();
    }

    /// A carrier works again after sleeping.
    void clockNeeded() {
        clock.busy();
    }

    /// Writes down where the queue of each lane ends now.
    void noteEnds(int[] ends) {
        for (int i = 0; i < lanes.length; i++) {
            ends[i] = lanes[i].queue.end();
        }
    }

    /// Takes work of another lane which was there when `ends` were written down: one to run, half of the rest into the own lane.
    @Nullable Schedulable steal(Lane thief, int[] ends) {
        int start = lanes.length == 1 ? 0 : ThreadLocalRandom.current().nextInt(lanes.length);
        for (int i = 0; i < lanes.length; i++) {
            int number = (start + i) % lanes.length;
            Lane victim = lanes[number];
            if (victim == thief || !victim.queue.hasBefore(ends[number])) {
                continue;
            }
            Schedulable first = victim.queue.poll();
            if (first == null) {
                continue;
            }
            for (int more = victim.queue.size() / 2; more > 0; more--) {
                Schedulable stolen = victim.queue.poll();
                if (stolen == null) {
                    break;
                }
                if (!thief.queue.offer(stolen)) {
                    shared.addOverflow(stolen);
                }
            }
            return first;
        }
        return null;
    }

    /// Whether there is work for this carrier.
    boolean hasWork(Carrier mine) {
        return !shared.isEmpty() || hasForeground(mine);
    }

    /// Whether there is work for this carrier that goes before the background.
    boolean hasForeground(Carrier mine) {
        return !mine.next().isEmpty() || shared.hasForeground() || hasLaneWork();
    }

    /// Whether something waits in the queue of any lane.
    boolean hasLaneWork() {
        for (Lane lane : lanes) {
            if (lane.queue.size() != 0) {
                return true;
            }
        }
        return false;
    }

    /// Puts to the shared queue what lies in the slot of a carrier that does not come to it.
    void shareNext(Carrier carrier) {
        Schedulable next = carrier.next().steal();
        if (next != null) {
            shared.addOverflow(next);
            makeRoom(Rank.NORMAL);
        }
    }

    /// A carrier without a lane waits here for the next; false when it shall end.
    boolean awaitDuty(Carrier carrier) {
        return spares.awaitDuty(carrier);
    }

    void escaped(Throwable failure) {
        SystemLog.error("a step escaped its fiber", failure);
    }

    boolean isStopped() {
        return stopped;
    }

    /// Whether a carrier sleeps, or looks for work.
    boolean hasFreeCarrier() {
        return idle.get() != 0 || searching.get() != 0;
    }

    boolean hasIdleCarrier() {
        return idle.get() != 0;
    }

    Lane[] lanes() {
        return lanes;
    }

    SharedQueues shared() {
        return shared;
    }

    Deputy deputy() {
        return deputy;
    }

    StealTime stealTime() {
        return deputy.stealTime();
    }

    Spares spares() {
        return spares;
    }

    String name() {
        return name;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Load load() {
        List<Load.OfCarrier> carriers = new ArrayList<>();
        Set<Carrier> others = new LinkedHashSet<>(spares.existing());
        for (int i = 0; i < lanes.length; i++) {
            Carrier onDuty = lanes[i].carrier;
            if (onDuty != null) {
                others.remove(onDuty);
                carriers.add(onDuty.load(i));
            }
        }
        others.forEach(carrier -> carriers.add(carrier.load(-1)));
        return shared.load(carriers, spares.count());
    }

    @Override
    public int parallelism() {
        return lanes.length;
    }

    @Override
    public void close() {
        stopped = true;
        clock.stop();
        deputy.stop();
        for (Lane lane : lanes) {
            LockSupport.unpark(lane.carrier);
        }
        spares.stop();
    }
}
