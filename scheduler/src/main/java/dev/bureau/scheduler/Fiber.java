package dev.bureau.scheduler;

import dev.bureau.scheduler.jdk.ProcessThreads;
import dev.bureau.scheduler.jdk.Steps;
import dev.bureau.scheduler.woven.YieldPoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A body with a virtual thread of its own: what the scheduler schedules and the kernel makes a process of.
///
/*
 * The fiber is itself the Executor of its thread: the JDK submits every step of the thread to it, so finding the fiber
 * of a thread is one field read and a run queue holds the fiber, not a wrapper.
 *
 * Waiting. A fiber waits by yielding: `awaitWake` sets YIELDING and calls Thread.yield; once the thread is off its
 * carrier, that calls `leave` (or the JDK `execute`, after a step that it has run itself), and instead of queueing the fiber we
 * call `beginWait`, which publishes that it sleeps (in one atomic step with the check that there is nothing to do) or refuses. So
 * whoever takes the published mark away may queue the fiber at once: there is no permit, no state of the thread to negotiate, and
 * one compare-and-set on each side. Where the thread cannot leave its carrier (native frame, class initialiser) or the JDK schedules
 * it, a second kind of mark is published from the thread itself, which then parks. The mark tells its taker which of the two
 * it is: `resume` for the first, `unpark` for the second, which may come late without harm.
 *
 * The JDK takes a thread that sleeps this way for one that has yielded. Having looked at its stack from outside it
 * therefore submits the thread once more, lest a submission was lost meanwhile: ASLEEP tells that there was none. Such a
 * submission may come at any time after the yield. While YIELDING nothing was lost either, for the carrier has yet to submit
 * it: so only the carrier that the thread has just left makes ASLEEP of it and publishes the mark. (Where there are no
 * carriers the first to do so, by compare-and-set.)
 *
 * Running. For these and other reasons (see NextSlot) a fiber may lie in a queue though it runs, or twice. So whoever takes it
 * from a queue reserves it first: `mounted` for a step on its own thread, LentThread.mount on a lent one, READY for the
 * first step on one. Only then does a carrier name itself in `carrier`: whose thread reads its own `carrier` finds the one
 * that it stands on. A submission too many waits a tick if the fiber runs, since it may be the one that counts.
 *
 * Threads. A fiber starts with a thread of its own. If it gives that up it is nothing but this object until it is woken; a
 * carrier then lends it the thread of a LentThread, which it gives back when its body returns. It lets go of the thread
 * before it publishes that it sleeps, so whoever wakes it finds it without one; and whoever borrows sets the thread
 * before the carrier names the fiber as what it runs, a volatile write, after which the fiber looks whether it is to
 * end. So one who has told it to end, and then finds no thread to interrupt, need not.
 *
 * Field       written by                      read by
 * carrier     who has reserved it             the fiber's own thread; others, as a hint
 * mounted     whoever is to run it, by compare-and-set
 * rest        the fiber's own thread (YIELDING, GIVING_WAY, AWAKE), its carrier when it submits it (ASLEEP, AWAKE), who takes
 *             the mark (AWAKE, READY), who claims it (AWAKE)
 * holds       anyone (suspend, resume)        carriers before mounting
 * urged       anyone (true), the fiber's own thread (false, before it looks why)
 * background  the fiber's own thread before it yields, who submits it
 * queued      whoever queues it, the carrier that mounts it; read for display only
 */
