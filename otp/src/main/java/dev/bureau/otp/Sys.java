package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.gen.SystemMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Looking into a running behaviour and steering it, whatever kind it is of: OTP's module `sys` (Y-03 to Y-09).
///
/// ```java
/// List<?> items = (List<?>) Sys.getState("stack");
/// ```
///
/// For debugging and for tests; a program that works this way has the wrong protocol. All ask the process and wait for its
/// answer, so a handler that blocks delays it: for five seconds, or another time limit that is given last, where null is as
/// long as it takes. A missing process, or one that is late, ends the caller, as a call does. What comes back is a copy, or
/// shared if immutable.
public final class Sys {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    static final int DEFAULT_LOG = 10;

    private Sys() {}

    /// Whether a behaviour handles messages or only what is asked here.
    public enum Mode {
        RUNNING,
        SUSPENDED
    }

    /// On or off.
    public enum Switch {
        ON,
        OFF
    }

    /// What there is to know of a behaviour (OTP Y-05).
    ///
    /// @param module whose callbacks it runs
    /// @param parent whose exit ends it; null if there is none
    /// @param dictionary its process-local variables, as text
    /// @param state what its `formatStatus` shows of its state; a text if that cannot be copied
    /// @param log the events kept, oldest first
    public record Status(
            Pid pid,
            String module,
            Mode mode,
            @Nullable Pid parent,
            List<Pid> ancestors,
            Map<String, String> dictionary,
            Object state,
            boolean tracing,
            boolean statistics,
            List<Event> log) {}

    /// Counted since it was switched on (OTP Y-06).
    public record Statistics(
            Instant since, Instant now, Duration cpuTime, long messagesIn, long messagesOut) {}

    /// Something that a behaviour received, sent or did.
    public sealed interface Event {
        /// A message came, or an event that the behaviour made itself.
        record In(Object message) implements Event {}

        /// An answer was sent.
        record Out(Object message, Pid to) implements Event {}

        /// A callback returned, and the state is this.
        record Handled(Object state) implements Event {}
    }

    /// A function that sees each event, with a state of its own (OTP Y-07).
    @FunctionalInterface
    public interface Probe<S> {
        /// Its state from now on; null when it has seen enough and is to be removed. It is removed too if it throws.
        ///
        /// @throws Exception as good as null
        @Nullable S see(@Nullable S own, Event event) throws Exception;
    }

    /// Its state.
    ///
    /// @throws IllegalStateException if it cannot be copied, with the path to what cannot
    public static Object getState(Destination server) {
        return getState(server, LIMIT);
    }

    /// The state of a behaviour with a local name.
    public static Object getState(String server) {
        return getState(Name.local(server));
    }

    /// Its state, if it answers within `limit`.
    ///
    /// @throws ExitException if it does not
    public static Object getState(Destination server, @Nullable Duration limit) {
        return Objects.requireNonNull(ask(server, new SystemMessage.GetState(), limit));
    }

    /// Gives it the state that `change` makes of the one it has, and returns that. `change` runs in its process; if it throws,
    /// nothing changes there and this throws.
    ///
    /// @throws CallbackFailedException if `change` throws or returns null
    /// @throws IllegalStateException if the new state cannot be copied to be returned; it is in place
    public static Object replaceState(Destination server, UnaryOperator<Object> change) {
        return replaceState(server, change, LIMIT);
    }

    /// Gives it another state, if it answers within `limit`.
    public static Object replaceState(
            Destination server, UnaryOperator<Object> change, @Nullable Duration limit) {
        return Objects.requireNonNull(ask(server, new SystemMessage.ReplaceState(change), limit));
    }

    /// Gives the behaviour with a local name the state that `change` makes of the one it has.
    public static Object replaceState(String server, UnaryOperator<Object> change) {
        return replaceState(Name.local(server), change);
    }

    /// What there is to know of it.
    public static Status getStatus(Destination server) {
        return getStatus(server, LIMIT);
    }

    /// What there is to know of the behaviour with a local name.
    public static Status getStatus(String server) {
        return getStatus(Name.local(server));
    }

