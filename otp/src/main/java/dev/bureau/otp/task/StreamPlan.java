package dev.bureau.otp.task;

import dev.bureau.kernel.Node;
import dev.bureau.otp.AsyncStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a stream of tasks is to run.
///
/// @param starter where its processes come from
/// @param items what they are given
/// @param source closed when no more items are needed; null if there is nothing to close
/// @param work what they do
/// @param concurrency how many at the same time; 0 for as many as there are carriers
/// @param ordered whether outcomes come in the order of the items
/// @param limit how long each may take; null for no limit
/// @param killsTask whether one that takes longer is an outcome, not the end of all
public record StreamPlan<T, R>(
        TaskStarter starter,
        Iterable<? extends T> items,
        @Nullable Runnable source,
        AsyncStream.Work<? super T, ? extends R> work,
        int concurrency,
        boolean ordered,
        @Nullable Duration limit,
        boolean killsTask) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// With Elixir's defaults.
    public static <T, R> StreamPlan<T, R> of(
            TaskStarter starter,
            Iterable<? extends T> items,
            AsyncStream.Work<? super T, ? extends R> work) {
        Objects.requireNonNull(items, "items");
        Objects.requireNonNull(work, "work");
        return new StreamPlan<>(starter, items, null, work, 0, true, LIMIT, false);
    }

    /// With something to close.
    public StreamPlan<T, R> closing(Runnable close) {
        return new StreamPlan<>(
                starter, items, close, work, concurrency, ordered, limit, killsTask);
    }

    /// With another number at the same time.
    public StreamPlan<T, R> maxConcurrency(int tasks) {
        return new StreamPlan<>(starter, items, source, work, tasks, ordered, limit, killsTask);
    }

    /// As they come.
    public StreamPlan<T, R> unordered() {
        return new StreamPlan<>(starter, items, source, work, concurrency, false, limit, killsTask);
    }

    /// With another limit.
    public StreamPlan<T, R> timeout(@Nullable Duration other) {
        return new StreamPlan<>(
                starter, items, source, work, concurrency, ordered, other, killsTask);
    }

    /// Who is late is killed, and that is all.
    public StreamPlan<T, R> killTaskOnTimeout() {
        return new StreamPlan<>(starter, items, source, work, concurrency, ordered, limit, true);
    }

    int places() {
        return concurrency == 0 ? Node.current().schedulers() : concurrency;
    }

    Iterator<? extends T> begin() {
        return items.iterator();
    }

    void closeSource() {
        if (source != null) {
            source.run();
        }
    }
}
