package dev.bureau.otp;

import static dev.bureau.kernel.Bureau.demonitor;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.unlink;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Tagged;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.LocalRef;
import dev.bureau.kernel.process.Monitoring;
import dev.bureau.kernel.process.Receiving;
import dev.bureau.otp.task.Answers;
import dev.bureau.otp.task.Assignment;
import dev.bureau.otp.task.Callers;
import dev.bureau.otp.task.Dismissal;
import dev.bureau.otp.task.TaskStarter;
import dev.bureau.otp.task.Unawaited;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/// A process that computes one result for the process that started it.
///
/// ```java
/// Task<Long> big = Task.async(() -> fib(50));
/// Task<String> page = Task.async(() -> fetch("/news"));
/// IO.println(page.await() + " " + big.await(ofSeconds(30)));
/// ```
///
/// The task is linked to its owner: if it fails, so does the owner, and if the owner fails the task ends. An owner that
/// traps exits, or a task of a `TaskSupervisor` that is not linked, sees the failure where it awaits: there [#await()]
/// exits with the task's reason, [#yield(Duration)] tells it. What the work captures and what it returns is isolated as
/// messages are.
///
/// Only the owner may ask for the result, once. It comes as a message `Reply(ref, value)` and the end of the task as a
/// `Down` with the same [#ref()], so a server that must not wait handles these two instead of awaiting.
///
/// To give up waiting and stop the task: `task.yield(ofSeconds(1)).or(task::shutdown)`. Whoever exits for another
/// reason than `NORMAL` need not stop its tasks: the links do.
///
/// Not for what lasts (a server has a state, a mailbox and a supervisor) nor for what is done at once: a plain call is
/// cheaper and fails in the same way.
///
/// Follows Elixir's `Task`, items T-01 to T-13.
///
/// @param <R> the type of the result
public final class Task<R extends @Nullable Object> {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final @Nullable Pid pid;
    private final Ref ref;
    private final Pid owner;

    private Task(@Nullable Pid pid, Ref ref, Pid owner) {
        this.pid = pid;
        this.ref = ref;
        this.owner = owner;
    }

    /// What a task has come to, or not yet: Elixir's `{:ok, value} | {:exit, reason} | nil`.
    ///
    /// ```java
    /// switch (task.yield(ofSeconds(1)).or(task::shutdown)) {
    ///     case Ok(var value) -> IO.println(value);
    ///     case Exited(var reason) -> IO.println("failed: " + ExitReason.format(reason));
    ///     case Nothing() -> IO.println("gave up");
    /// }
    /// ```
    public sealed interface Yield<R extends @Nullable Object> {
        /// This, or what `otherwise` says when there is nothing: Elixir's `||`.
        default Yield<R> or(Supplier<? extends Yield<R>> otherwise) {
            return this instanceof Nothing<R> ? otherwise.get() : this;
        }

        /// The value, if there is one.
        default Optional<@NonNull R> toOptional() {
            return this instanceof Ok<R>(var value) ? Optional.ofNullable(value) : Optional.empty();
        }

        /// Gives the value to `action`, or runs `otherwise` if the task has failed or there is nothing.
        default void ifPresentOrElse(Consumer<? super R> action, Runnable otherwise) {
            if (this instanceof Ok<R>(var value)) {
                action.accept(value);
            } else {
                otherwise.run();
            }
        }
    }

    /// How a task ended.
    public sealed interface Outcome<R extends @Nullable Object> extends Yield<R> {}

    /// With a value.
    public record Ok<R extends @Nullable Object>(R value) implements Outcome<R> {}

