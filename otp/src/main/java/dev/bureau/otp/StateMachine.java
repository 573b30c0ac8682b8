package dev.bureau.otp;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.gen.Starting;
import dev.bureau.otp.machine.MachineLoop;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A state machine: a process that is in one of several states, where each event may lead to another.
///
/// ```java
/// sealed interface State {}
/// record Pending(int total) implements State {}
/// record Paid() implements State {}
/// record Shipped() implements State {}
/// record Cancelled() implements State {}
///
/// sealed interface Event {}
/// record Pay(int amount) implements Event, Call<Boolean> {}
/// record Ship() implements Event, Cast {}
/// record Unpaid() implements Event {}
///
/// record Order(int total) implements StateMachine<State, Event> {
///     public Step.First<State> init() {
///         return to(new Pending(total), stateTimeout(ofSeconds(30), new Unpaid()));
///     }
///
///     public Step<State> handle(State state, Event event) {
///         return switch (event) {
///             case Pay pay when state instanceof Pending(var due) && pay.amount() >= due -> to(new Paid(), reply(pay, true));
///             case Pay pay -> stay(reply(pay, false));
///             case Ship _ when state instanceof Paid -> to(new Shipped());
///             case Unpaid _ when state instanceof Pending -> to(new Cancelled());
///             case Ship _, Unpaid _ -> stay();
///         };
///     }
/// }
///
/// Pid order = StateMachine.startLink(new Order(100));
/// boolean paid = call(order, new Pay(100));
/// cast(order, new Ship());
/// ```
///
/// **Events.** Every message of type `E` is an event, whichever way it comes: by `call`, `cast`, `send`, as what a monitor
/// or trapped exit is turned into (`monitor(worker, Gone::new)`), from a timeout, or inserted by the machine itself. Any
/// other message goes to [#handleInfo]; a call or cast of another type is an error, as is an event without a case. An
/// event that nobody else may send is a private record. Those inserted by [#next] come first, in their order; then, if the
/// state has changed, those that were postponed, oldest first; then timeouts of zero; then the mailbox.
///
/// **State and data.** Data that goes with a state are components of its record. The state *changes* when the new one does
/// not equal the old one; who carries data that changes within a state says in [#phase] what counts, such as
/// `state.getClass()`, or `door.phase()` for a `record Door(Phase phase, int attempts)`. A change makes postponed events
/// come again, ends the state timeout, and calls [#enter].
///
/// **Failure**, **threading** and the end are those of a [GenServer]; only that replies of a step that stops are sent
/// before `terminate`.
///
/// Follows OTP's `gen_statem` (SM-01 to SM-12), in its mode `handle_event_function` with state enter calls; switch over the
/// state first for what `state_functions` are. Not for a server whose answers do not depend on what came before: that is a
/// [GenServer].
///
/// @param <S> the type of the states, best a sealed interface or an enum
/// @param <E> the type of the events, best a sealed interface
public interface StateMachine<S, E> {
    // ---- callbacks

    /// Says where it begins, before the start returns.
    ///
    /// @throws Exception the start fails, and `terminate` is not called
    Step.First<S> init() throws Exception;

    /// Handles an event.
    ///
    /// @throws Exception ends the machine
    Step<S> handle(S state, E event) throws Exception;

    /// Handles a message that is no event. Logs it and stays, unless written otherwise.
    ///
    /// @throws Exception ends the machine
    default Step<S> handleInfo(S state, Object message) throws Exception {
        MachineLoop.unexpected(this, message);
        return stay();
    }

    /// Called when a state is entered: after the step that leads there, before any other event; for the first one, and when
    /// it is repeated, `from` is the state itself. It may set timeouts, answer, change the data and stop, but not change the
    /// state, postpone or insert events (OTP SM-07).
    ///
    /// @throws Exception ends the machine
    default Step<S> enter(S from, S state) throws Exception {
        return stay();
    }

    /// What of the state is compared to see whether it has changed; the rest of it is data.
    default Object phase(S state) {
        return state;
    }

    /// The last thing it does, when a callback has ended it or thrown, or, if it traps exits, its parent has told it to.
    ///
    /// @throws Exception becomes the reason of the end
    default void terminate(ExitReason reason, S state) throws Exception {}

