package dev.bureau.observer;

import dev.bureau.kernel.process.Carriers;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.otp.supervision.Restarts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Finds what is not as it should be, sample by sample. Of the thread that takes the samples.
///
/// It remembers those processes only whose mailbox is growing or that are handling a message when it looks.
final class AlarmWatch {
    /// A mailbox that grows and is shorter than that is not worth an alarm.
    private static final int WORTH_WATCHING = 100;

    private static final Duration STORM = Duration.ofSeconds(10);

    private final LocalNode node;
    private final AlarmLimits limits;
    private final Restarts restarts;
    private Map<LocalProcess, Growth> growing = new HashMap<>();
    private Map<LocalProcess, Work> working = new HashMap<>();
    private final Deque<Count> counts = new ArrayDeque<>();

    /// What was found, about a pid or something else that is always equal to itself.
    record Finding(Alarm.Kind kind, Object of, String text) {}

    private record Growth(long since, int queued) {}

    private record Work(long since, int number) {}

    private record Count(long time, long restarts) {}

    AlarmWatch(LocalNode node, AlarmLimits limits) {
        this.node = node;
        this.limits = limits;
        this.restarts = Restarts.of(node.facade());
        counts.add(new Count(System.nanoTime(), restarts.count()));
    }

    List<Finding> look(Sampling.Window window) {
        long now = System.nanoTime();
        List<Finding> found = new ArrayList<>();
        Map<LocalProcess, Growth> stillGrowing = new HashMap<>();
        Map<LocalProcess, Work> stillWorking = new HashMap<>();
        window.end()
                .since(
                        window.begin(),
                        (process, _, _, _, queued) -> {
                            mailbox(process, queued, now, stillGrowing, found);
                            handler(process, now, stillWorking, found);
                        });
        growing = stillGrowing;
        working = stillWorking;
        carriers(found);
        storm(now, found);
        return found;
    }

    private void mailbox(
            LocalProcess process,
            int queued,
            long now,
            Map<LocalProcess, Growth> still,
            List<Finding> found) {
        if (queued > limits.mailbox()) {
            found.add(new Finding(Alarm.Kind.LONG_MAILBOX, process.pid(), queued + " messages"));
        }
        if (queued < WORTH_WATCHING) return;
        Growth before = growing.get(process);
        Growth growth =
                before != null && queued > before.queued()
                        ? new Growth(before.since(), queued)
                        : new Growth(now, queued);
        still.put(process, growth);
        if (now - growth.since() >= limits.growth().toNanos()) {
            String text = queued + " messages, more and more for " + seconds(now - growth.since());
            found.add(new Finding(Alarm.Kind.GROWING_MAILBOX, process.pid(), text));
        }
    }

    private void handler(
            LocalProcess process, long now, Map<LocalProcess, Work> still, List<Finding> found) {
        int number = Inspection.handling(process);
        if (number == 0) return;
        Work before = working.get(process);
        Work work = before != null && before.number() == number ? before : new Work(now, number);
        still.put(process, work);
        if (now - work.since() >= limits.handler().toNanos()) {
            String text =
                    Inspection.initialCall(process)
                            + " has handled a message for "
                            + seconds(now - work.since());
            found.add(new Finding(Alarm.Kind.SLOW_HANDLER, process.pid(), text));
        }
    }

    private void carriers(List<Finding> found) {
        for (Carriers.Carrier carrier : Carriers.of(node).carriers()) {
            if (carrier.duty() != Carriers.Duty.AWAY
                    || carrier.awayNanos() < limits.carrier().toNanos()) {
                continue;
            }
            String text =
                    carrier.thread() + " has not come back for " + seconds(carrier.awayNanos());
            Object of = carrier.running() == null ? carrier.thread() : carrier.running();
            found.add(new Finding(Alarm.Kind.CARRIER_AWAY, of, text));
        }
    }

    private void storm(long now, List<Finding> found) {
        long total = restarts.count();
        counts.addLast(new Count(now, total));
        while (counts.size() > 2 && now - counts.getFirst().time() > STORM.toNanos()) {
            counts.removeFirst();
        }
        long recent = total - counts.getFirst().restarts();
        if (recent > limits.restarts()) {
            String text = recent + " restarts within " + seconds(now - counts.getFirst().time());
            found.add(new Finding(Alarm.Kind.RESTART_STORM, Restarts.class, text));
        }
    }

    private static String seconds(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return millis < 10_000 ? millis + " ms" : millis / 1_000 + " s";
    }
}
