package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.Draft;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The alarms of a node: what is not as it should be, from when that is seen to when it is over.
///
/// ```java
/// try (Alarms alarms = Observer.of(node()).alarms(AlarmLimits.usual().handler(ofSeconds(2)))) {
///     chat();
///     alarms.active().forEach(alarm -> IO.println(alarm));
/// }
/// ```
///
/// Each alarm is told when it is set and when it is cleared: as a [Report] of kind `ALARM`, and so in the log; and as the events `bureau.alarm.set` and `bureau.alarm.clear` of
/// [Telemetry], whose metadata has the `alarm`.
///
/// It looks each second, with the samples that [Observer#top(int)] uses too, and less often where there are so many processes that this would take more
/// than half a percent of a core; what is over before it looks is not seen. `bureau run --name` looks out for the usual ones by itself. After OTP's `alarm_handler`, which
/// has no such alarms of its own but those of memory and disk.
///
/// For who is on duty. What the program itself has to react to is its own business: a [dev.bureau.kernel.MailboxLimit], a time limit for a call.
public final class Alarms implements AutoCloseable {
    /// So that a node all of whose mailboxes are too long does not say so a million times.
    private static final int MOST = 100;

    private record Key(Alarm.Kind kind, Object of) {}

    private final LocalNode node;
    private final Set<Alarms> all;
    private final Report.Subscription samples;
    private final AlarmWatch watch;

    // Guarded by this.
    private final Map<Key, Alarm> active = new LinkedHashMap<>();
    private boolean closed;

    /// @param all where it stands until it is closed
    Alarms(LocalNode node, Sampling sampling, AlarmLimits limits, Set<Alarms> all) {
        this.node = node;
        this.all = all;
        this.watch = new AlarmWatch(node, limits);
        all.add(this);
        this.samples = sampling.watch(limits.period(), this::look);
    }

    /// Those that are set now, the oldest first.
    public synchronized List<Alarm> active() {
        return active.values().stream().sorted(Comparator.comparing(Alarm::since)).toList();
    }

    /// Looks no longer. What is set is not cleared.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        all.remove(this);
        samples.close();
    }

    private void look(Sampling.Window window) {
        List<AlarmWatch.Finding> findings = watch.look(window);
        Map<Key, AlarmWatch.Finding> found = new LinkedHashMap<>();
        for (AlarmWatch.Finding each : findings) {
            if (found.size() == MOST) break;
            found.putIfAbsent(new Key(each.kind(), each.of()), each);
        }
        List<Alarm> set = new ArrayList<>();
        List<Alarm> cleared = new ArrayList<>();
        synchronized (this) {
            if (closed) return;
            found.forEach((key, finding) -> {
                if (active.containsKey(key)) return;
                Alarm alarm = alarm(finding);
                active.put(key, alarm);
                set.add(alarm);
            });
            active.entrySet()
                    .removeIf(entry -> {
                        boolean over = !found.containsKey(entry.getKey());
                        if (over) cleared.add(entry.getValue());
                        return over;
                    });
        }
        // Without the lock: those who listen run their own code.
        set.forEach(alarm -> tell("set", alarm));
        cleared.forEach(alarm -> tell("clear", alarm));
    }

    private static Alarm alarm(AlarmWatch.Finding finding) {
        Pid pid = finding.of() instanceof Pid of ? of : null;
        return new Alarm(finding.kind(), Optional.ofNullable(pid), Instant.now(), finding.text());
    }

    private void tell(String what, Alarm alarm) {
        @Nullable Pid pid = alarm.pid().orElse(null);
        node.reports()
                .report(
                        Report.Kind.ALARM,
                        alarm.kind().name(),
                        () ->
                                new Draft(pid, "alarm " + what + ": " + alarm)
                                        .with("alarm", alarm.kind().name())
                                        .with("since", alarm.since()));
        Telemetry.of(node.facade())
                .execute("bureau.alarm." + what, Map.of("count", 1), Map.of("alarm", alarm));
    }

    @Override
    public String toString() {
        return new AlarmList(true, active()).toString();
    }
}