    /// What reports and `Sys` show of an event, and of an answer: leave out what nobody should see.
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

    /// Goes to a state.
    default Step.To<S> to(S state, Action... actions) {
        return new Step.To<>(state, List.of(actions));
    }

    /// Stays in its state, with its data.
    default Step<S> stay(Action... actions) {
        return new Step.Stay<>(List.of(actions));
    }

    /// Enters its state again; postponed events stay where they are, and so does the state timeout.
    default Step<S> repeat(Action... actions) {
        return new Step.Repeat<>(null, List.of(actions));
    }

    /// Enters its state again, with other data.
    default Step<S> repeat(S state, Action... actions) {
        return new Step.Repeat<>(
                Objects.requireNonNull(state, "the state is null"), List.of(actions));
    }

    /// Ends; the replies are sent before `terminate`.
    default Step.Stop<S> stop(Object reason, Action.Reply... replies) {
        return new Step.Stop<>(ExitReason.of(reason), null, List.of(replies));
    }

    /// Ends with other data.
    default Step.Stop<S> stopWith(S state, Object reason, Action.Reply... replies) {
        return new Step.Stop<>(
                ExitReason.of(reason),
                Objects.requireNonNull(state, "the state is null"),
                List.of(replies));
    }

    /// For `init`: it is not needed.
    default Step.First<S> ignore() {
        return new Step.Ignore<>();
    }

    /// For `init`: it cannot work, and ends normally; the start fails with `reason`.
    default Step.First<S> error(Object reason) {
        return new Step.Failed<>(ExitReason.of(reason));
    }

    // ---- actions

    /// Answers the call that is handled.
    default <R> Action.Reply reply(Call<R> request, R value) {
        return new Action.Reply.Here(request, value);
    }

    /// Answers a call that came before, whose [#from] was kept, or that holds its reply address.
    default <R> Action.Reply reply(From<R> from, R value) {
        return new Action.Reply.Later(from, value);
    }

    /// Who waits for the answer to the call that is handled, for answering it later, also from elsewhere.
    ///
    /// @throws IllegalStateException if it is another one
    default <R> From<R> from(Call<R> request) {
        return MachineLoop.from(request);
    }

    /// Has the event come again when the state has changed, before what has come meanwhile.
    default Action postpone() {
        return new Action.Postpone();
    }

    /// Handles `event` next, before all that wait; several in the order in which they stand.
    default Action next(E event) {
        return new Action.Insert(event);
    }

    /// Handles a call next, before all that wait.
    default <R> Action next(From<R> from, Call<R> request) {
        return new Action.InsertCall(from, request);
    }

    /// Waits in as little memory as possible.
    default Action hibernate() {
        return new Action.Hibernate();
    }

    /// Makes `event` come after a while, unless the state changes before. There is one at a time.
    default Action stateTimeout(Duration after, E event) {
        return new Action.SetTimeout(new Action.Timer.OfState(), after, event);
    }

    /// Makes the event of the state timeout not come.
    default Action cancelStateTimeout() {
        return new Action.CancelTimeout(new Action.Timer.OfState());
    }

    /// Makes another event come when the state timeout runs out; at once if none is set.
    default Action updateStateTimeout(E event) {
        return new Action.UpdateTimeout(new Action.Timer.OfState(), event);
    }

    /// Makes `event` come after a while, unless any other event does before.
    default Action eventTimeout(Duration after, E event) {
        return new Action.SetTimeout(new Action.Timer.OfEvent(), after, event);
    }

    /// Makes the event of the event timeout not come.
    default Action cancelEventTimeout() {
        return new Action.CancelTimeout(new Action.Timer.OfEvent());
    }

    /// Makes another event come when the event timeout runs out; at once if none is set.
    default Action updateEventTimeout(E event) {
        return new Action.UpdateTimeout(new Action.Timer.OfEvent(), event);
    }

    /// Makes `event` come after a while, whatever happens before. There is one at a time for each name; with zero it comes
    /// before what has not been received yet.
    default Action timeout(Object name, Duration after, E event) {
        return new Action.SetTimeout(new Action.Timer.Named(name), after, event);
    }

