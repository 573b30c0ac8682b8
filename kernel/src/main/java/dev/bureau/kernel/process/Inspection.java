package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.MailboxUse;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import dev.bureau.kernel.ProcessInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks at a process from outside (OTP PI-01 to PI-08). What was sent to it before is received first; the process
/// itself need not run for it.
public final class Inspection {
    // With compact headers and compressed references; see docs/guide/observing.md for how they were
    // measured.
    private static final int PROCESS_BYTES = 240;
    private static final int STACK_BYTES = 600;
    private static final int MAILBOX_BYTES = 64;
    private static final int MESSAGE_BYTES = 48;
    private static final int EXTRAS_BYTES = 200;

    private Inspection() {}

    /// Whether a process is alive. Of one that is ending the answer waits until its name is free and what it owned is
    /// closed: as for any other who is told of its end (OTP P-15). Not until all of them are.
    public static boolean isAlive(LocalProcess self, LocalPid pid) {
        self.enter();
        LocalProcess process = pid.process();
        if (process == null) {
            return false;
        }
        if (process.isAlive()) {
            return true;
        }
        if (!process.isClosed()) {
            Monitoring.awaitEnd(self, pid);
        }
        return false;
    }

    /// What is known of a process; null when it is gone.
    public static @Nullable ProcessInfo info(LocalPid pid) {
        LocalProcess process = alive(pid);
        if (process == null) {
            return null;
        }
        Supplier<ProcessInfo> seen;
        process.lock();
        try {
            seen = process.has(Attention.EXITING) ? null : snapshot(process);
        } finally {
            process.unlock();
            Reception.again(process);
        }
        return seen == null ? null : seen.get();
    }

    private static @Nullable LocalProcess alive(LocalPid pid) {
        LocalProcess process = pid.process();
        return process != null && process.isAlive() ? process : null;
    }

    /// Lock holder: everything as it is now, to be put into words after unlocking: `toString` is somebody's code.
    private static Supplier<ProcessInfo> snapshot(LocalProcess process) {
        Mailbox box = process.mailbox();
        Extras extras = process.extras;
        Optional<String> name = Optional.ofNullable(process.name);
        Object label = extras == null ? null : extras.label;
        ProcessInfo.Status status = status(process);
        int queued = box == null ? 0 : box.size();
        Optional<MailboxUse> use =
                box instanceof LimitedMailbox limited
                        ? Optional.of(limited.use())
                        : Optional.empty();
        List<Pid> links = process.links == null ? List.of() : List.copyOf(process.links.toList());
        List<Destination> monitors = watched(process);
        List<Pid> monitoredBy = watchers(process);
        boolean trapExits = process.trapExits;
        Priority priority = process.schedulingPriority();
        Pid leader = process.groupLeader();
        Map<Object, Object> locals = process.locals == null ? Map.of() : process.locals.copy();
        List<Pid> suspending = extras == null ? List.of() : List.copyOf(extras.suspending.keySet());
        long slices = Integer.toUnsignedLong(process.slices());
        Duration cpuTime = Duration.ofNanos(process.cpuNanos());
        return () ->
                new ProcessInfo(
                        process.pid(),
                        name,
                        Optional.ofNullable(label).map(Shown::copy),
                        status,
                        queued,
                        use,
                        links,
                        monitors,
                        monitoredBy,
                        trapExits,
                        priority,
                        leader,
                        Optional.ofNullable(process.parent()),
                        initialCall(process.body()),
                        Shown.texts(locals),
                        suspending,
                        slices,
                        cpuTime);
    }

    /// Lock holder.
    private static List<Destination> watched(LocalProcess process) {
        List<Destination> watched = new ArrayList<>();
        if (process.monitors != null) {
            process.monitors.forEach(ref -> watched.add(ref.watched));
        }
        CallTag call = call(process);
        if (call != null && call.isOpen()) {
            watched.add(call.watched);
        }
        return List.copyOf(watched);
    }

    /// The call whose answer it waits for, or whose request waits for room in the mailbox.
    private static @Nullable CallTag call(LocalProcess process) {
        return switch (process.waitsFor()) {
            case CallTag call -> call;
            case Turn turn
                    when turn.message.tag instanceof CallTag call
                            && call.owner() == process.pid() ->
                    call;
            case null, default -> null;
        };
    }

