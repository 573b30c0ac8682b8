package dev.bureau.scheduler;

import dev.bureau.scheduler.jdk.Steps;
import dev.bureau.scheduler.woven.YieldPoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A platform thread that runs the work of a [Lane].
///
/*
 * Slices. A fiber, and whomever it wakes into the slot, run on one slice. It is over when the watchdog says
 * so (`overSlice`), or when somebody of a better rank wants to run (`cutSlice`); the fiber notices at
 * its next operation, or at the next yield point of woven code, to which a request is raised. A request is one of all
 * carriers' requests that polls look for, so it is taken back as soon as it is answered, and by the watchdog if it is not.
 *
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
    /// How long an idle carrier looks for work before it sleeps, and how long it leaves work to the lane in which that waits: about
    /// what a wake-up by the OS costs, and more than most processes run at a time. Those who talk to each other so stay on one core,
    /// where they are much quicker.
    private static final long PATIENCE_NANOS = 10_000;

    /// A mounted fiber stands on the stack of its carrier, so this is how deep a process can recurse: deeper than a thread of
    /// one's own, as people who come from the BEAM expect. Only what is used takes memory.
    private static final long STACK_BYTES = 16L << 20;

    /// For how long it rests for the sake of other programs. Seventeen microseconds were too short.
    private static final long REST_NANOS = 50_000;

    /// Who has computed for so long while others have had its lane is at something that lasts.
    private static final long LONG_NANOS = 25_000_000;

    /// How often it looks for something to run before it leaves the loop and enters it again.
    static final int SERVED_AT_A_TIME = 1_000;

    private static final VarHandle PARKED;
    private static final VarHandle RAISED;
    private static final VarHandle SLICES;
    private static final VarHandle SLEEPS;
    private static final VarHandle CURRENT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PARKED = lookup.findVarHandle(Carrier.class, "parked", boolean.class);
            RAISED = lookup.findVarHandle(Carrier.class, "raised", boolean.class);
            SLICES = lookup.findVarHandle(Carrier.class, "slices", int.class);
            SLEEPS = lookup.findVarHandle(Carrier.class, "sleeps", int.class);
            CURRENT = lookup.findVarHandle(Carrier.class, "current", Schedulable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CarrierScheduler scheduler;
    private final NextSlot next = new NextSlot();
    private final CpuMeter meter;
    private volatile Lane lane;
    private volatile boolean parked;
    private volatile @Nullable Schedulable current;

    // Which slice was ended, and which cut short. By number, because the carrier may have gone on
    // to the next one while somebody decided that.
    private volatile int overSlice = -1;
    private volatile int cutSlice = -1;

    private volatile boolean raised;

    /// What it runs; others read it to find one that has to give way.
    private volatile int rank = Rank.NONE;

    /// It runs background work that nobody interrupts before its slice is over.
    private volatile boolean guaranteed;

    /// Its fiber floods somebody, and is charged so many slices for it; else 0. This thread only, or the fiber on it.
    private int flooding;

    /// Its fiber is about to call something that does not come back soon.
    private volatile boolean leaving;

    /// It has not slept for long, and is to do so for a moment: see [#rest()].
    private volatile boolean restDue;

    /// It has found out that its lane was given away, and waits for another.
    private volatile boolean home;

    /// By what number the system knows its thread; 0 if that is not known.
    private volatile long systemThread;

    /// The system runs it less than others from now on, so it is not to have a lane any more.
    private volatile boolean demoted;

    /// Threads for fibers that have none; more than these end when they are not needed.
    private static final int MOST_RESTING = 64;

    /// Where the queues of all lanes ended when it began to search.
    private final int[] ends;

    private final ArrayDeque<LentThread> resting = new ArrayDeque<>();

    /// A lent thread that has nothing to do and stays, while others run on top of it (see Steps). One at a time: what a
    /// lent thread runs there ends or leaves, so stacks do not grow.
    private @Nullable LentThread host;

    /// What a lent thread has taken from the lane and cannot go on with.
    private @Nullable Schedulable handedBack;

    /// It counts as one that looks for work.
    private boolean searching;

    private int turn;

    // Written by this thread only, watched by the clock: a turn is one dispatch, a slice may span
    // several.
    private int turns;
    private int slices;

    /// How often it has slept. Written by this thread only.
    private int sleeps;

    // The clock's notes of its last look.
    int turnsSeen;
    int slicesSeen;
    int sleepsSeen;
    int ticksAwake;
    int ticksOnTurn;
    int ticksInSlice;
    int slicesEnded = -1;
    int ticksRaised;
    long cpuSeen;
    long cpuRaised;

    /// The deputy's.
    int slicesOverdue = -1;

    Carrier(CarrierScheduler scheduler, Lane lane, String name) {
        super(null, null, name, STACK_BYTES, false);
        this.scheduler = scheduler;
        this.lane = lane;
        this.meter = new CpuMeter(this, scheduler.stealTime());
        this.ends = new int[scheduler.parallelism()];
        setDaemon(true);
    }

    @Override
    public void run() {
        systemThread = Promptness.callingThread();
        // A spare is started first, because that can fail, and named a moment later.
        while (lane.carrier != this && !scheduler.isStopped()) {
            LockSupport.park(this);
        }
        while (serve()) {
            // see there
        }
    }

    /// Runs what there is to run, for a while; false if it is to end.
    ///
    /// A frame that the JVM has once put back into its interpreter may stay there for as long as it lasts. This one does not last, so
    /// the next is compiled again.
    private boolean serve() {
        for (int n = 0; n < SERVED_AT_A_TIME; n++) {
            if (scheduler.isStopped()) {
                return false;
            }
            Schedulable left = handedBack;
            if (left != null) {
                handedBack = null;
                dispatch(left);
                continue;
            }
            if (lane.carrier != this) {
                if (!waitForLane()) {
                    return false;
                }
                continue;
            }
            if (restDue) {
                rest();
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
        return true;
    }

    /// Its lane was given away. False if it is not needed any more.
    private boolean waitForLane() {
        scheduler.shareNext(this);
        if (searching) {
            // Roused for work that another has to take now.
            searching = false;
            scheduler.searchEnds(true);
        }
        rank(Rank.NONE);
        home = true;
        // In this order: see demote.
        if (demoted) {
            scheduler.spares().dismiss(this);
            return false;
        }
        if (!scheduler.awaitDuty(this)) {
            return false;
        }
        home = false;
        meter.endAway();
        return true;
    }

    private void dispatch(Schedulable ready) {
        begin(ready);
        try {
            ready.runOn(this);
        } catch (Throwable escaped) {
            scheduler.escaped(escaped);
        }
        end();
    }

    private void begin(Schedulable ready) {
        turns++;
        int ranked = ready.rank();
        if (ranked != rank) {
            rank(ranked);
        }
        // Seen by all before the fiber is mounted, which takes an atomic step: see mounts.
        CURRENT.setRelease(this, ready);
    }

    /// The fiber that it has begun, and has just reserved for itself by an atomic step, is about to run here. False if it is
    /// held, and then it is not to run.
    ///
    /// Who holds or urges a fiber does so, then looks whether a carrier runs it (Fiber.isMounted). Here it is the other way
    /// round, with that atomic step between the two.
    boolean mounts(Fiber fiber) {
        if (fiber.carrier != this) {
            fiber.carrier = this;
            VarHandle.fullFence();
        }
        if (fiber.isHeld()) {
            return false;
        }
        if (fiber.isUrged() && fiber.isStillUrged()) {
            raise();
        }
        return true;
    }

    private void end() {
        if (meter.isRunning()) {
            if (current instanceof Fiber fiber) {
                fiber.addCpuNanos(meter.total());
            }
            meter.end();
        }
        if (raised && !sliceExpired()) {
            lower();
        }
        if (leaving) {
            leaving = false;
        }
        // Seen a moment later is early enough.
        CURRENT.setRelease(this, null);
    }

    /// Lent thread that it runs, done with its fiber: gives it another that it can go on with at once, and before runs on top of it
    /// what has a thread already; false if this carrier has to see what comes next.
    ///
    /// It takes nothing but what the lane has to offer within the slice, in the order of [#pick()]. But for what runs on top of it,
    /// nothing here blocks: the thread would leave the carrier.
    boolean continueWith(LentThread lent) {
        end();
        while (true) {
            Schedulable ready = pickWithinSlice();
            if (ready == null) {
                return false;
            }
            if (ready instanceof Fiber fiber && fiber.isReady()) {
                if (startOn(lent, fiber)) {
                    return true;
                }
            } else if (host == null) {
                host(lent, ready);
                continue;
            }
            handedBack = ready;
            return false;
        }
    }

    /// Runs `ready` on top of `lent`, which calls.
    private void host(LentThread lent, Schedulable ready) {
        Steps.hold();
        host = lent;
        try {
            dispatch(ready);
        } finally {
            host = null;
            Steps.release();
        }
        // By somebody who had this thread before: not meant for the next.
        Thread.interrupted();
    }

    private @Nullable Schedulable pickWithinSlice() {
        Schedulable left = handedBack;
        if (left != null) {
            handedBack = null;
            return left;
        }
        Lane mine = lane;
        if (mine.carrier != this
                || sliceExpired()
                || mine.isBackgroundDue()
                || scheduler.shared().hasTurn(turn + 1)
                || scheduler.isStopped()) {
            return null;
        }
        Schedulable ready = next.take();
        if (ready == null) {
            ready = mine.queue.poll();
            if (ready == null) {
                return null;
            }
            beginSlice();
        }
        turn++;
        return ready;
    }

    private boolean startOn(LentThread lent, Fiber fiber) {
        begin(fiber);
        if (fiber.claim()) {
            fiber.borrow(lent);
            if (mounts(fiber)) {
                return true;
            }
            fiber.giveBack(lent);
        }
        end();
        return false;
    }

    /// The lent thread on top of which it runs another; for tests.
    @Nullable LentThread host() {
        return host;
    }

    /// Runs a step of a virtual thread, on top of the one that hosts if there is one. True if that has yielded and the caller is to
    /// queue it.
    ///
    /// @param own the thread; null if it queues itself whenever it yields
    boolean runStep(Runnable step, @Nullable Thread own) {
        LentThread under = host;
        return Steps.run(step, own, under == null ? null : under.thread(), this);
    }

    /// The same, of one that queues itself; also where there are no carriers.
    static void runStepOn(@Nullable Carrier on, Runnable step) {
        if (on == null) {
            step.run();
        } else {
            on.runStep(step, null);
        }
    }

    /// A thread for a fiber that has none.
    LentThread lend() {
        LentThread rested = resting.pollLast();
        return rested == null ? LentThread.start(scheduler) : rested;
    }

    /// Whether a lent thread that has nothing to do is to rest here.
    boolean hasRoom() {
        return resting.size() < MOST_RESTING;
    }

    void keep(LentThread idle) {
        resting.addLast(idle);
    }

    private void rank(int next) {
        if (rank == Rank.BACKGROUND) {
            scheduler.yielders().getAndDecrement();
        }
        rank = next;
        if (next == Rank.BACKGROUND) {
            scheduler.yielders().getAndIncrement();
        }
    }

    /// Watchdog: it is away and computes, and goes on for long. From now on the system runs it less than others, and it ends when it
    /// comes back: a thread cannot take that back by itself.
    ///
    /// If it comes back this very moment, either we see that it is home, or it sees that it is not to be used.
    void demote() {
        if (demoted || systemThread == 0 || !meter.knowsCpuTime() || meter.nanos() < LONG_NANOS) {
            return;
        }
        demoted = true;
        if (isAway()) {
            Promptness.giveWay(systemThread);
        } else {
            demoted = false;
        }
    }

    boolean isDemoted() {
        return demoted;
    }

    /// Whether its lane was given away and it has not found that out: it runs something, or has picked what it is about
    /// to run.
    boolean isAway() {
        return !home && lane.carrier != this;
    }

    /// For those who look on; `number` is that of the lane it serves, or -1.
    Load.OfCarrier load(int number) {
        boolean serves = number >= 0;
        return new Load.OfCarrier(
                getName(),
                number,
                parked,
                current instanceof Fiber fiber ? fiber : null,
                serves ? lane.busyNanos : 0,
                turns,
                slices(),
                serves ? lane.queue.size() + (next.isEmpty() ? 0 : 1) : 0,
                meter.awayNanos());
    }

    /// Puts its fiber, which has used up its slice and yields, into the background.
    void retire(Fiber fiber) {
        long slice = scheduler.sliceNanos();
        long ran = meter.isTimed() ? meter.total() : slice;
        if (!meter.knowsCpuTime()) {
            // By the wall clock: the system may have run others.
            ran = Math.min(ran, slice);
        }
        if (flooding != 0) {
            ran = Math.max(ran, flooding * slice);
            flooding = 0;
        }
        scheduler.shared().background().add(fiber, ran);
    }

    /// The next in order, from the queues that this carrier serves without searching.
    private @Nullable Schedulable pick() {
        Lane mine = lane;
        Schedulable ready = scheduler.shared().pollUrgent(++turn);
        if (ready == null && mine.takeBackgroundDue()) {
            ready = pollBackground();
            if (ready != null) {
                guaranteed = true;
                return ready;
            }
        }
        if (ready == null) {
            ready = scheduler.shared().pollBeforeLane(turn, sliceExpired());
        }
        if (ready == null) {
            ready = next.take();
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
        SLICES.setRelease(this, slices + 1);
        if (raised) {
            lower();
        }
        if (guaranteed) {
            guaranteed = false;
        }
        if (flooding != 0) {
            flooding = 0;
        }
    }

    private @Nullable Schedulable pollBackground() {
        Fiber next = scheduler.shared().background().poll();
        if (next == null) {
            return null;
        }
        beginSlice();
        meter.begin();
        return next;
    }

    private @Nullable Schedulable search() {
        scheduler.noteEnds(ends);
        long begin = System.nanoTime();
        boolean waited;
        do {
            waited = System.nanoTime() - begin >= PATIENCE_NANOS;
            Schedulable ready = waited ? scheduler.steal(lane, ends) : null;
            if (ready == null) {
                ready = scheduler.shared().pollLow();
            }
            if (ready != null) {
                beginSlice();
                return ready;
            }
            ready = pick();
            if (ready == null && (waited || !scheduler.hasLaneWork())) {
                // Not before: what waits in another lane goes first.
                ready = pollBackground();
            }
            if (ready != null) {
                return ready;
            }
            Thread.onSpinWait();
        } while (!waited);
        return null;
    }

    /// Sleeps until there may be work; true when a waker has counted it as searching.
    private boolean sleep() {
        if (raised) {
            lower();
        }
        rank(Rank.NONE);
        parked = true;
        scheduler.idled();
        boolean roused = true;
        if ((lane.carrier != this || scheduler.hasWork(this)) && unparkedByMyself()) {
            roused = false;
        }
        if (roused) {
            countSleep();
        }
        while (parked && !scheduler.isStopped()) {
            LockSupport.park(this);
            // An interrupt would keep it awake.
            Thread.interrupted();
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

    /// Sleeps for a moment, so that the system sees to others: see docs/adr/0021-other-programs.md.
    private void rest() {
        countSleep();
        LockSupport.parkNanos(this, REST_NANOS);
    }

    /// Watchdog: it is to rest as soon as it comes back, and what it runs is to yield.
    void restDue() {
        if (!restDue) {
            restDue = true;
            endSlice(slices());
        }
    }

    private void countSleep() {
        restDue = false;
        SLEEPS.setRelease(this, sleeps + 1);
    }

    int sleeps() {
        return (int) SLEEPS.getAcquire(this);
    }

    boolean isParked() {
        return parked;
    }

    /// Watchdog: a slice is over.
    void endSlice(int slice) {
        overSlice = slice;
        raise();
    }

    /// Own fiber: it has sent so much to somebody who is behind that its slice is over, if anybody waits for a carrier.
    void floods(int charged) {
        if (scheduler.hasWork(this) && !scheduler.hasFreeCarrier()) {
            flooding = charged;
            endSlice(slices);
        }
    }

    /// Somebody of `other` rank wants to run; false if what it runs does not give way to that, or does already.
    boolean giveWay(int other) {
        int slice = slices();
        if (!givesWayTo(other)) {
            return false;
        }
        cutSlice = slice;
        raise();
        return true;
    }

    /// Makes the yield points of its fiber look closer.
    void raise() {
        if (!raised && RAISED.compareAndSet(this, false, true)) {
            YieldPoint.raise();
        }
    }

    /// What was raised is answered, or nobody hears it.
    void lower() {
        if (RAISED.compareAndSet(this, true, false)) {
            YieldPoint.lower();
        }
    }

    boolean isRaised() {
        return raised;
    }

    /// Whether the slice has been used up, rather than cut short for somebody else.
    boolean isSliceOver() {
        return overSlice == slices;
    }

    /// Whether what it runs gives way to somebody of `other` rank.
    boolean givesWayTo(int other) {
        return rank < other && !guaranteed && !sliceExpired();
    }

    boolean runsBackground() {
        return rank == Rank.BACKGROUND;
    }

    boolean isGuaranteed() {
        return guaranteed;
    }

    /// Own fiber: what follows does not come back soon, or does again.
    void leaving(boolean soon) {
        leaving = soon;
    }

    boolean isLeaving() {
        return leaving;
    }

    boolean sliceExpired() {
        int now = slices;
        return overSlice == now || cutSlice == now;
    }

    @Nullable Schedulable current() {
        return current;
    }

    NextSlot next() {
        return next;
    }

    CpuMeter meter() {
        return meter;
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
        return (int) SLICES.getAcquire(this);
    }
}
