package dev.bureau.otp.gen;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.process.Shown;
import dev.bureau.otp.DebugOptions;
import dev.bureau.otp.Sys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `Sys` has switched on in one behaviour: printing, counting, keeping and showing its events.
final class Debug {
    private final String module;
    private final Map<Object, Probing<?>> probes = new LinkedHashMap<>();
    private final Deque<Sys.Event> kept = new ArrayDeque<>();
    private int keep;
    private boolean tracing;
    private @Nullable Instant countingSince;
    private Duration cpuBefore = Duration.ZERO;
    private long in;
    private long out;

    /// A probe and its own state.
    private static final class Probing<S> {
        private final Sys.Probe<S> probe;
        private @Nullable S own;

        private Probing(Sys.Probe<S> probe) {
            this.probe = probe;
        }

        /// Whether it wants to see more.
        private boolean see(Sys.Event event) {
            try {
                own = probe.see(own, event);
                return own != null;
            } catch (Exception | Error failed) {
                return false;
            }
        }
    }

    Debug(String module) {
        this.module = module;
    }

    /// Something has happened; those who look on see it as it is now.
    void see(Sys.Event happened) {
        Sys.Event event =
                switch (happened) {
                    case Sys.Event.In(var message) -> {
                        in++;
                        yield new Sys.Event.In(Shown.copy(message));
                    }
                    case Sys.Event.Out(var message, var to) -> {
                        out++;
                        yield new Sys.Event.Out(Shown.copy(message), to);
                    }
                    case Sys.Event.Handled(var state) -> new Sys.Event.Handled(Shown.copy(state));
                };
        if (tracing) {
            System.out.println("*DBG* " + module + " " + Bureau.self() + " " + text(event));
        }
        if (keep > 0) {
            if (kept.size() == keep) kept.removeFirst();
            kept.addLast(event);
        }
        probes.values().removeIf(probing -> !probing.see(event));
    }

    private static String text(Sys.Event event) {
        return switch (event) {
            case Sys.Event.In(var message) -> "got " + Shown.text(message);
            case Sys.Event.Out(var message, var to) -> "sent " + Shown.text(message) + " to " + to;
            case Sys.Event.Handled(var state) -> "new state " + Shown.text(state);
        };
    }

    boolean isIdle() {
        return !tracing && keep == 0 && countingSince == null && probes.isEmpty();
    }

    boolean isTracing() {
        return tracing;
    }

    boolean isCounting() {
        return countingSince != null;
    }

    List<Sys.Event> events() {
        return new ArrayList<>(kept);
    }

    @Nullable Object begin(DebugOptions wanted) {
        trace(wanted.tracing());
        log(wanted.kept());
        if (wanted.counting()) statistics(Sys.Switch.ON);
        wanted.probes().forEach(this::install);
        return true;
    }

    @Nullable Object trace(boolean on) {
        tracing = on;
        return true;
    }

    @Nullable Object log(@Nullable Integer size) {
        if (size == null) return events();
        keep = size;
        while (kept.size() > keep) kept.removeFirst();
        return events();
    }

    @Nullable Object install(Object id, Sys.Probe<?> probe) {
        probes.putIfAbsent(id, new Probing<>(probe));
        return true;
    }

    @Nullable Object remove(Object id) {
        probes.remove(id);
        return true;
    }

    @Nullable Object statistics(Sys.@Nullable Switch to) {
        Instant since = countingSince;
        if (to == null) {
            if (since == null) {
                throw new Refusal("expected statistics to be on; switch them on first");
            }
            return new Sys.Statistics(since, Instant.now(), cpu().minus(cpuBefore), in, out);
        }
        countingSince = to == Sys.Switch.ON ? Instant.now() : null;
        cpuBefore = cpu();
        in = 0;
        out = 0;
        return null;
    }

    private static Duration cpu() {
        return Bureau.info(Bureau.self()).map(ProcessInfo::cpuTime).orElse(Duration.ZERO);
    }
}
