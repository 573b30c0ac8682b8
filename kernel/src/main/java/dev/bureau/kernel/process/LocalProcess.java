package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import dev.bureau.scheduler.Scheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process: private state, a mailbox, a pid.
///
/*
 * Life: running -> EXITING (reason fixed, name free, no user code observes another signal) -> closed (inbox CLOSED, off
 * the table, links and monitors told). EXITING is set under the lock by the first of: a fatal exit signal, the end of
 * the body. The owner then ends by itself: every operation of the runtime throws Unwinding from now on.
 */
public class LocalProcess extends SignalQueue {
    private static final VarHandle WAITS_FOR;
    private static final VarHandle ASKED;
    private static final VarHandle WAIT_TIMER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WAITS_FOR = lookup.findVarHandle(ControlBlock.class, "waitsFor", Wait.class);
            ASKED = lookup.findVarHandle(ControlBlock.class, "asked", CallTag.class);
            WAIT_TIMER = lookup.findVarHandle(ControlBlock.class, "waitTimer", WaitTimer.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    LocalProcess(LocalNode node, @Nullable LocalProcess parent) {
        super(node, parent);
    }

    /// Called by the process table; again when that slot was just taken.
    void identify(long number, int slot) {
        LocalPid refused = pid;
        this.slot = slot;
        this.pid = new LocalPid(node.id(), number, this);
        if (groupLeader == refused) {
            groupLeader = pid;
        }
    }

    @Override
    protected final Scheduler scheduler() {
        return node.scheduler();
    }

    public final LocalNode node() {
        return node;
    }

    public final LocalPid pid() {
        return pid;
    }

    public final @Nullable LocalPid parent() {
        return parent;
    }

    final @Nullable Body body() {
        return body;
    }

    /// Before it starts: what it will do.
    final void body(Body first) {
        body = first;
    }

    /// Owner, in its body: what it is to others from now on, and will be when it first waits without a stack.
    public final void serves(Serving loop) {
        body = loop;
    }

    public final Priority schedulingPriority() {
        return Priority.values()[priority().ordinal()];
    }

    /// Takes effect when it is next queued.
    public final void schedulingPriority(Priority next) {
        priority(dev.bureau.scheduler.Priority.values()[next.ordinal()]);
    }

    public final Pid groupLeader() {
        return groupLeader;
    }

    public final void groupLeader(Pid leader) {
        groupLeader = leader;
    }

    /// From whom it descends, nearest first; behaviours are told by those who start them.
    public final List<Pid> ancestors() {
        return ancestors;
    }

    /// Owner.
    public final void ancestors(List<Pid> nearestFirst) {
        ancestors = nearestFirst;
    }

    boolean isGuest() {
        return false;
    }

    final void start() {
        createThread();
        startThread();
    }

    // ---- the owner's side

    /// The thread's entry: runs the body, then ends the process with what came of it; or returns for now, without a thread,
    /// until there is a message.
    @Override
    public final void run() {
        ExitReason reason = null;
        boolean raised = false;
        while (reason == null) {
            try {
                Body next = body;
                if (hibernating) {
                    // One that serves looks for messages itself.
                    if (!(next instanceof Serving) && !hasMessage()) {
                        if (sleepsWithoutThread()) {
                            return;
                        }
                        continue;
                    }
                    hibernating = false;
                }
                if (next instanceof Serving serving) {
                    serving.serve(this);
                    hibernating = true;
                    if (sleepsWithoutThread()) {
                        return;
                    }
                } else {
                    if (next != null) {
                        next.run();
                    }
                    reason = ExitReason.NORMAL;
                }
            } catch (Throwable thrown) {
                reason = ended(thrown);
                raised = !(thrown instanceof ExitException);
            }
        }
        // Who was told to exit fails of that alone. `raised`, since the reason does not tell:
        // another's crash comes through a link with the same one. Here, where code that a report
        // runs can still be killed, and can send.
        if (raised && reason instanceof ExitReason.Crash crash && !has(EXITING)) {
            CrashReport.log(this, crash);
        }
        ending = true;
        endUrge();
        Termination.of(this, reason);
        endUrge();
        if (isOnLoan()) {
            // Else the interrupt that was meant for us would come to the next who has this thread.
            awaitRoused();
        }
    }

    /// Whether it sleeps from now on, and this thread is to let go of it; else there is something to look at.
    private boolean sleepsWithoutThread() {
        if (giveUpThread()) {
            return true;
        }
        if (!hasOwnScheduler()) {
            Receiving.awaitAny(this);
        }
        return false;
    }

    private boolean hasMessage() {
        enter();
        receiveSignals();
        Mailbox box = mailbox;
        return box != null && box.first() != null;
    }

    /// With what `thrown` ends the process; null if it goes on, having given its stack up.
    private @Nullable ExitReason ended(Throwable thrown) {
        return switch (thrown) {
            case Hibernation sleep -> {
                body = sleep.continuation();
                hibernating = true;
                yield null;
            }
            case Unwinding _ -> ExitReason.KILLED;
            case ExitException exit -> CrashedWith.shareable(exit.reason());
            default -> new ExitReason.Crash(CrashedWith.shareable(thrown));
        };
    }

    /// Owner: what it waits for from now on; null: for nothing.
    final void waitsFor(@Nullable Wait wait) {
        WAITS_FOR.setRelease(this, wait);
    }

    /// Anyone: what it waits for, or did a moment ago.
    final @Nullable Wait waitsFor() {
        return (Wait) WAITS_FOR.getAcquire(this);
    }

    /// Announces that what follows does not come back soon, or does again.
    public final void blocking(boolean begins) {
        leaving(begins);
    }

    /// Every operation of the owner begins here: a signal that has come takes effect before it.
    public final void enter() {
        if (attention() != 0) {
            attend();
        }
        scheduler().interleave();
    }

    /// What only tells the owner something begins here: who is to end does so, but whose code unwinds already gets an
    /// answer, for what its finally blocks have to do.
    public final void ask() {
        if (attention() != 0 && !ending && !has(UNWINDING)) {
            attend();
        }
    }

    /// A place in the middle of an operation, outside all locks, where a seeded scheduler may let others run. A step that
    /// concerns two processes offers it with either of them.
    final void interleave() {
        scheduler().interleave();
    }

    private void attend() {
        while (attention() != 0) {
            if (has(SIGNALLED | RECEIVED)) {
                receiveSignals();
            }
            if (has(EXITING)) {
                throwExiting();
            }
            if (!has(SUSPENDED)) {
                return;
            }
            stayHeld();
        }
    }

    /// Ends the owner's code. A guest's thread goes on, so there it is an exception that can be caught.
    void throwExiting() {
        awaitRoused();
        if (!raiseFirst(UNWINDING)) {
            Swallowing.again(this);
        }
        throw Unwinding.now();
    }

    /// It has been told to exit and has not answered: so the request may have been given up.
    final void remind() {
        urge();
    }

    /// Owner, at a yield point: ends it if it is to end.
    ///
    /// What unwinds has a slice for its finally blocks, in which their loops run to the end. After it each loop is
    /// left at its next turn, whatever catches what: so neither such a block nor a handler that catches all and goes on
    /// keeps the process alive.
    @Override
    protected final void atUrge() {
        if (!has(EXITING) || ending) {
            return;
        }
        // It comes again at the next yield point.
        urge();
        if (!has(UNWINDING)) {
            throwExiting();
        } else if (hasUnwoundLong()) {
            throw Unwinding.now();
        }
    }

    @Override
    protected final boolean mustStop() {
        return has(EXITING) && !ending;
    }

    /// Owner: its code goes on although others have been told that it has ended.
    final boolean isUnstopped() {
        return has(ENDING) && !ending;
    }

    /// Owner: with room for what few have.
    final Extras extrasOfOwner() {
        Extras own = extras;
        if (own == null) {
            lock();
            own = Suspensions.extrasOf(this);
            unlock();
            Reception.again(this);
        }
        return own;
    }

    private boolean hasUnwoundLong() {
        Extras own = extrasOfOwner();
        Grace grace = own.grace;
        if (grace == null) {
            grace = new Grace(this);
            own.grace = grace;
        }
        return grace.isOver(this);
    }

    /// Owner: the interrupt that is to rouse it from whatever it is blocked in has come, or comes no more, and has done
    /// its work: what its handlers and resources do to end in order is not disturbed.
    void awaitRoused() {
        // In this order: who has made it exit raises ROUSING before he unlocks.
        while (isLocked() || has(ROUSING)) {
            Thread.yield();
        }
        Thread.interrupted();
    }

    /// A new reference of this process.
    public final LocalRef ref() {
        return new LocalRef(pid, ++references, mark());
    }

    final long nextReference() {
        return ++references;
    }

    final long mark() {
        Mailbox box = mailbox;
        return box == null ? 0 : box.sequence();
    }

    /// Owner: a message that may be taken straight from the inbox, since no older one is unread; `seen` is the last
    /// message that has been looked at in vain.
    final Signal.@Nullable Message singleMessage(Signal.@Nullable Carrying seen) {
        Mailbox box = mailbox;
        return box == null || box.last() == seen ? singleInInbox() : null;
    }

    /// Owner: takes a single message straight from the inbox, unless something has come behind it.
    final boolean takes(Signal.Message single) {
        if (!takeSingle(single)) {
            return false;
        }
        if (single instanceof Signal.Ask request) {
            isAsked(request.tag);
        }
        return true;
    }

    /// Owner: monitored by one more who calls.
    private void isAsked(CallTag tag) {
        CallTag before = asked;
        if (before != null && before.isOpen()) {
            // In this order: if its caller gives up now, he finds it there or we see that he has.
            lock();
            Monitors.watchersOf(this).add(before);
            if (!before.isOpen()) {
                Monitors.watchersOf(this).remove(before);
            }
            unlock();
            Reception.again(this);
        }
        ASKED.setRelease(this, tag);
    }

    /// Owner: is no longer monitored by this one, if it is the one that has called last; false if it is not.
    final boolean forgets(MonitorRef ref) {
        if (asked != ref) {
            return false;
        }
        ASKED.setRelease(this, null);
        return true;
    }

    /// Anyone: who has called last and waits, or did a moment ago.
    final @Nullable CallTag asked() {
        CallTag tag = (CallTag) ASKED.getAcquire(this);
        return tag != null && tag.isOpen() ? tag : null;
    }

    /// Owner: receives all signals that have come and takes over the messages among them.
    final void receiveSignals() {
        // In this order: what another has taken out of the inbox a moment ago is announced before
        // it unlocks.
        if (isInboxEmpty() && !isLocked() && !has(RECEIVED | SIGNALLED)) {
            return;
        }
        lock();
        Outgoing effects = Reception.receiveAll(this);
        Mailbox box = mailbox;
        if (box != null) {
            box.transfer();
        }
        if (has(RECEIVED | ROUSE)) {
            clear(RECEIVED | ROUSE);
        }
        unlock();
        Outgoing.send(effects);
        Reception.again(this);
    }

    @Override
    protected final boolean isWaitOver() {
        WaitTimer timer = waitTimer;
        return timer != null && timer.hasFired();
    }

    /// Clock: it has let go of a timer that the owner had stopped.
    final void forget(WaitTimer dropped) {
        WAIT_TIMER.compareAndSet(this, dropped, null);
    }

    /// A process is told to stop by signals; an interrupt that comes while it waits has no effect. A guest's thread has
    /// its own rules.
    void interrupted() {}

    final @Nullable Mailbox mailbox() {
        return mailbox;
    }

    /// Lock holder: the mailbox, made with the first message.
    final Mailbox mailboxForMessage() {
        Mailbox box = mailbox;
        if (box == null) {
            box = new Mailbox();
            mailbox = box;
        }
        return box;
    }

    /// Before it starts: another mailbox than it gets with the first message.
    final void mailbox(Mailbox own) {
        mailbox = own;
    }

    final void dropMailbox() {
        mailbox = null;
        body = null;
        locals = null;
    }

    /// Owner: its dictionary.
    public final Locals locals() {
        Locals own = locals;
        if (own == null) {
            own = new Locals();
            locals = own;
        }
        return own;
    }

    // ---- the others' side

    /// Whether a process of this pid could still receive: asks after all signals sent before have been received.
    public final boolean isAlive() {
        Reception.onBehalf(this);
        return !has(EXITING);
    }

    /// After a fatal signal: ends whatever keeps the owner's thread from ending.
    void rouse() {
        endSuspension();
        if (wakeIfWaiting()) {
            return;
        }
        Thread thread = thread();
        if (thread != null && thread != Thread.currentThread()) {
            urge();
            thread.interrupt();
            node.undertaker().watch(this);
        }
    }

    /// When it exits: who waits for room in its mailbox goes on.
    void releaseSenders() {}

    /// When it exits: who ends must be able to run.
    final void endSuspension() {
        if (has(SUSPENDED)) {
            clear(SUSPENDED);
            release();
        }
    }

    @Override
    public final String toString() {
        return String.valueOf(pid);
    }
}
