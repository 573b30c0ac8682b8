package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.gen.Starting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A server: a process that keeps a state and answers requests, one after the other.
///
/// ```java
/// sealed interface Query<R> extends Call<R> {}
/// record Pop() implements Query<Optional<String>> {}
/// record Push(String item) implements Cast {}
///
/// record Stack(List<String> initial) implements GenServer<List<String>, Query<?>, Push> {
///     public Init<List<String>> init() {
///         return ok(initial);
///     }
///
///     public Next<List<String>> handleCall(Query<?> request, From<?> from, List<String> items) {
///         return switch (request) {
///             case Pop pop when items.isEmpty() -> reply(pop, Optional.empty(), items);
///             case Pop pop -> reply(pop, Optional.of(items.getFirst()), items.subList(1, items.size()));
///         };
///     }
///
///     public Next<List<String>> handleCast(Push push, List<String> items) {
///         return noReply(Stream.concat(Stream.of(push.item()), items.stream()).toList());
///     }
/// }
///
/// Pid stack = GenServer.startLink(new Stack(List.of("hello")));
/// cast(stack, new Push("world"));
/// Optional<String> top = call(stack, new Pop());
/// ```
///
/// **Failure.** A callback that throws ends the server, after [#terminate]; callers that wait are told. An exit signal ends
/// it at once unless it traps exits; then one from its parent calls `terminate`, others come to [#handleInfo].
///
/// **Threading.** All callbacks run in the server's process, one after the other; they may block like any code, and then the
/// server does nothing else. Between messages it holds no stack and no thread, and each callback may find itself on another:
/// thread locals and locks do not last from one to the next. The state never leaves the process but by messages, which copy
/// what is mutable; so it may be mutable itself. The object that implements this is sent to the process: its fields hold
/// nothing mutable.
///
/// Follows OTP's `gen_server` and Elixir's `GenServer` (G-01 to G-33). Not for what needs no state of its own and no order:
/// a function does; nor to run code in parallel: that is a [Task].
///
/// @param <S> the type of the state
/// @param <Q> the type of its requests, best a sealed interface
/// @param <C> the type of its messages without answer
public interface GenServer<S, Q extends Call<?>, C extends Cast> {
    // ---- callbacks

    /// Makes the first state, before the start returns.
    ///
    /// @throws Exception the start fails, and `terminate` is not called
    Init<S> init() throws Exception;