    /// What there is to know of it, if it answers within `limit`.
    ///
    /// @throws ExitException if it does not
    public static Status getStatus(Destination server, @Nullable Duration limit) {
        return Objects.requireNonNull(ask(server, new SystemMessage.GetStatus(), limit));
    }

    /// It handles nothing but what is asked here until [#resume]; messages wait, timers run on (OTP Y-04).
    public static void suspend(Destination server) {
        suspend(server, LIMIT);
    }

    /// It handles nothing from when it has answered, which it should within `limit`; if it is late, it does so later.
    public static void suspend(Destination server, @Nullable Duration limit) {
        ask(server, new SystemMessage.Suspend(), limit);
    }

    /// The behaviour with a local name handles nothing until [#resume].
    public static void suspend(String server) {
        suspend(Name.local(server));
    }

    /// It goes on, with what has come meanwhile first.
    public static void resume(Destination server) {
        resume(server, LIMIT);
    }

    /// It goes on; waits for its answer for `limit` at most.
    public static void resume(Destination server, @Nullable Duration limit) {
        ask(server, new SystemMessage.Resume(), limit);
    }

    /// The behaviour with a local name goes on.
    public static void resume(String server) {
        resume(Name.local(server));
    }

    /// Ends it in order with `reason` and waits for its end: its `terminate` runs (OTP Y-08).
    public static void terminate(Destination server, Object reason) {
        terminate(server, reason, LIMIT);
    }

    /// Ends it in order and waits for its end, for `limit` at most; if it is late, it goes on ending.
    public static void terminate(Destination server, Object reason, @Nullable Duration limit) {
        Stopping.stop(server, ExitReason.of(reason), limit);
    }

    /// Ends the behaviour with a local name in order and waits for its end.
    public static void terminate(String server, Object reason) {
        terminate(Name.local(server), reason);
    }

    /// Has a suspended one carry its state over to a new version of its code.
    ///
    /// @throws IllegalStateException if it is not suspended
    /// @throws CallbackFailedException if its `changeCode` throws
    public static void changeCode(Destination server, Object oldVersion, @Nullable Object extra) {
        changeCode(server, oldVersion, extra, LIMIT);
    }

    /// Has a suspended one carry its state over, and waits for that for `limit` at most.
    public static void changeCode(
            Destination server,
            Object oldVersion,
            @Nullable Object extra,
            @Nullable Duration limit) {
        ask(server, new SystemMessage.ChangeCode(oldVersion, extra), limit);
    }

    /// Has a suspended one with a local name carry its state over to a new version of its code.
    public static void changeCode(String server, Object oldVersion, @Nullable Object extra) {
        changeCode(Name.local(server), oldVersion, extra);
    }

    /// Starts or stops counting.
    public static void statistics(Destination server, Switch to) {
        statistics(server, to, LIMIT);
    }

    /// Starts or stops counting; waits for `limit` at most.
    public static void statistics(Destination server, Switch to, @Nullable Duration limit) {
        ask(server, new SystemMessage.Statistics(to), limit);
    }

    /// Starts or stops counting in the behaviour with a local name.
    public static void statistics(String server, Switch to) {
        statistics(Name.local(server), to);
    }

    /// What was counted.
    ///
    /// @throws IllegalStateException if nothing was
    public static Statistics statistics(Destination server) {
        return statistics(server, LIMIT);
    }

    /// What was counted, if it answers within `limit`.
    public static Statistics statistics(Destination server, @Nullable Duration limit) {
        return Objects.requireNonNull(ask(server, new SystemMessage.Statistics(null), limit));
    }

    /// What was counted in the behaviour with a local name.
    public static Statistics statistics(String server) {
        return statistics(Name.local(server));
    }

    /// Prints each event to the node's standard output, or no longer.
    public static void trace(Destination server, Switch to) {
        trace(server, to, LIMIT);
    }

    /// Prints each event, or no longer; waits for `limit` at most.
    public static void trace(Destination server, Switch to, @Nullable Duration limit) {
        ask(server, new SystemMessage.Trace(to == Switch.ON), limit);
    }