    /// Lock holder.
    private static List<Pid> watchers(LocalProcess process) {
        List<Pid> watchers = new ArrayList<>();
        if (process.monitoredBy != null) {
            process.monitoredBy.forEach(ref -> watchers.add(ref.owner()));
        }
        CallTag asked = process.asked();
        if (asked != null) {
            watchers.add(asked.owner());
        }
        return List.copyOf(watchers);
    }

    /// Of a behaviour the number of the message that it is handling; 0 if it is not, and for others.
    public static int handling(LocalProcess process) {
        return process.body() instanceof Serving serving ? serving.handling() : 0;
    }

    /// What it was started to do.
    public static String initialCall(LocalProcess process) {
        return initialCall(process.body());
    }

    static String initialCall(@Nullable Body body) {
        if (body == null) {
            return "a Java thread";
        }
        if (body instanceof Serving serving) {
            return serving.initialCall();
        }
        return nameOf(body);
    }

    /// The name of a piece of code: its class, or the one in which the lambda stands.
    public static String nameOf(Object code) {
        String name = code.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda) + " (lambda)";
    }

    private static ProcessInfo.Status status(LocalProcess process) {
        if (process.has(Attention.SUSPENDED)) {
            return ProcessInfo.Status.SUSPENDED;
        }
        if (process.thread() == Thread.currentThread()) {
            return ProcessInfo.Status.RUNNING;
        }
        // Before the next question: one that waits in a native frame keeps its carrier.
        if (process.isWaiting()) {
            return ProcessInfo.Status.WAITING;
        }
        if (process.isMounted()) {
            return ProcessInfo.Status.RUNNING;
        }
        if (process.isQueued()) {
            return ProcessInfo.Status.RUNNABLE;
        }
        Thread thread = process.thread();
        boolean busy =
                process.isGuest() && thread != null && thread.getState() == Thread.State.RUNNABLE;
        return busy ? ProcessInfo.Status.RUNNING : ProcessInfo.Status.WAITING;
    }

    /// Up to `limit` of its messages, oldest first, as copies; empty when it is gone.
    public static List<Object> messages(LocalPid pid, int limit) {
        return peek(pid, limit).stream().map(Shown::copy).toList();
    }

    /// Up to `limit` of its messages, oldest first: themselves, which may belong to the process and be changed by it. For
    /// who makes texts of them and keeps nothing.
    public static List<Object> peek(LocalPid pid, int limit) {
        LocalProcess process = alive(pid);
        if (process == null) {
            return List.of();
        }
        process.lock();
        try {
            Mailbox box = process.mailbox();
            return box == null ? List.of() : box.peek(limit);
        } finally {
            process.unlock();
            Reception.again(process);
        }
    }

    /// What it does each time there is a message, if it is one that serves and has started; else null.
    public static @Nullable Serving serving(LocalProcess process) {
        return process.body() instanceof Serving serving ? serving : null;
    }

    /// Where its code stands; empty when it is gone.
    public static List<StackTraceElement> stack(LocalPid pid) {
        LocalProcess process = alive(pid);
        Thread thread = process == null ? null : process.thread();
        return thread == null ? List.of() : List.of(thread.getStackTrace());
    }

    /// Whose answer it waits for, or room in whose mailbox; null if it waits for nobody in particular.
    public static @Nullable Destination waitsFor(LocalProcess process) {
        Wait wait = process.waitsFor();
        return wait != null && wait.lasts() ? wait.called() : null;
    }

    /// How many messages have come into its mailbox, modulo 2^32; a moment's view.
    public static long received(LocalProcess process) {
        Mailbox box = process.mailbox();
        return Integer.toUnsignedLong(
                process.takenSingle() + (box == null ? 0 : (int) box.sequence()));
    }

    /// About how many bytes the runtime holds for it: itself, its thread and stack if it has them, its place for each message.
    /// Neither what its state and its messages consist of, nor what a deep stack takes beyond a usual one.
    public static long memory(LocalProcess process) {
        long bytes = PROCESS_BYTES;
        if (process.thread() != null && !process.isGuest()) bytes += STACK_BYTES;
        Mailbox box = process.mailbox();
        if (box != null) bytes += MAILBOX_BYTES + (long) Math.max(0, box.size()) * MESSAGE_BYTES;
        return process.extras == null ? bytes : bytes + EXTRAS_BYTES;
    }

    /// Says what the process is, for lists and reports.
    public static void label(LocalProcess self, Object label) {
        self.lock();
        Suspensions.extrasOf(self).label = label;
        self.unlock();
        Reception.again(self);
    }
}
