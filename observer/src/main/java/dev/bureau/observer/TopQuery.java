package dev.bureau.observer;

import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Finds the processes that did most of something between two samples. What it holds is as many as are asked for, however many
/// there are.
final class TopQuery {
    private static final int MOST = 10_000;
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final LocalNode node;
    private final int most;
    private final Top.Order order;

    /// A process that is among the first so far; by what it is judged, and what it did.
    private record Candidate(
            long rank, LocalProcess process, long cpuNanos, int received, int slices, int queued) {}

    TopQuery(LocalNode node, int most, Top.Order order) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(
                    "expected how many processes to show, from 1 to " + MOST + ", got: " + most);
        }
        this.node = node;
        this.most = most;
        this.order = order;
    }

    static void checkWindow(Duration window) {
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "expected a window of 10 milliseconds to 10 minutes, got: " + window);
        }
    }

    /// Between the last two samples that others have taken, if somebody has; else within `window` from now.
    Top latest(Sampling sampling, Duration window) {
        return Aside.get(() -> {
            Sampling.Window known = sampling.window();
            return known == null ? from(window) : between(known.begin(), known.end());
        });
    }

    Top within(Duration window) {
        checkWindow(window);
        return Aside.get(() -> from(window));
    }

    private Top from(Duration window) throws InterruptedException {
        Sample begin = Sample.of(node);
        Thread.sleep(window);
        return between(begin, Sample.of(node));
    }

    /// Those that did most between two samples.
    Top between(Sample begin, Sample end) {
        Sums sums = new Sums();
        PriorityQueue<Candidate> first =
                new PriorityQueue<>(Comparator.comparingLong(Candidate::rank));
        end.since(
                begin,
                (process, cpuNanos, received, slices, queued) -> {
                    sums.cpuNanos += cpuNanos;
                    sums.received += received;
                    long rank = rank(process, cpuNanos, received, slices, queued);
                    if (first.size() == most) {
                        Candidate last = first.element();
                        if (rank <= last.rank) return;
                        first.remove();
                    }
                    first.add(new Candidate(rank, process, cpuNanos, received, slices, queued));
                });
        double seconds = end.nanosSince(begin) / 1e9;
        return new Top(
                Instant.now(),
                Duration.ofNanos(end.nanosSince(begin)),
                end.size(),
                node.facade().schedulers(),
                sums.cpuNanos / 1e9 / seconds,
                sums.received / seconds,
                order,
                rows(first, seconds));
    }

    private static final class Sums {
        long cpuNanos;
        long received;
    }

    private long rank(LocalProcess process, long cpuNanos, int received, int slices, int queued) {
        return switch (order) {
            case CPU -> cpuNanos;
            case MAILBOX -> queued;
            case MESSAGES -> Integer.toUnsignedLong(received);
            case MEMORY -> Inspection.memory(process);
            case SLICES -> Integer.toUnsignedLong(slices);
        };
    }

    private static List<Top.Row> rows(PriorityQueue<Candidate> first, double seconds) {
        List<Candidate> sorted = new ArrayList<>(first);
        sorted.sort(
                Comparator.comparingLong(Candidate::rank)
                        .reversed()
                        .thenComparing(candidate -> candidate.process.pid()));
        List<Top.Row> rows = new ArrayList<>();
        for (Candidate each : sorted) {
            Inspecting.row(each.process)
                    .ifPresent(details -> rows.add(row(details, each, seconds)));
        }
        return rows;
    }

    private static Top.Row row(ProcessDetails details, Candidate did, double seconds) {
        return new Top.Row(
                details.pid(),
                details.identity().name(),
                details.identity().label(),
                details.identity().initialCall(),
                details.location().status(),
                details.location().at(),
                did.cpuNanos / 1e9 / seconds,
                details.work().cpuTime(),
                did.queued,
                Integer.toUnsignedLong(did.received) / seconds,
                Integer.toUnsignedLong(did.slices) / seconds,
                details.memory().bytes());
    }
}