    /// Handles a request; the caller waits for `reply`, now or later.
    ///
    /// @throws Exception ends the server
    default Next<S> handleCall(Q request, From<?> from, S state) throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " has no handleCall and was called with "
                        + GenServerLoop.shown(this, request));
    }

    /// Handles a message that has no answer.
    ///
    /// @throws Exception ends the server
    default Next<S> handleCast(C message, S state) throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " has no handleCast and was cast "
                        + GenServerLoop.shown(this, message));
    }

    /// Handles any other message: a `Down`, an `Exit`, a timer, what was sent by `send`. Logs it and goes on, unless
    /// written otherwise (OTP G-21).
    ///
    /// @throws Exception ends the server
    default Next<S> handleInfo(Object message, S state) throws Exception {
        GenServerLoop.unexpected(this, message);
        return noReply(state);
    }

    /// Goes on after a callback that ended with [#continueWith], before any message.
    ///
    /// @throws Exception ends the server
    default Next<S> handleContinue(Object with, S state) throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName() + " has no handleContinue and was to go on with " + with);
    }

    /// The last thing it does, when a callback has ended it or thrown, or, if it traps exits, its parent has told it to
    /// (OTP G-22, G-23). Not called when it is killed.
    ///
    /// @throws Exception becomes the reason of the end
    default void terminate(ExitReason reason, S state) throws Exception {}

    /// What reports and `Sys` show of a request, a cast or another message, and of an answer: leave out what nobody should see.
    default Object formatMessage(Object message) {
        return message;
    }

    /// What reports and `Sys` show of the state: leave out what nobody should see.
    default Object formatStatus(S state) {
        return state;
    }

    /// What reports show of why it has ended or has not started: leave out what nobody should see of the text of an exception,
    /// say, or of a call that has failed. Who is linked to it or has a monitor on it is told the reason as it is; so the
    /// report of its supervisor, who knows nothing of this method, shows all of it (as in OTP).
    default ExitReason formatReason(ExitReason reason) {
        return reason;
    }

    /// The state for this version of the code; for `Sys.changeCode`.
    ///
    /// @throws Exception the state stays as it was
    default S changeCode(Object oldVersion, S state, @Nullable Object extra) throws Exception {
        return state;
    }

    // ---- what callbacks return

    /// It is up.
    default Init<S> ok(S state) {
        return ok(state, GenServerLoop.WAIT);
    }

    /// It is up, and does this before it waits.
    default Init<S> ok(S state, After after) {
        return new Init.Ok<>(state, after);
    }

    /// It is not needed.
    default Init<S> ignore() {
        return new Init.Ignore<>();
    }

    /// It cannot work, and exits with `reason`.
    default Init<S> stop(Object reason) {
        return new Init.Stop<>(ExitReason.of(reason));
    }

    /// It cannot work, and ends normally; the start fails with `reason`.
    default Init<S> error(Object reason) {
        return new Init.Failed<>(ExitReason.of(reason));
    }

    /// Answers `request`, which is the one that is being handled, and goes on. To answer one that came before keep its `from`.
    default <R> Next<S> reply(Call<R> request, R value, S state) {
        return reply(request, value, state, GenServerLoop.WAIT);
    }

    /// Answers `request`, and does this before it waits.
    default <R> Next<S> reply(Call<R> request, R value, S state, After after) {
        return new Next.Reply<>(request, value, state, after);
    }

    /// Answers a call that came before, whose `from` was kept; what [Bureau#reply] does.
    default <R> void reply(From<R> from, R value) {
        Bureau.reply(from, value);
    }

    /// Goes on.
    default Next<S> noReply(S state) {
        return noReply(state, GenServerLoop.WAIT);
    }

    /// Does this before it waits.
    default Next<S> noReply(S state, After after) {
        return new Next.NoReply<>(state, after);
    }

    /// Ends.
    default Next<S> stop(Object reason, S state) {
        return new Next.Stop<>(ExitReason.of(reason), null, null, state);
    }

    /// Ends; `request` is answered after `terminate`.
    default <R> Next<S> stop(Object reason, Call<R> request, R value, S state) {
        return new Next.Stop<>(
                ExitReason.of(reason), Objects.requireNonNull(request, "request"), value, state);
    }

    /// Then [#handleContinue].
    default After continueWith(Object with) {
        return new After.Continue(with);
    }

    /// Then [#handleInfo] with [IdleTimeout], unless a message comes within `limit`.
    default After timeout(Duration limit) {
        return new After.Within(limit);
    }

    /// Then waits in as little memory as possible.
    default After hibernate() {
        return new After.Hibernate();
    }

    // ---- starting and stopping

    /// Starts a server without a link. Returns when `init` has.
    ///
    /// @throws StartException if it is not up then
    static Pid start(GenServer<?, ?, ?> server) {
        return start(StartOptions.options(), server);
    }

    /// Starts a server without a link.
    static Pid start(StartOptions options, GenServer<?, ?, ?> server) {
        return GenServerLoop.start(options, server, Starting.Bond.NONE).start().orThrow();
    }

    /// Starts a server linked to this process. Returns when `init` has.
    ///
    /// @throws StartException if it is not up then and this process traps exits, or the server has not exited for a reason
    /// of its own; else this process goes down with it
    static Pid startLink(GenServer<?, ?, ?> server) {
        return startLink(StartOptions.options(), server);
    }

    /// Starts a server with a local name, linked to this process.
    static Pid startLink(String name, GenServer<?, ?, ?> server) {
        return startLink(StartOptions.named(name), server);
    }

    /// Starts a server with a name, linked to this process.
    static Pid startLink(Name name, GenServer<?, ?, ?> server) {
        return startLink(StartOptions.named(name), server);
    }

    /// Starts a server linked to this process.
    static Pid startLink(StartOptions options, GenServer<?, ?, ?> server) {
        return starter(options, server).start().orThrow();
    }

    /// Starts a server and a monitor on it.
    static Spawned startMonitor(GenServer<?, ?, ?> server) {
        return startMonitor(StartOptions.options(), server);
    }

    /// Starts a server and a monitor on it (OTP G-09).
    static Spawned startMonitor(StartOptions options, GenServer<?, ?, ?> server) {
        Starting.Outcome outcome = GenServerLoop.start(options, server, Starting.Bond.MONITOR);
        return new Spawned(outcome.start().orThrow(), Objects.requireNonNull(outcome.monitor()));
    }

    /// How to start a server linked to whoever starts it: for a [ChildSpec], or to look at what comes of it.
    static Starter starter(StartOptions options, GenServer<?, ?, ?> server) {
        return new Starter(options, server);
    }

    /// Starts a server linked to the calling process.
    record Starter(StartOptions options, GenServer<?, ?, ?> server) implements ChildSpec.Starter {
        @Override
        public Start start() {
            return GenServerLoop.start(options, server, Starting.Bond.LINK).start();
        }
    }

    /// How a supervisor starts it: a permanent worker with five seconds to shut down, whose id is the name of its class
    /// (OTP G-33). For a server that says itself how it is to be supervised; [Supervisor#worker(String, GenServer)] gives
    /// it a name as well.
    default ChildSpec childSpec() {
        return ChildSpec.worker(getClass().getName(), starter(StartOptions.options(), this));
    }

    /// Makes the calling process, which `spawn` has started, a server with this state; does not return (OTP G-32). Its
    /// parent is who spawned it.
    ///
    /// @throws IllegalStateException if it is a guest
    static <S> void enterLoop(GenServer<S, ?, ?> server, S state) throws Exception {
        GenServerLoop.enter(server, state);
    }

    /// Ends a server in order, normally, and waits until it has ended, as long as that takes.
    ///
    /// @throws ExitException if there is none, or it ends for another reason
    static void stop(Destination server) {
        stop(server, ExitReason.NORMAL, null);
    }

    /// Ends the server of a local name in order.
    static void stop(String server) {
        stop(Name.local(server));
    }

    /// Ends a server in order and waits until it has ended: for `limit` at most, or as long as it takes if that is null
    /// (OTP G-27).
    ///
    /// @throws ExitException if there is none, it ends for another reason, or not in time; it then goes on ending
    static void stop(Destination server, Object reason, @Nullable Duration limit) {
        Stopping.stop(server, ExitReason.of(reason), limit);
    }

    /// Ends the server of a local name in order: waits for `limit` at most, or as long as it takes if that is null.
    static void stop(String server, Object reason, @Nullable Duration limit) {
        stop(Name.local(server), reason, limit);
    }

    // ---- requests

    /// Asks a server and does not wait; see [RequestId]. Waits only for room in its mailbox, where that has a limit that wants it.
    ///
    /// @throws IllegalArgumentException if `server` is an alias
    static <R> RequestId<R> sendRequest(Destination server, Call<R> request) {
        return RequestId.send(server, request);
    }

    /// Asks a server under a local name and does not wait.
    static <R> RequestId<R> sendRequest(String server, Call<R> request) {
        return sendRequest(Name.local(server), request);
    }

    /// Asks the servers of a local name on these nodes, all at once, and waits for their answers, for `limit` at most.
    static <R> Replies<R> multiCall(
            List<NodeId> nodes, String name, Call<R> request, Duration limit) {
        return MultiCall.call(nodes, name, request, limit);
    }

    /// Asks the servers of a local name on all nodes that are known, and waits for their answers as long as it takes (OTP
    /// G-28).
    static <R> Replies<R> multiCall(String name, Call<R> request) {
        return MultiCall.call(List.of(Bureau.node().id()), name, request, null);
    }

    /// Sends a message that has no answer to the servers of a local name on these nodes.
    static void abcast(List<NodeId> nodes, String name, Cast message) {
        nodes.forEach(node -> Bureau.cast(Name.on(node, name), message));
    }

    /// Sends a message that has no answer to the servers of a local name on all nodes that are known.
    static void abcast(String name, Cast message) {
        abcast(List.of(Bureau.node().id()), name, message);
    }

    /// The pid that `server` stands for, or the name itself if it is one of another node; empty if nobody has it (OTP
    /// EX-01).
    static Optional<Destination> whereis(Destination server) {
        return switch (server) {
            case Name.Local(var name) -> Bureau.whereis(name).map(pid -> pid);
            case Name.Via(var registrar, var key) -> registrar.whereisName(key).map(pid -> pid);
            case Name.Remote(var name, var node) ->
                    node.name().equals(Bureau.node().id().name())
                            ? Bureau.whereis(name).map(pid -> pid)
                            : Optional.of(server);
            default -> Optional.of(server);
        };
    }
}
