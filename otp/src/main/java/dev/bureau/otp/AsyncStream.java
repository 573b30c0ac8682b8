package dev.bureau.otp;

import dev.bureau.otp.Task.Outcome;
import dev.bureau.otp.task.StreamPlan;
import dev.bureau.otp.task.StreamRun;
import dev.bureau.otp.task.TaskStarter;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;

/// A function that is to be applied to each of many items, each in a task of its own, some at the same time.
///
/// ```java
/// import static dev.bureau.otp.Task.*;
///
/// Task.asyncStream(urls, url -> fetch(url)).maxConcurrency(8).forEach(outcome -> {
///     switch (outcome) {
///         case Ok(var page) -> store(page);
///         case Exited(var reason) -> IO.println("failed: " + ExitReason.format(reason));
///     }
/// });
/// ```
///
/// This is a description: nothing runs until a method of [AsyncResults] asks for the outcomes, and each time that is
/// done anew, in the process that asks. Items are taken as there is room for their tasks, so there may be no end to
/// them.
///
/// The tasks are linked to the process that asks: if one fails so does that process, and gets an [Task.Exited] instead
/// only if it traps exits. Streams of a `TaskSupervisor` exist without that link as well.
///
/// Immutable; each method returns changed options. Follows Elixir's `Task.async_stream`, items T-14 to T-18.
///
/// @param <T> the type of the items
/// @param <R> the type of the results
public final class AsyncStream<T, R> extends AsyncResults<Outcome<R>> {
    private final StreamPlan<T, R> plan;

    private AsyncStream(StreamPlan<T, R> plan) {
        this.plan = plan;
    }

    /// What is done with each item.
    @FunctionalInterface
    public interface Work<T, R> {
        /// Runs in a task.
        ///
        /// @throws Exception ends that task with [dev.bureau.kernel.ExitReason.Crash]
        R apply(T item) throws Exception;
    }

    /// An outcome and what it is the outcome of.
    public record Zipped<T, R>(T input, Outcome<R> outcome) {}

    static <T, R> AsyncStream<T, R> of(
            TaskStarter starter, Iterable<? extends T> items, Work<? super T, ? extends R> work) {
        return new AsyncStream<>(StreamPlan.of(starter, items, work));
    }

    static <T, R> AsyncStream<T, R> of(
            TaskStarter starter, Iterator<? extends T> items, Work<? super T, ? extends R> work) {
        Objects.requireNonNull(items, "items");
        return new AsyncStream<>(StreamPlan.of(starter, () -> read(items), work));
    }

    static <T, R> AsyncStream<T, R> of(
            TaskStarter starter, Stream<? extends T> items, Work<? super T, ? extends R> work) {
        Objects.requireNonNull(items, "items");
        return new AsyncStream<>(
                StreamPlan.<T, R>of(starter, () -> read(items.iterator()), work)
                        .closing(items::close));
    }

    // An iterator is only read from.
    @SuppressWarnings("unchecked")
    private static <T> Iterator<T> read(Iterator<? extends T> items) {
        return (Iterator<T>) items;
    }

    /// With another number of tasks at the same time than there are carriers.
    public AsyncStream<T, R> maxConcurrency(int tasks) {
        if (tasks < 1) {
            throw new IllegalArgumentException(
                    "expected a max concurrency of at least 1, got: " + tasks);
        }
        return new AsyncStream<>(plan.maxConcurrency(tasks));
    }

    /// Outcomes as they come, instead of in the order of the items. In that order, what is done behind a slow item waits
    /// in memory while more is begun, without bound.
    public AsyncStream<T, R> unordered() {
        return new AsyncStream<>(plan.unordered());
    }

    /// With another time than five seconds for each item. Who takes longer is killed, and the process that asks exits
    /// with [dev.bureau.kernel.ExitReason.CallFailed], unless [#killTaskOnTimeout()] is said.
    public AsyncStream<T, R> timeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException(
                    "expected a time limit of zero or more, got: " + limit);
        }
        return new AsyncStream<>(plan.timeout(limit));
    }

    /// With as much time for each item as it takes.
    public AsyncStream<T, R> noTimeout() {
        return new AsyncStream<>(plan.timeout(null));
    }

    /// A task that is killed because its time is over has the outcome `Exited(TIMEOUT)`; the others go on.
    public AsyncStream<T, R> killTaskOnTimeout() {
        return new AsyncStream<>(plan.killTaskOnTimeout());
    }

    /// The outcomes, each with its item.
    public AsyncResults<Zipped<T, R>> zipInput() {
        return new WithInput<>(plan);
    }

    @Override
    public AsyncIterator<Outcome<R>> open() {
        return StreamRun.open(plan, (_, outcome) -> outcome);
    }

    /// See [#zipInput()].
    static final class WithInput<T, R> extends AsyncResults<Zipped<T, R>> {
        private final StreamPlan<T, R> plan;

        WithInput(StreamPlan<T, R> plan) {
            this.plan = plan;
        }

        @Override
        public AsyncIterator<Zipped<T, R>> open() {
            return StreamRun.open(plan, Zipped::new);
        }
    }
}