    /// Prints each event of the behaviour with a local name, or no longer.
    public static void trace(String server, Switch to) {
        trace(Name.local(server), to);
    }

    /// Keeps the last `size` events; none and no longer if that is zero.
    public static void log(Destination server, int size) {
        log(server, size, LIMIT);
    }

    /// Keeps the last `size` events; waits for `limit` at most.
    public static void log(Destination server, int size, @Nullable Duration limit) {
        ask(server, new SystemMessage.Log(DebugOptions.requireSize(size)), limit);
    }

    /// Keeps the last `size` events of the behaviour with a local name.
    public static void log(String server, int size) {
        log(Name.local(server), size);
    }

    /// Keeps the last ten events, or none and no longer (OTP Y-07).
    public static void log(Destination server, Switch to) {
        log(server, to, LIMIT);
    }

    /// Keeps the last ten events, or none and no longer; waits for `limit` at most.
    public static void log(Destination server, Switch to, @Nullable Duration limit) {
        log(server, to == Switch.ON ? DEFAULT_LOG : 0, limit);
    }

    /// Keeps the last ten events of the behaviour with a local name, or none and no longer.
    public static void log(String server, Switch to) {
        log(Name.local(server), to);
    }

    /// The events kept, oldest first.
    public static List<Event> log(Destination server) {
        return log(server, LIMIT);
    }

    /// The events kept, oldest first, if it answers within `limit`.
    public static List<Event> log(Destination server, @Nullable Duration limit) {
        return Objects.requireNonNull(ask(server, new SystemMessage.Log(null), limit));
    }

    /// The events kept of the behaviour with a local name, oldest first.
    public static List<Event> log(String server) {
        return log(Name.local(server));
    }

    /// Shows each event to `probe`, in its process, until that returns null or throws.
    public static void install(Destination server, Object id, Probe<?> probe) {
        install(server, id, probe, LIMIT);
    }

    /// Shows each event to `probe`; waits for `limit` at most.
    public static void install(
            Destination server, Object id, Probe<?> probe, @Nullable Duration limit) {
        ask(server, new SystemMessage.Install(id, probe), limit);
    }

    /// Shows each event of the behaviour with a local name to `probe`.
    public static void install(String server, Object id, Probe<?> probe) {
        install(Name.local(server), id, probe);
    }

    /// Removes a probe; nothing happens if it is gone.
    public static void remove(Destination server, Object id) {
        remove(server, id, LIMIT);
    }

    /// Removes a probe; waits for `limit` at most.
    public static void remove(Destination server, Object id, @Nullable Duration limit) {
        ask(server, new SystemMessage.Remove(id), limit);
    }

    /// Removes a probe from the behaviour with a local name.
    public static void remove(String server, Object id) {
        remove(Name.local(server), id);
    }

    private static <R> @Nullable R ask(
            Destination server,
            SystemMessage.Request<SystemMessage.Answer<R>> request,
            @Nullable Duration limit) {
        return switch (answer(server, request, limit)) {
            case SystemMessage.Done<R>(var value) -> value;
            case SystemMessage.Refused<R>(var why) -> throw new IllegalStateException(why);
            case SystemMessage.Failed<R>(var error) -> throw new CallbackFailedException(error);
        };
    }

    private static <R> SystemMessage.Answer<R> answer(
            Destination server,
            SystemMessage.Request<SystemMessage.Answer<R>> request,
            @Nullable Duration limit) {
        try {
            Function<From<SystemMessage.Answer<R>>, SystemMessage> message =
                    from -> new SystemMessage(from, request);
            return limit == null
                    ? Bureau.callForever(server, message)
                    : Bureau.call(server, message, limit);
        } catch (ExitException failed) {
            // Tells what was asked for, without what is put around it.
            throw failed.reason() instanceof ExitReason.CallFailed(var reason, _, _, _, var caller)
                    ? new ExitException(
                            new ExitReason.CallFailed(reason, server, request, limit, caller))
                    : failed;
        }
    }
}
