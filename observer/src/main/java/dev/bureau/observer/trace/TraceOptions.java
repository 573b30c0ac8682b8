package dev.bureau.observer.trace;

import dev.bureau.kernel.Pid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a trace is of, whom it follows, and when it ends at the latest. Begin with [Trace#messages()] and its kin; each
/// method returns options changed in one point.
///
/// @param kinds which events
/// @param calls patterns of methods, `Class.method`; see [Trace#calls(String...)]
/// @param arguments whether calls are told with their arguments
/// @param results whether it is told what comes of calls
/// @param processes of which processes
/// @param andSpawned whether processes are traced too that a traced one spawns (OTP's `set_on_spawn`)
/// @param limit after how many events it ends, from 1 to 1 000 000
/// @param within after which time it ends, from a millisecond to an hour
/// @param perSecond how many events are told in a second at most; what is beyond is counted as dropped
public record TraceOptions(
        Set<Kind> kinds,
        List<String> calls,
        boolean arguments,
        boolean results,
        Processes processes,
        boolean andSpawned,
        int limit,
        Duration within,
        int perSecond) {
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    /// A kind of events.
    public enum Kind {
        SENT,
        RECEIVED,
        SPAWNED,
        LINKED,
        ENDED,
        CALLED
    }

    /// A set of processes.
    public sealed interface Processes {
        /// All, those to come too.
        record All() implements Processes {}

        /// Those that are spawned from now on.
        record Newcomers() implements Processes {}

        /// Those that are alive now.
        record Existing() implements Processes {}

        /// These.
        record These(List<Pid> pids) implements Processes {
            public These {
                pids = List.copyOf(pids);
            }
        }

        /// Those alive now whose local name, label or initial call fits: `*` stands for any characters.
        record Named(String pattern) implements Processes {}
    }

    public TraceOptions {
        kinds = Set.copyOf(kinds);
        calls = List.copyOf(calls);
        calls.forEach(CallPattern::of);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(
                    "expected a limit of 1 to " + MOST + " events, got: " + limit);
        }
        if (perSecond < 1 || perSecond > MOST) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MOST + " events in a second, got: " + perSecond);
        }
        if (within.compareTo(Duration.ofMillis(1)) < 0 || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "expected a trace to last from a millisecond to an hour, got: " + within);
        }
    }

    /// Of these processes.
    public TraceOptions of(Pid... pids) {
        return with(new Processes.These(List.of(pids)));
    }

    /// Of the processes alive now whose local name, label or initial call fits: `*` stands for any characters.
    public TraceOptions ofNamed(String pattern) {
        return with(new Processes.Named(pattern));
    }

    /// Of the processes that are spawned from now on.
    public TraceOptions ofNewcomers() {
        return with(new Processes.Newcomers());
    }

    /// Of the processes that are alive now.
    public TraceOptions ofExisting() {
        return with(new Processes.Existing());
    }

    /// And of the processes that they spawn.
    public TraceOptions followSpawn() {
        return new TraceOptions(
                kinds, calls, arguments, results, processes, true, limit, within, perSecond);
    }

    /// With the arguments of calls.
    public TraceOptions withArguments() {
        return new TraceOptions(
                kinds, calls, true, results, processes, andSpawned, limit, within, perSecond);
    }

    /// With what comes of calls, and how long they took.
    public TraceOptions withResults() {
        return new TraceOptions(
                kinds, calls, arguments, true, processes, andSpawned, limit, within, perSecond);
    }

    /// It ends after so many events.
    public TraceOptions limit(int events) {
        return new TraceOptions(
                kinds, calls, arguments, results, processes, andSpawned, events, within, perSecond);
    }

    /// It ends after that time.
    public TraceOptions within(Duration time) {
        return new TraceOptions(
                kinds, calls, arguments, results, processes, andSpawned, limit, time, perSecond);
    }

    /// No more events than that are told in a second.
    public TraceOptions perSecond(int events) {
        return new TraceOptions(
                kinds, calls, arguments, results, processes, andSpawned, limit, within, events);
    }

    /// And what `others` are of; in all else these count.
    public TraceOptions and(TraceOptions others) {
        EnumSet<Kind> both = EnumSet.noneOf(Kind.class);
        both.addAll(kinds);
        both.addAll(others.kinds);
        List<String> methods = new ArrayList<>(calls);
        methods.addAll(others.calls);
        return new TraceOptions(
                both,
                methods,
                arguments || others.arguments,
                results || others.results,
                processes,
                andSpawned,
                limit,
                within,
                perSecond);
    }

    private TraceOptions with(Processes changed) {
        return new TraceOptions(
                kinds, calls, arguments, results, changed, andSpawned, limit, within, perSecond);
    }
}