    /// Without a value. `NORMAL` if it ended in order before it had one.
    public record Exited<R extends @Nullable Object>(ExitReason reason) implements Outcome<R> {
        public Exited {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /// There is no value and will be none, or not yet.
    public record Nothing<R extends @Nullable Object>() implements Yield<R> {}

    /// What [#yieldMany(Collection, Duration, OnTimeout)] does with tasks that are late.
    public enum OnTimeout {
        /// Nothing: they can be asked again.
        NOTHING,

        /// They go on, and nobody waits for them any more.
        IGNORE,

        /// They are killed.
        KILL_TASK
    }

    // ---- starting

    /// Starts a task that is to be awaited, linked to this process.
    ///
    /// @throws dev.bureau.kernel.NotShareableException if the work captures what cannot be shared; no task runs then
    public static <R extends @Nullable Object> Task<R> async(Callable<? extends R> work) {
        return begin(TaskStarter.LINKED, work);
    }

    /// Starts a task that is to be awaited for what it does; its value is null.
    public static Task<@Nullable Void> async(Body work) {
        return begin(TaskStarter.LINKED, work);
    }

    /// `work` is a [Callable] of an `R`, or a [Body].
    static <R extends @Nullable Object> Task<R> begin(TaskStarter starter, Object work) {
        Pid owner = self();
        Pid pid = TaskStarter.started(starter.start(owner));
        Ref ref = monitor(pid, MonitorOption.ALIAS_UNTIL_DEMONITOR);
        Task<R> task = new Task<>(pid, ref, owner);
        try {
            Assignment.give(pid, Callers.ofTask(), work, ref);
        } catch (RuntimeException | Error refused) {
            task.settle();
            Dismissal.dismiss(pid, ExitReason.KILL);
            throw refused;
        }
        return task;
    }

    /// A task that has this result already; no process is started for it. For code that is to await where sometimes
    /// there is nothing to compute.
    public static <R extends @Nullable Object> Task<R> completed(R value) {
        Ref ref = Bureau.ref();
        Pid owner = self();
        send(owner, new Reply(ref, value));
        return new Task<>(null, ref, owner);
    }

    /// Starts a task that nobody waits for and that is not linked. Right for scripts; in a system, a supervisor should
    /// know of it.
    public static Pid start(Body work) {
        return Unawaited.spawn(Callers.ofTask(), work);
    }

    /// Starts a task that nobody waits for, linked to this process.
    public static Pid startLink(Body work) {
        return Unawaited.spawnLink(Callers.ofTask(), work);
    }

    /// How a supervisor starts this task: once, since a task that has ended is done, whatever the reason.
    public static ChildSpec childSpec(Object id, Body work) {
        return ChildSpec.worker(id, () -> Start.started(startLink(work)))
                .restart(ChildSpec.Restart.TEMPORARY);
    }

    // ---- streams

    /// Applies a function to each item, each in a task of its own, as many at the same time as there are carriers.
    public static <T, R> AsyncStream<T, R> asyncStream(
            Iterable<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(TaskStarter.LINKED, items, work);
    }

    /// Applies a function to each item of a stream, which is closed when it is not needed any more. Can be run once.
    public static <T, R> AsyncStream<T, R> asyncStream(
            Stream<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(TaskStarter.LINKED, items, work);
    }

    /// Applies a function to each item of an iterator. Can be run once.
    public static <T, R> AsyncStream<T, R> asyncStream(
            Iterator<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(TaskStarter.LINKED, items, work);
    }

    // ---- who

    /// The process of the task.
    ///
    /// @throws IllegalStateException if it was made by [#completed(Object)] and has none
    public Pid pid() {
        if (pid == null) {
            throw new IllegalStateException(
                    "expected a task with a process, got one made by completed(value)");
        }
        return pid;
    }

    /// The reference in the messages that tell its result and its end.
    public Ref ref() {
        return ref;
    }

    /// The process that may await it: the one that started it.
    public Pid owner() {
        return owner;
    }

    /// On whose behalf the calling process works: if it is a task, who started that, then on whose behalf that one
    /// works, and so on; else nobody. Not the same as who supervises it.
    public static List<Pid> callers() {
        return Callers.own();
    }

    // ---- waiting

    /// The result; waits for it, for five seconds at most.
    ///
    /// If the task has failed or does not come to an end in time, this process exits with [ExitReason.CallFailed],
    /// unless it catches the [ExitException]. The task is not stopped, but a linked one ends with this process. A result
    /// that is late is dropped.
    ///
    /// @throws IllegalArgumentException if this process is not the owner
    public R await() {
        return await(LIMIT);
    }

    /// The result; waits for it, for `limit` at most.
    public R await(Duration limit) {
        return awaitWithin(limit);
    }

    /// The result; waits for as long as it takes.
    public R awaitForever() {
        return awaitWithin(null);
    }

    private R awaitWithin(@Nullable Duration limit) {
        requireOwner();
        Tagged answer = take(limit);
        if (!(answer instanceof Down)) {
            Tagged late = settle();
            answer = answer == null ? late : answer;
        }
        return switch (answer) {
            case Reply(_, var value) -> valueOf(value);
            case Down(_, _, var reason) -> throw failed(reason, "await", limit);
            case null, default -> throw failed(ExitReason.TIMEOUT, "await", limit);
        };
    }

    /// What the task has come to within five seconds.
    @SuppressWarnings("NamedLikeContextualKeyword") // Elixir's word; always called on a task
    public Yield<R> yield() {
        return this.yield(LIMIT);
    }

    /// What the task has come to within `limit`; [Nothing] if it still works. May be asked again until there is an
    /// [Outcome].
    ///
    /// @throws IllegalArgumentException if this process is not the owner
    @SuppressWarnings("NamedLikeContextualKeyword")
    public Yield<R> yield(Duration limit) {
        requireOwner();
        return yielded(take(limit), "yield", limit);
    }

    /// What the task has come to; waits for as long as it takes.
    ///
    /// @throws IllegalArgumentException if this process is not the owner
    public Outcome<R> yieldForever() {
        requireOwner();
        return (Outcome<R>) yielded(take(null), "yield", null);
    }

    private Yield<R> yielded(@Nullable Tagged answer, String function, @Nullable Duration limit) {
        return switch (answer) {
            case Reply(_, var value) -> {
                settle();
                yield new Ok<>(valueOf(value));
            }
            case Down(_, _, ExitReason.NoConnection lost) -> throw failed(lost, function, limit);
            case Down(_, _, var reason) -> new Exited<>(reason);
            case null, default -> new Nothing<>();
        };
    }

    /// The results of all, in the order of the tasks; waits for five seconds at most.
    public static <R extends @Nullable Object> List<R> awaitMany(
            Collection<? extends Task<? extends R>> tasks) {
        return awaitMany(tasks, LIMIT);
    }

    /// The results of all, in the order of the tasks; waits for `limit` at most. As soon as one has failed this process
    /// exits as [#await()] says.
    public static <R extends @Nullable Object> List<R> awaitMany(
            Collection<? extends Task<? extends R>> tasks, Duration limit) {
        return awaitManyWithin(tasks, limit);
    }

    /// The results of all, in the order of the tasks; waits for as long as it takes.
    public static <R extends @Nullable Object> List<R> awaitManyForever(
            Collection<? extends Task<? extends R>> tasks) {
        return awaitManyWithin(tasks, null);
    }

    private static <R extends @Nullable Object> List<R> awaitManyWithin(
            Collection<? extends Task<? extends R>> tasks, @Nullable Duration limit) {
        Map<Ref, Task<? extends R>> waiting = byRef(tasks);
        Map<Ref, R> results = new HashMap<>();
        try (Answers answers = new Answers(waiting.keySet(), limit)) {
            while (!waiting.isEmpty()) {
                Tagged answer = answers.next();
                if (answer == null) {
                    Task<? extends R> late = waiting.values().iterator().next();
                    throw late.failed(ExitReason.TIMEOUT, "awaitMany", limit);
                }
                Task<? extends R> task = Objects.requireNonNull(waiting.remove(answer.ref()));
                if (answer instanceof Down(_, _, var reason)) {
                    throw task.failed(reason, "awaitMany", limit);
                }
                task.settle();
                results.put(task.ref, task.valueOf(((Reply) answer).value()));
            }
        } finally {
            // Of those that nobody awaits any more, nothing is to come.
            waiting.values().forEach(Task::settle);
        }
        return tasks.stream().map(task -> results.get(task.ref())).toList();
    }

    /// What each task has come to within five seconds.
    public static <R extends @Nullable Object> SequencedMap<Task<R>, Yield<R>> yieldMany(
            Collection<Task<R>> tasks) {
        return yieldMany(tasks, LIMIT);
    }

    /// What each task has come to within `limit`, in the order of the tasks.
    public static <R extends @Nullable Object> SequencedMap<Task<R>, Yield<R>> yieldMany(
            Collection<Task<R>> tasks, Duration limit) {
        return yieldMany(tasks, limit, OnTimeout.NOTHING);
    }

    /// What each task has come to within `limit`; what happens to the others when the time is over.
    public static <R extends @Nullable Object> SequencedMap<Task<R>, Yield<R>> yieldMany(
            Collection<Task<R>> tasks, Duration limit, OnTimeout onTimeout) {
        return yieldMany(tasks, limit, onTimeout, Integer.MAX_VALUE);
    }

    /// As soon as `enough` tasks have ended, what each has come to; with 1, whoever is first. `onTimeout` concerns the
    /// others only if the time is over before that.
    public static <R extends @Nullable Object> SequencedMap<Task<R>, Yield<R>> yieldMany(
            Collection<Task<R>> tasks, Duration limit, OnTimeout onTimeout, int enough) {
        return yieldManyWithin(tasks, limit, onTimeout, enough);
    }

    /// What each task has come to, in the order of the tasks; waits until all have ended.
    public static <R extends @Nullable Object> SequencedMap<Task<R>, Yield<R>> yieldManyForever(
            Collection<Task<R>> tasks) {
        return yieldManyForever(tasks, Integer.MAX_VALUE);
    }

    /// As soon as `enough` tasks have ended, what each has come to; waits for that as long as it takes.
    public static <R extends @Nullable Object> SequencedMap<Task<R>, Yield<R>> yieldManyForever(
            Collection<Task<R>> tasks, int enough) {
        return yieldManyWithin(tasks, null, OnTimeout.NOTHING, enough);
    }

    private static <R extends @Nullable Object> SequencedMap<Task<R>, Yield<R>> yieldManyWithin(
            Collection<Task<R>> tasks, @Nullable Duration limit, OnTimeout onTimeout, int enough) {
        if (enough < 1) {
            throw new IllegalArgumentException(
                    "expected to wait for at least 1 task, got: " + enough);
        }
        Map<Ref, Task<R>> waiting = byRef(tasks);
        SequencedMap<Task<R>, Yield<R>> results = new LinkedHashMap<>();
        tasks.forEach(task -> results.put(task, new Nothing<>()));
        int wanted = Math.max(0, waiting.size() - enough);
        try (Answers answers = new Answers(waiting.keySet(), limit)) {
            while (waiting.size() > wanted) {
                Tagged answer = answers.next();
                if (answer == null) {
                    break;
                }
                Task<R> task = Objects.requireNonNull(waiting.remove(answer.ref()));
                results.put(task, task.yielded(answer, "yieldMany", limit));
            }
        }
        if (waiting.size() > wanted) {
            waiting.values().forEach(late -> results.put(late, late.onTimeout(onTimeout)));
        }
        return Collections.unmodifiableSequencedMap(results);
    }

    private Yield<R> onTimeout(OnTimeout what) {
        return switch (what) {
            case NOTHING -> new Nothing<>();
            case IGNORE -> ignore();
            case KILL_TASK -> kill();
        };
    }

    private static <T extends Task<?>> Map<Ref, T> byRef(Collection<? extends T> tasks) {
        Map<Ref, T> byRef = new LinkedHashMap<>();
        for (T task : tasks) {
            ((Task<?>) task).requireOwner();
            byRef.put(task.ref(), task);
        }
        return byRef;
    }

    // ---- no longer waiting

    /// Asks the task to shut down, and kills it if it has not after five seconds. The value if it had one before that,
    /// [Nothing] if it was stopped by this, else how it ended; nothing of it arrives afterwards.
    ///
    /// @throws IllegalArgumentException if this process is not the owner
    public Yield<R> shutdown() {
        return shutdown(LIMIT);
    }

    /// Asks the task to shut down, and kills it if it has not after `limit`: then it has exited with `KILLED`.
    public Yield<R> shutdown(Duration limit) {
        return shutdown(new ChildSpec.Shutdown.Within(limit));
    }

    /// Kills the task at once.
    public Yield<R> kill() {
        return shutdown(new ChildSpec.Shutdown.BrutalKill());
    }

    /// Stops the task in the way that `how` says.
    public Yield<R> shutdown(ChildSpec.Shutdown how) {
        requireOwner();
        if (pid == null) {
            return ignore();
        }
        Ref end = monitor(pid);
        boolean brutal = how instanceof ChildSpec.Shutdown.BrutalKill;
        Dismissal.dismiss(pid, brutal ? ExitReason.KILL : ExitReason.SHUTDOWN);
        ExitReason reason = endOf(end, how);
        Tagged before = reason instanceof ExitReason.NoProc ? endTold() : settle();
        if (before instanceof Reply(_, var value)) {
            return new Ok<>(valueOf(value));
        }
        if (reason instanceof ExitReason.NoProc && before instanceof Down(_, _, var earlier)) {
            reason = earlier;
        }
        if (reason.equals(brutal ? ExitReason.KILLED : ExitReason.SHUTDOWN)) {
            return new Nothing<>();
        }
        if (reason instanceof ExitReason.NoConnection) {
            throw failed(reason, "shutdown", null);
        }
        return new Exited<>(reason);
    }

    /// Waits for the end, and brings it about when the time is over.
    private ExitReason endOf(Ref end, ChildSpec.Shutdown how) {
        if (how instanceof ChildSpec.Shutdown.Within(var limit)) {
            Tagged down = take(end, limit);
            if (down != null) {
                return ((Down) down).reason();
            }
            exit(pid(), ExitReason.KILL);
        }
        return ((Down) Objects.requireNonNull(take(end, null))).reason();
    }

    /// Lets the task go on alone: unlinks it, and drops whatever it brings. What it has come to so far.
    ///
    /// @throws IllegalArgumentException if this process is not the owner
    public Yield<R> ignore() {
        requireOwner();
        Tagged answer = take(Duration.ZERO);
        if (!(answer instanceof Down)) {
            if (pid != null) {
                unlink(pid);
            }
            Tagged late = settle();
            answer = answer == null ? late : answer;
        }
        return yielded(answer, "ignore", null);
    }

    // ---- what comes

    private @Nullable Tagged take(@Nullable Duration limit) {
        return take(ref, limit);
    }

    private static @Nullable Tagged take(Ref tag, @Nullable Duration limit) {
        LocalProcess self = Current.process();
        return Receiving.take(self, Tagged.class, null, (LocalRef) tag, limit);
    }

    /// Ends the monitor and with it the alias: nothing comes from now on. What had come until then, the reply before all.
    private @Nullable Tagged settle() {
        demonitor(ref);
        Tagged first = take(Duration.ZERO);
        if (first instanceof Reply) {
            take(Duration.ZERO);
        }
        return first;
    }

    /// As [#settle()], of a task that has ended, but perhaps not told all yet: what has not come will in a moment.
    private @Nullable Tagged endTold() {
        if (!Monitoring.isLive(Current.process(), (LocalRef) ref)) {
            return settle();
        }
        Tagged first = take(null);
        settle();
        return first;
    }

    // The compiler checked the type where the work was given: async(Callable<R>).
    @SuppressWarnings({"unchecked", "NullAway"})
    private R valueOf(@Nullable Object value) {
        return (R) value;
    }

    private ExitException failed(ExitReason reason, String function, @Nullable Duration limit) {
        Destination whom = pid == null ? ref : pid;
        return new ExitException(
                new ExitReason.CallFailed(reason, whom, "Task." + function, limit, self()));
    }

    private void requireOwner() {
        Pid asking = self();
        if (!owner.equals(asking)) {
            throw new IllegalArgumentException(
                    "expected the owner of the task, "
                            + owner
                            + ", to ask for its result, got: "
                            + asking
                            + "; let the owner await it and send the result on");
        }
    }

    @Override
    public String toString() {
        return "Task[" + (pid == null ? "completed" : pid) + ", owner " + owner + "]";
    }
}
