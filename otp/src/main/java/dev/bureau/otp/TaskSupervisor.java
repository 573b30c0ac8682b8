package dev.bureau.otp;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.ChildSpec.Shutdown;
import dev.bureau.otp.task.Supervised;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tasks as children of a [DynamicSupervisor]: seen in the tree, stopped with it, limited in number, and not bound to fail
/// with whoever started them.
///
/// ```java
/// Supervisor.startLink(Supervisor.ONE_FOR_ONE, TaskSupervisor.childSpec("mailing"));
///
/// TaskSupervisor mailing = TaskSupervisor.of("mailing");
/// mailing.startChild(() -> welcome(user));                          // and no more of it
/// Task<Receipt> sent = mailing.asyncNolink(() -> deliver(letter));  // a failure is told, not shared
/// ```
///
/// This says which supervisor, and how that is to stop the tasks; it is immutable and may be sent. Everything here is an
/// exit with [dev.bureau.kernel.ExitReason.CallFailed] if there is no such supervisor. One supervisor starts its tasks one after the
/// other; where that is too slow, see [PartitionSupervisor].
///
/// Follows Elixir's `Task.Supervisor`, items T-11 to T-18.
///
/// @param supervisor a dynamic supervisor
/// @param shutdown how it stops the tasks
public record TaskSupervisor(Destination supervisor, Shutdown shutdown) {
    private static final Shutdown SHUTDOWN = new Shutdown.Within(Duration.ofSeconds(5));

    public TaskSupervisor {
        Objects.requireNonNull(supervisor, "supervisor");
        Objects.requireNonNull(shutdown, "shutdown");
    }

    // ---- which, and how

    /// The one that is there; its tasks get five seconds to shut down.
    public static TaskSupervisor of(Destination supervisor) {
        return new TaskSupervisor(supervisor, SHUTDOWN);
    }

    /// The one under a local name.
    public static TaskSupervisor of(String supervisor) {
        return of(Name.local(supervisor));
    }

    /// Starts one, linked to this process.
    public static TaskSupervisor startLink() {
        return startLink(DynamicSupervisor.flags());
    }

    /// Starts one, linked to this process.
    public static TaskSupervisor startLink(DynamicSupervisor.Flags flags) {
        return of(DynamicSupervisor.startLink(flags));
    }

    /// Starts one with a local name, linked to this process.
    public static TaskSupervisor startLink(String name) {
        return of(DynamicSupervisor.startLink(name));
    }

    /// Starts one with a local name, linked to this process.
    public static TaskSupervisor startLink(String name, DynamicSupervisor.Flags flags) {
        return of(DynamicSupervisor.startLink(name, flags));
    }

    /// How another supervisor starts one with a local name.
    public static ChildSpec childSpec(String name) {
        return DynamicSupervisor.childSpec(name);
    }

    /// How another supervisor starts one with a local name.
    public static ChildSpec childSpec(String name, DynamicSupervisor.Flags flags) {
        return DynamicSupervisor.childSpec(name, flags);
    }

    /// Gives the tasks started from here another time to shut down. Only who traps exits uses it.
    public TaskSupervisor shutdown(Duration limit) {
        return shutdown(new Shutdown.Within(limit));
    }

    /// Has the tasks started from here stopped in another way.
    public TaskSupervisor shutdown(Shutdown how) {
        return new TaskSupervisor(supervisor, how);
    }

    // ---- tasks

    /// Starts a task that is to be awaited, linked to this process as well.
    ///
    /// @throws IllegalStateException if the supervisor has as many children as it may
    public <R extends @Nullable Object> Task<R> async(Callable<? extends R> work) {
        return Task.begin(starter(true), work);
    }

    /// Starts a task that is to be awaited for what it does, linked to this process as well.
    public Task<@Nullable Void> async(Body work) {
        return Task.begin(starter(true), work);
    }

    /// Starts a task that is to be awaited but not linked: its failure is told by [Task#yield(Duration)], and by a `Down` to
    /// a server that does not wait; it goes on if this process ends.
    ///
    /// @throws IllegalStateException if the supervisor has as many children as it may
    public <R extends @Nullable Object> Task<R> asyncNolink(Callable<? extends R> work) {
        return Task.begin(starter(false), work);
    }

    /// Starts a task that is to be awaited for what it does but not linked.
    public Task<@Nullable Void> asyncNolink(Body work) {
        return Task.begin(starter(false), work);
    }

    /// Starts a task that nobody waits for, once. The reason of a [Start.Failed] is a [DynamicSupervisor.MaxChildren] if
    /// there are too many.
    public Start startChild(Body work) {
        return startChild(work, Restart.TEMPORARY);
    }

    /// Starts a task that nobody waits for, and again as `restart` says when it has ended.
    public Start startChild(Body work, Restart restart) {
        return Supervised.startChild(supervisor, work, restart, shutdown);
    }

    // ---- streams

    /// Applies a function to each item, each in a task that is linked to who consumes the outcomes.
    public <T, R> AsyncStream<T, R> asyncStream(
            Iterable<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(starter(true), items, work);
    }

    /// Applies a function to each item of a stream, which is closed when it is not needed any more.
    public <T, R> AsyncStream<T, R> asyncStream(
            Stream<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(starter(true), items, work);
    }

    /// Applies a function to each item of an iterator.
    public <T, R> AsyncStream<T, R> asyncStream(
            Iterator<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(starter(true), items, work);
    }

    /// Applies a function to each item, each in a task whose failure is an outcome, whoever consumes it.
    public <T, R> AsyncStream<T, R> asyncStreamNolink(
            Iterable<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(starter(false), items, work);
    }

    /// Applies a function to each item of a stream, without links.
    public <T, R> AsyncStream<T, R> asyncStreamNolink(
            Stream<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(starter(false), items, work);
    }

    /// Applies a function to each item of an iterator, without links.
    public <T, R> AsyncStream<T, R> asyncStreamNolink(
            Iterator<? extends T> items, AsyncStream.Work<? super T, ? extends R> work) {
        return AsyncStream.of(starter(false), items, work);
    }

    private Supervised starter(boolean links) {
        return new Supervised(supervisor, shutdown, links);
    }

    // ---- children

    /// The processes of its tasks.
    public List<Pid> children() {
        return DynamicSupervisor.whichChildren(supervisor).stream()
                .map(ChildInfo::pid)
                .flatMap(Optional::stream)
                .toList();
    }

    /// Stops a task; false if it is none of its children.
    public boolean terminateChild(Pid child) {
        return DynamicSupervisor.terminateChild(supervisor, child);
    }
}
