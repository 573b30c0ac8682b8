package dev.bureau.shell.session;

import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawnMonitor;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.shell.session.Evaluation.Finished;
import dev.bureau.shell.session.Session.Detail;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The process in which the lines of a session run: `self()` at the prompt. When it exits, the next line gets a new one.
///
/*
 * It belongs to the session's thread, a guest of the node and the group leader of all that the lines spawn. One line is
 * evaluated at a time, so its mailbox holds no request of ours while user code may look into it.
 *
 * A line begins at high priority, or it would wait for its turn behind long run queues of the node it is to look into;
 * one that computes longer than PROMPT shares with the rest.
 */
final class Evaluator {
    private static final Duration PROMPT = Duration.ofMillis(100);

    /// Sent to the evaluator when its session is over.
    private record Leave() {}

    /// How it has ended while a line ran.
    static final class Ended extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Pid pid;
        private final transient ExitReason reason;

        Ended(Pid pid, ExitReason reason) {
            super(ExitReason.format(reason), null, false, false);
            this.pid = pid;
            this.reason = reason;
        }

        Pid pid() {
            return pid;
        }

        ExitReason reason() {
            return reason;
        }
    }

    private final Node node;
    private final ClassLoader loader;
    private @Nullable Spawned process;

    /*
     * Guarded by the lock: who is to be killed by an interrupt, whether this line has been interrupted, and who was killed
     * for it. So an interrupt that comes before the code does is not lost, and one that comes as it ends kills or does not,
     * but is never a surprise to the next line.
     */
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Pid busy;
    private boolean runsUnknown;
    private @Nullable Pid killed;
    private boolean interrupted;

    Evaluator(Node node, ClassLoader loader) {
        this.node = node;
        this.loader = loader;
    }

    /// The pid that lines see as `self()`. Session's thread.
    Pid pid() {
        return running().pid();
    }

    /// Runs code in the process and waits for its end. Session's thread.
    ///
    /// @param detail what is to be told of its value
    /// @param unknown whether it is somebody's, who may compute for long
    /// @throws Ended if the process has exited instead
    Evaluation evaluate(Callable<@Nullable Object> code, Detail detail, boolean unknown)
            throws Ended {
        Spawned evaluator = running();
        priority(evaluator.pid(), Priority.HIGH);
        var evaluation = new Evaluation(self(), code, detail);
        begin(evaluator.pid(), unknown);
        send(evaluator.pid(), evaluation);
        Object end =
                unknown
                        ? receive(Object.class, it -> isEnd(it, evaluation), PROMPT, PROMPT)
                        : PROMPT;
        if (end == PROMPT) {
            if (unknown) priority(evaluator.pid(), Priority.NORMAL);
            end = receive(Object.class, it -> isEnd(it, evaluation));
        }
        if (wasKilled() && end instanceof Finished) end = receive(Down.class, this::isItsEnd);
        if (end instanceof Down(_, _, var reason)) {
            process = null;
            throw new Ended(evaluator.pid(), reason);
        }
        return evaluation;
    }

    private void begin(Pid pid, boolean unknown) {
        lock.lock();
        try {
            busy = pid;
            runsUnknown = unknown;
            killed = null;
            if (interrupted) kill(pid);
        } finally {
            lock.unlock();
        }
    }

    private boolean wasKilled() {
        lock.lock();
        try {
            busy = null;
            return killed != null;
        } finally {
            lock.unlock();
        }
    }

    private void kill(Pid pid) {
        killed = pid;
        // Whoever leaves a command of ours has crashed nothing. KILL all the same: an earlier line
        // may have made it trap exits.
        if (!runsUnknown) exit(pid, Bureau.SHUTDOWN);
        exit(pid, Bureau.KILL);
    }

    /// Its own end, if it has exited between two lines; null if it has not. Session's thread.
    @Nullable Ended ended() {
        Spawned evaluator = process;
        if (evaluator == null) return null;
        var down = Bureau.poll(Down.class, it -> it.ref().equals(evaluator.monitor()));
        if (down.isEmpty()) return null;
        process = null;
        return new Ended(evaluator.pid(), down.get().reason());
    }

    /// A line begins: interrupts from now on are for it.
    void beginLine() {
        lock.lock();
        try {
            interrupted = false;
        } finally {
            lock.unlock();
        }
    }

    /// Whether this line has been interrupted.
    boolean isInterrupted() {
        lock.lock();
        try {
            return interrupted;
        } finally {
            lock.unlock();
        }
    }

    /// Kills what computes, or will in this line; any thread that is no process of the node. Of one that has stopped, too.
    void interrupt() {
        lock.lock();
        try (Guest _ = node.guest()) {
            interrupted = true;
            Pid target = busy;
            if (target != null) kill(target);
        } catch (IllegalStateException _) {
            // The node has stopped, and what was computing there with it.
        } finally {
            lock.unlock();
        }
    }

    /// Lets it go when the session is over: normally, so that whatever it is linked to goes on.
    void leave() {
        Spawned evaluator = process;
        if (evaluator != null) send(evaluator.pid(), new Leave());
    }

    private boolean isEnd(Object message, Evaluation evaluation) {
        return switch (message) {
            case Finished(var of) -> of == evaluation;
            case Down down -> isItsEnd(down);
            default -> false;
        };
    }

    private boolean isItsEnd(Down down) {
        return process != null && down.ref().equals(process.monitor());
    }

    private Spawned running() {
        Spawned now = process;
        if (now != null) return now;
        var options = SpawnOptions.options().priority(Priority.HIGH).label("shell");
        ClassLoader ofLines = loader;
        Spawned started = spawnMonitor(options, new Body(ofLines));
        process = started;
        return started;
    }

    private static void priority(Pid pid, Priority wanted) {
        LocalProcess known = ((LocalPid) pid).process();
        if (known != null) known.schedulingPriority(wanted);
    }

    /// What the process does.
    private record Body(ClassLoader loader)
            implements dev.bureau.kernel.Body, dev.bureau.kernel.isolation.Immutable {
        @Override
        public void run() {
            Thread.currentThread().setContextClassLoader(loader);
            while (receive(Object.class, Body::isRequest) instanceof Evaluation next) {
                next.run();
                send(next.session(), new Finished(next));
            }
        }

        private static boolean isRequest(Object message) {
            return message instanceof Evaluation || message instanceof Leave;
        }
    }
}
