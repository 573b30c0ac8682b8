package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Carriers;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks at the carriers twice, and says what they did between.
final class SchedulerQuery {
    private SchedulerQuery() {}

    static SchedulerLoad within(LocalNode node, Duration window) {
        TopQuery.checkWindow(window);
        return Aside.get(() -> {
            Carriers begin = Carriers.of(node);
            Thread.sleep(window);
            return between(node, begin, Carriers.of(node));
        });
    }

    private static SchedulerLoad between(LocalNode node, Carriers begin, Carriers end) {
        long nanos = end.nanoTime() - begin.nanoTime();
        Map<Integer, Carriers.Carrier> lanes =
                begin.carriers().stream()
                        .filter(carrier -> carrier.lane() >= 0)
                        .collect(Collectors.toMap(Carriers.Carrier::lane, Function.identity()));
        Map<String, Carriers.Carrier> threads =
                begin.carriers().stream()
                        .collect(
                                Collectors.toMap(
                                        Carriers.Carrier::thread,
                                        Function.identity(),
                                        (one, _) -> one));
        return new SchedulerLoad(
                Duration.ofNanos(nanos),
                node.facade().schedulers(),
                end.carriers().stream()
                        .map(now ->
                                carrier(
                                        now,
                                        lanes.getOrDefault(now.lane(), now),
                                        threads.get(now.thread()),
                                        nanos))
                        .toList(),
                new SchedulerLoad.Waiting(
                        end.outside() + end.overflow(),
                        end.background(),
                        end.low(),
                        end.high(),
                        end.max()),
                end.spares());
    }

    private static SchedulerLoad.Carrier carrier(
            Carriers.Carrier now,
            Carriers.Carrier lane,
            Carriers.@Nullable Carrier thread,
            long nanos) {
        double used = (double) (now.busyNanos() - lane.busyNanos()) / nanos;
        int slices = now.slices() - (thread == null ? 0 : thread.slices());
        LocalPid running = now.running();
        return new SchedulerLoad.Carrier(
                now.thread(),
                SchedulerLoad.Duty.valueOf(now.duty().name()),
                now.lane(),
                Math.clamp(used, 0, 1),
                Math.max(0, slices) * 1e9 / nanos,
                now.queued(),
                now.asleep(),
                Optional.<Pid>ofNullable(running),
                Optional.ofNullable(running).flatMap(SchedulerQuery::who),
                now.pinned(),
                Duration.ofNanos(now.awayNanos()));
    }

    private static Optional<String> who(LocalPid pid) {
        LocalProcess process = pid.process();
        return process == null
                ? Optional.empty()
                : Inspecting.row(process).map(details -> details.identity().who());
    }
}