public abstract non-sealed class Fiber extends Schedulable implements Executor, Runnable {
    /// Set in `holds` by a carrier that put the fiber aside; whoever lets it go queues it again.
    private static final int HELD = 1 << 30;

    // What `rest` says.
    private static final int AWAKE = 0;
    private static final int YIELDING = 1;
    private static final int ASLEEP = 2;
    private static final int GIVING_WAY = 3;
    private static final int READY = 4;

    private static final VarHandle HOLDS;
    private static final VarHandle MOUNTED;
    private static final VarHandle REST;
    private static final VarHandle URGED;

    /// How often a carrier looks whether another has left a fiber that it is leaving: longer than that takes.
    private static final int SPINS = 200;

    /// For how long a carrier waits for memory, to queue who has just left it.
    private static final long MEMORY_WAIT_NANOS = 100_000_000;

    /// So many messages that nobody has read yet are a pile.
    protected static final int PILE = 512;

    private static final boolean OWN_THREADS = ProcessThreads.available();
    private static final ThreadLocal<Fiber> CURRENT = new ThreadLocal<>();

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HOLDS = lookup.findVarHandle(Fiber.class, "holds", int.class);
            MOUNTED = lookup.findVarHandle(Fiber.class, "mounted", boolean.class);
            URGED = lookup.findVarHandle(Fiber.class, "urged", boolean.class);
            REST = lookup.findVarHandle(Fiber.class, "rest", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Null while it has no thread; of the lent one, if it has borrowed one.
    private @Nullable Thread thread;
    private @Nullable Runnable continuation;
    private @Nullable LentThread loan;

    /// Its own thread was submitted for the first time.
    private boolean started;

    /// What its code finds as the context class loader: what it found on the thread that it had before. Unused while it has one.
    private @Nullable ClassLoader contextLoader;

    /// It has given up its own thread, and since then borrows.
    private boolean hasGivenUp;

    @Nullable Carrier carrier;
    private volatile boolean mounted;
    private volatile int holds;
    private volatile int rest;
    private boolean queued;
    private volatile boolean urged;
    private boolean background;
    private boolean waited;
    private Priority priority = Priority.NORMAL;

    // Statistics, written by one carrier at a time and by the clock; a lost increment does no harm.
    private int slices;
    private long cpuNanos;

    /// Own thread: how much it has piled up in this turn.
    private short piled;

    /// What it has run in the background; guarded by that.
    long virtualTime;

    protected Fiber() {}

    /// The fiber whose thread calls, or null: any other thread, also one that a fiber's code has made.
    public static @Nullable Fiber current() {
        Thread thread = Thread.currentThread();
        if (!thread.isVirtual()) {
            return null;
        }
        if (OWN_THREADS) {
            Executor executor = ProcessThreads.executorOf(thread);
            if (executor instanceof Fiber fiber) {
                return fiber.thread == thread ? fiber : null;
            }
            return executor instanceof LentThread lent && lent.thread() == thread
                    ? lent.fiber()
                    : null;
        }
        return CURRENT.get();
    }

    /// What it does. It ends with it, unless [#giveUpThread()] was the last thing it did; then this is called again, on
    /// another thread, when somebody has woken it.
    @Override
    public abstract void run();

    /// The scheduler that runs it.
    protected abstract Scheduler scheduler();

    /// Publishes that this fiber sleeps, unless there is something for it to do: one atomic step.
    ///
    /// Called once the fiber can be woken. After `true` exactly one caller wakes it, the one that took the published
    /// mark away: by [#unpark()] if `parks`, else by [#resume()].
    protected abstract boolean beginWait(boolean parks);

    /// Creates its thread, not yet started.
    protected final Thread createThread() {
        Thread created = scheduler().newThread(this);
        // Nothing else is inherited. Without the loader, libraries find no services of a class path
        // of their own.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader != created.getContextClassLoader()) {
            created.setContextClassLoader(loader);
        }
        thread = created;
        return created;
    }

    /// Makes it runnable for the first time.
    protected final void startThread() {
        owned(thread).start();
    }

    /// Entry of the thread where the JDK schedules it and the thread cannot tell its fiber.
    final void runOnJdkScheduler() {
        CURRENT.set(this);
        run();
    }

    /// Its thread; null before it was created.
    public final @Nullable Thread thread() {
        return thread;
    }

    /// A thread that was not created here is this fiber for as long as it lives: a guest.
    protected final void adoptThread(Thread guest) {
        thread = guest;
    }

    /// Called by the JDK with each step of the thread, on the unparking thread, a carrier or a JDK timer thread: must
    /// neither block nor throw.
    @Override
    public final void execute(Runnable step) {
        boolean first = !started;
        if (first) {
            started = true;
            continuation = step;
        } else if (step != continuation) {
            // Of a thread that code of this fiber has made; or of one it has given up, and then
            // nothing happens.
            scheduler().enqueue(new Helper(step));
            return;
        }
        int said = rest;
        if (said == ASLEEP || (said == YIELDING && !isSubmittedByCarrier())) {
            return;
        }
        if (isToRun(said, first)) {
            enqueue();
        }
    }

    /// Carrier, which its own thread has just left by yielding: what `execute` does where the JDK submits it.
    private void leave(Carrier on) {
        if (!isToRun(rest, false)) {
            return;
        }
        queued = true;
        while (true) {
            try {
                on.scheduler().enqueueFrom(on, this);
                return;
            } catch (OutOfMemoryError again) {
                // As the JDK does it: whoever leaves is not lost for that.
                LockSupport.parkNanos(this, MEMORY_WAIT_NANOS);
            }
        }
    }

    /// Off its carrier, or not started yet: whether it is to be queued. If not, it sleeps, or is awake again elsewhere.
    private boolean isToRun(int said, boolean first) {
        switch (said) {
            case YIELDING -> {
                REST.set(this, ASLEEP);
                if (beginWait(false)) {
                    return false;
                }
                REST.set(this, AWAKE);
            }
            case GIVING_WAY -> {
                REST.set(this, AWAKE);
                return true;
            }
            default -> {}
        }
        background = false;
        waited = !first;
        return true;
    }

    /// Whether the JDK submits the thread where it has just left its carrier, and not once more for somebody who has looked
    /// at its stack.
    private boolean isSubmittedByCarrier() {
        Carrier on = carrier;
        return on == null
                ? REST.compareAndSet(this, YIELDING, ASLEEP)
                : on == Thread.currentThread();
    }

    private void enqueue() {
        queued = true;
        scheduler().enqueue(this);
    }

    /// Own thread: sleeps until woken, unless [#beginWait()] refuses. May return early; the caller looks again.
    public final void awaitWake() {
        if (OWN_THREADS && continuation != null) {
            boolean pinned = true;
            // Read by who submits the thread, after it has left its carrier.
            REST.setRelease(this, YIELDING);
            try {
                Thread.yield();
            } finally {
                int now = rest;
                // Unchanged if the yield did nothing, or threw because the stack is too big to be
                // put aside.
                pinned = now == YIELDING;
                if (now != AWAKE) {
                    REST.set(this, AWAKE);
                }
            }
            if (!pinned) {
                return;
            }
        }
        if (beginWait(true)) {
            LockSupport.park(this);
        }
    }

    /// Own thread, as the last thing that `run` does: sleeps without a thread until woken. False, and nothing has
    /// happened, if [#beginWait(boolean)] refuses, or there is no scheduler of ours to find it another thread.
    protected final boolean giveUpThread() {
        if (!hasOwnScheduler()) {
            return false;
        }
        Thread hadThread = owned(thread);
        Runnable had = continuation;
        LentThread hadLoan = loan;
        REST.set(this, ASLEEP);
        boolean hadGivenUp = hasGivenUp;
        hasGivenUp = true;
        contextLoader = hadThread.getContextClassLoader();
        thread = null;
        continuation = null;
        loan = null;
        if (beginWait(false)) {
            // Perhaps it runs already, on another.
            return true;
        }
        thread = hadThread;
        continuation = had;
        loan = hadLoan;
        hasGivenUp = hadGivenUp;
        REST.set(this, AWAKE);
        return false;
    }

    /// Whether its thread is scheduled by us, and not by the JDK.
    protected final boolean hasOwnScheduler() {
        return OWN_THREADS && continuation != null;
    }

    /// Whether its thread will be another's when it has ended.
    protected final boolean isOnLoan() {
        return loan != null;
    }

    /// Whether it is to run and has no thread.
    final boolean isReady() {
        return rest == READY;
    }

    /// Claims a fiber that is ready, to run it: one does of all who find it in a queue. False if another was first.
    final boolean claim() {
        return REST.compareAndSet(this, READY, AWAKE);
    }

    /// Carrier, having claimed it: gets a lent thread.
    final void borrow(LentThread from) {
        from.take(this);
        loan = from;
        continuation = from.ownStep();
        Thread borrowed = from.thread();
        if (borrowed.getContextClassLoader() != contextLoader) {
            borrowed.setContextClassLoader(contextLoader);
        }
        thread = borrowed;
        queued = false;
        slices++;
        piled = 0;
    }

    /// Carrier: it is not to run after all.
    final void giveBack(LentThread lender) {
        lender.take(null);
        loan = null;
        continuation = null;
        thread = null;
        REST.setRelease(this, READY);
    }

    /// Ends a wait of a fiber that is off its carrier. Only for the one that took away the mark which
    /// `beginWait(false)` had published.
    public final void resume() {
        awake();
        scheduler().enqueue(this);
    }

    /// The same, for a fiber whose own thread calls: the other runs next, in its place.
    protected final void resume(Fiber waker) {
        awake();
        scheduler().wake(this, waker);
    }

    private void awake() {
        background = false;
        waited = true;
        REST.setRelease(this, continuation == null ? READY : AWAKE);
        queued = true;
    }

    /// Ends a wait of a fiber whose thread parks.
    public final void unpark() {
        LockSupport.unpark(thread);
    }

    /// Own thread: does not return before all holds are released.
    protected final void stayHeld() {
        while (holds != 0) {
            if (OWN_THREADS && continuation != null) {
                Thread.yield();
            }
            if (holds != 0) {
                LockSupport.park(this);
            }
        }
    }

    /// Whether its slice is over, or cut short for somebody who goes before it.
    public final boolean sliceExpired() {
        Carrier current = carrier;
        return current != null && current.sliceExpired();
    }

    /// Own thread: lets others run if its slice is over, or cut short for somebody who goes before it. Who has used up a
    /// slice goes into the background until it next waits for something.
    public final void giveWay() {
        Carrier on = carrier;
        if (on == null || !on.sliceExpired()) {
            return;
        }
        if (on.isSliceOver()) {
            background = true;
        }
        // Answered: were the thread unable to leave its carrier, each yield point would try again.
        on.lower();
        REST.set(this, GIVING_WAY);
        try {
            Thread.yield();
        } finally {
            if (rest == GIVING_WAY) {
                REST.compareAndSet(this, GIVING_WAY, AWAKE);
            }
        }
    }

    /// Own thread: it has sent something to somebody who has not read what came before. Whether it has done so many times in
    /// this turn; asked for each, true now and then.
    protected final boolean hasPiledUp() {
        if (++piled < PILE) {
            return false;
        }
        piled = 0;
        return true;
    }

    /// Own thread: whom it sends so much does not get to read it. It has used up its slice by that, if anybody waits: else
    /// those who send have all the time, and what they send piles up. And more than one slice, if much lies there already: else one who
    /// takes longer to read than others to send gets no more turns than they.
    ///
    /// @param more how many slices more
    protected final void floods(int more) {
        Carrier on = carrier;
        if (on != null) {
            on.floods(1 + more);
        }
    }

    /// Woven code has found that somebody is to give way or to stop: perhaps the calling thread.
    public static void reachYieldPoint() {
        Fiber self = current();
        if (self != null) {
            self.yieldPoint();
        } else if (isHelper()) {
            Thread.yield();
        }
    }

    private static boolean isHelper() {
        Thread thread = Thread.currentThread();
        return OWN_THREADS && thread.isVirtual() && isOurs(ProcessThreads.executorOf(thread));
    }

    private static boolean isOurs(Executor executor) {
        return executor instanceof Fiber || executor instanceof LentThread;
    }

    private void yieldPoint() {
        Carrier on = carrier;
        if (on == null) {
            if (endUrge()) {
                atUrge();
            }
            return;
        }
        if (!on.isRaised()) {
            return;
        }
        if (urged) {
            // First: whoever urges again from now on is not overlooked.
            urged = false;
            if (holds != 0) {
                stayHeld();
            }
            atUrge();
        }
        Carrier now = carrier;
        if (now != null && !now.sliceExpired()) {
            // Nothing more to do; unless it has come this moment.
            now.lower();
            if (urged || now.sliceExpired()) {
                now.raise();
            }
            return;
        }
        giveWay();
    }

    /// Makes its thread come to [#atUrge()] soon, if it computes in woven code: at once if it runs, else when it does.
    protected final void urge() {
        if (!OWN_THREADS) {
            // There is no carrier to ask: polls look closer until it has answered, or ended.
            if (URGED.compareAndSet(this, false, true)) {
                YieldPoint.raise();
            }
            return;
        }
        urged = true;
        Carrier last = carrier;
        // A carrier names its fiber, then looks whether that is urged.
        if (last != null && last.current() == this) {
            last.raise();
        }
    }

    /// Own thread, without carriers: whether it was urged; takes that back.
    protected final boolean endUrge() {
        if (!OWN_THREADS && URGED.compareAndSet(this, true, false)) {
            YieldPoint.lower();
            return true;
        }
        return false;
    }

    /// Own thread, at a yield point after [#urge()]: does what it was urged to, and may throw. Comes again only if it is
    /// urged again.
    protected void atUrge() {}

    /// Own thread: announces to the watchdog that what follows does not come back soon, or does again.
    protected final void leaving(boolean soon) {
        Carrier on = carrier;
        if (on != null) {
            on.leaving(soon);
        }
    }

    @Override
    final boolean isUrged() {
        return urged;
    }

    @Override
    final boolean isStillUrged() {
        // First, as at a yield point.
        urged = false;
        boolean still = holds != 0 || mustStop();
        if (still) {
            urged = true;
        }
        return still;
    }

    /// Whether its thread is to end, or has something else to do at its next yield point.
    protected boolean mustStop() {
        return false;
    }

    @Override
    final int rank() {
        Priority own = priority;
        if (own == Priority.NORMAL) {
            return background ? Rank.BACKGROUND : Rank.NORMAL;
        }
        return Rank.of(own);
    }

    /// Of normal priority: whether it has run ever since its start, without waiting for anything or being in the background.
    final boolean isNew() {
        return !waited && virtualTime == 0;
    }

    /// Whether it has used up a slice and not waited since.
    final boolean isInBackground() {
        return background;
    }

    @Override
    final void runOn(@Nullable Carrier on) {
        int state = rest;
        if (state == ASLEEP) {
            return;
        }
        LentThread lender = loan;
        if (lender != null) {
            runOnLoan(lender, on);
        } else if (state == READY) {
            runOnNewLoan(on);
        } else {
            runOnOwnThread(on);
        }
    }

    private void runOnOwnThread(@Nullable Carrier on) {
        if (!mount()) {
            scheduler().enqueueLater(this);
            return;
        }
        try {
            Runnable own = continuation;
            // Else it runs elsewhere, on loan, and this was one submission too many.
            if (own != null && !hasGivenUp && !isPutAside(on)) {
                queued = false;
                slices++;
                piled = 0;
                if (on == null) {
                    own.run();
                } else {
                    runStep(own, on);
                }
            }
        } finally {
            MOUNTED.setRelease(this, false);
        }
    }

    private void runStep(Runnable own, Carrier on) {
        Thread mine = owned(thread);
        if (on.runStep(own, mine)) {
            leave(on);
            Steps.settleInterrupt(mine, on);
        }
    }

    /// Reserves it for one step of its own thread. False if another runs it, and does not stop in a moment.
    private boolean mount() {
        for (int spin = 0; spin < SPINS; spin++) {
            if (!mounted && MOUNTED.compareAndSet(this, false, true)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /// Reserved for this carrier: whether it is held and, instead of running, waits until it is released.
    private boolean isPutAside(@Nullable Carrier on) {
        while (!mounts(on)) {
            if (putAside()) {
                return true;
            }
        }
        return false;
    }

    private boolean mounts(@Nullable Carrier on) {
        return on == null ? holds == 0 : on.mounts(this);
    }

    private void runOnLoan(LentThread lender, @Nullable Carrier on) {
        if (!lender.mount()) {
            // Just leaving another carrier; or runs there, and this was one submission too many.
            scheduler().enqueueLater(this);
            return;
        }
        if (lender.fiber() == this && !isPutAside(on)) {
            queued = false;
            slices++;
            piled = 0;
            lender.step(on);
        }
        lender.unmount();
    }

    private void runOnNewLoan(@Nullable Carrier on) {
        if (!claim()) {
            return;
        }
        LentThread lender = on == null ? LentThread.start(scheduler()) : on.lend();
        while (!lender.mount()) {
            Thread.onSpinWait();
        }
        borrow(lender);
        if (mounts(on)) {
            lender.step(on);
            lender.unmount();
            return;
        }
        giveBack(lender);
        if (on != null) {
            on.keep(lender);
        }
        lender.unmount();
        if (!putAside()) {
            enqueue();
        }
    }

    private boolean putAside() {
        int seen = holds;
        while (seen != 0) {
            if (HOLDS.compareAndSet(this, seen, seen | HELD)) {
                return true;
            }
            seen = holds;
        }
        return false;
    }

    /// Keeps it from being mounted until [#release()]; counted. What runs goes on until its next yield point, or until
    /// it leaves its carrier by itself.
    public final void hold() {
        HOLDS.getAndAdd(this, 1);
        urge();
    }

    /// Takes back one [#hold()].
    public final void release() {
        while (true) {
            int seen = holds;
            int left = (seen & ~HELD) - 1;
            int next = left == 0 ? 0 : left | (seen & HELD);
            if (HOLDS.compareAndSet(this, seen, next)) {
                if (left == 0) {
                    if ((seen & HELD) != 0) {
                        enqueue();
                    } else {
                        LockSupport.unpark(thread);
                    }
                }
                return;
            }
        }
    }

    /// Whether somebody holds it.
    public final boolean isHeld() {
        return holds != 0;
    }

    /// Whether a carrier is running it at this moment. After [#hold()], false means that its code does not run before
    /// [#release()]: a carrier names itself here and the fiber in `current`, then reads `holds`.
    public final boolean isMounted() {
        Carrier last = carrier;
        return last != null && last.current() == this;
    }

    /// Whether it waits in a run queue.
    public final boolean isQueued() {
        return queued;
    }

    @Override
    public final Priority priority() {
        return priority;
    }

    /// Takes effect when it is next queued.
    public final void priority(Priority next) {
        priority = next;
    }

    /// How often it has been mounted.
    public final int slices() {
        return slices;
    }

    /// For how long it has been on a carrier, in nanoseconds: timed while it is in the background, sampled at each tick
    /// of the clock otherwise.
    public final long cpuNanos() {
        Carrier last = carrier;
        return last != null && last.current() == this ? cpuNanos + last.meter().nanos() : cpuNanos;
    }

    /// The carrier that ran it last, as its thread's number; 0 if none has.
    public final long carrierId() {
        Carrier last = carrier;
        return last == null ? 0 : last.threadId();
    }

    /// The CPU time of the carrier that runs it at this moment; 0 if that is not known yet, negative if none does.
    public final long carrierCpuNanos() {
        Carrier last = carrier;
        if (last == null) {
            return OWN_THREADS ? -1 : 0;
        }
        return last.current() == this ? CpuTime.of(last) : -1;
    }

    final void addCpuNanos(long more) {
        cpuNanos += more;
    }

    private static <T> T owned(@Nullable T created) {
        if (created == null) {
            throw new IllegalStateException("this fiber has no thread");
        }
        return created;
    }
}