    /// Makes the event of a named timeout not come.
    default Action cancelTimeout(Object name) {
        return new Action.CancelTimeout(new Action.Timer.Named(name));
    }

    /// Makes another event come when a named timeout runs out; at once if none is set.
    default Action updateTimeout(Object name, E event) {
        return new Action.UpdateTimeout(new Action.Timer.Named(name), event);
    }

    // ---- starting and stopping

    /// Starts a machine without a link. Returns when `init` has.
    ///
    /// @throws StartException if it is not up then
    static Pid start(StateMachine<?, ?> machine) {
        return start(StartOptions.options(), machine);
    }

    /// Starts a machine without a link.
    static Pid start(StartOptions options, StateMachine<?, ?> machine) {
        return MachineLoop.start(options, machine, Starting.Bond.NONE).start().orThrow();
    }

    /// Starts a machine linked to this process. Returns when `init` has.
    ///
    /// @throws StartException if it is not up then and this process traps exits, or the machine has not exited for a reason
    /// of its own; else this process goes down with it
    static Pid startLink(StateMachine<?, ?> machine) {
        return startLink(StartOptions.options(), machine);
    }

    /// Starts a machine with a local name, linked to this process.
    static Pid startLink(String name, StateMachine<?, ?> machine) {
        return startLink(StartOptions.named(name), machine);
    }

    /// Starts a machine with a name, linked to this process.
    static Pid startLink(Name name, StateMachine<?, ?> machine) {
        return startLink(StartOptions.named(name), machine);
    }

    /// Starts a machine linked to this process.
    static Pid startLink(StartOptions options, StateMachine<?, ?> machine) {
        return starter(options, machine).start().orThrow();
    }

    /// Starts a machine and a monitor on it.
    static Spawned startMonitor(StartOptions options, StateMachine<?, ?> machine) {
        Starting.Outcome outcome = MachineLoop.start(options, machine, Starting.Bond.MONITOR);
        return new Spawned(outcome.start().orThrow(), Objects.requireNonNull(outcome.monitor()));
    }

    /// How to start a machine linked to whoever starts it: for a [ChildSpec], or to look at what comes of it.
    static Starter starter(StartOptions options, StateMachine<?, ?> machine) {
        return new Starter(options, machine);
    }

    /// Starts a machine linked to the calling process.
    record Starter(StartOptions options, StateMachine<?, ?> machine) implements ChildSpec.Starter {
        @Override
        public Start start() {
            return MachineLoop.start(options, machine, Starting.Bond.LINK).start();
        }
    }

    /// How a supervisor starts it: a permanent worker with five seconds to shut down, whose id is the name of its class; with
    /// a name as well by [Supervisor#worker(String, StateMachine)].
    default ChildSpec childSpec() {
        return ChildSpec.worker(getClass().getName(), starter(StartOptions.options(), this));
    }

    /// Makes the calling process a machine that begins in this state; does not return.
    static <S> void enterLoop(StateMachine<S, ?> machine, S state, Action... actions)
            throws Exception {
        MachineLoop.enter(machine, state, List.of(actions));
    }

    /// Ends a machine in order, normally, and waits until it has ended, as long as that takes.
    ///
    /// @throws ExitException if there is none, or it ends for another reason
    static void stop(Destination machine) {
        stop(machine, ExitReason.NORMAL, null);
    }

    /// Ends the machine of a local name in order.
    static void stop(String machine) {
        stop(Name.local(machine));
    }

    /// Ends a machine in order and waits until it has ended: for `limit` at most, or as long as it takes if that is null.
    ///
    /// @throws ExitException if there is none, it ends for another reason, or not in time; it then goes on ending
    static void stop(Destination machine, Object reason, @Nullable Duration limit) {
        Stopping.stop(machine, ExitReason.of(reason), limit);
    }

    /// Ends the machine of a local name in order: waits for `limit` at most, or as long as it takes if that is null.
    static void stop(String machine, Object reason, @Nullable Duration limit) {
        stop(Name.local(machine), reason, limit);
    }
}
