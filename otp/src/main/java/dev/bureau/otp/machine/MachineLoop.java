package dev.bureau.otp.machine;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.ProcessLocal;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Timeout;
import dev.bureau.otp.Action;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.gen.Loop;
import dev.bureau.otp.gen.Starting;
import dev.bureau.otp.gen.TypeArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The loop of a [StateMachine].
///
/*
 * One message makes one event; that may make others come: inserted ones, postponed ones, timeouts of zero. All of them are
 * handled before the next message is received. The order within a step is gen_statem's: replies and all other actions as
 * they stand, the state enter call with its own actions, postponing, the change of state, insertion, timeouts.
 */
public final class MachineLoop<S, E> extends Loop {
    private static final ProcessLocal<MachineLoop<?, ?>> OWN = ProcessLocal.named("$machine");
    private static final TypeArgument EVENTS = new TypeArgument(StateMachine.class, 1);
    private static final Action.Timer OF_STATE = new Action.Timer.OfState();
    private static final Action.Timer OF_EVENT = new Action.Timer.OfEvent();

    private final StateMachine<S, E> machine;
    private final Class<?> events;
    private final EventQueue queue = new EventQueue();
    private final Timeouts timeouts = new Timeouts();
    private @Nullable S state;

    /// What is handled now; null between events and while the first state is entered.
    private @Nullable Event handled;

    /// What the start has said to do first.
    private List<Action> first = List.of();

    private MachineLoop(StateMachine<S, E> machine) {
        this.machine = machine;
        events = EVENTS.of(machine.getClass());
    }

    public static Starting.Outcome start(
            StartOptions options, StateMachine<?, ?> machine, Starting.Bond bond) {
        return Starting.start(() -> new MachineLoop<>(machine), options, bond);
    }

    public static <S> void enter(StateMachine<S, ?> machine, S state, List<Action> actions)
            throws Exception {
        MachineLoop<S, ?> loop = new MachineLoop<>(machine);
        loop.begin(state, actions);
        loop.enter();
    }

    public static void unexpected(StateMachine<?, ?> machine, Object message) {
        Loop.unexpected(machine.getClass().getName(), message, machine::formatMessage);
    }

    /// Who has made the call that the calling machine handles.
    public static <R> From<R> from(Call<R> request) {
        return OWN.get()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "expected to be called in a callback of a state machine"))
                .caller(request)
                .as(request);
    }

    private From<?> caller(Call<?> request) {
        Event event = handled;
        Event call = event == null || event.from() == null ? null : event;
        requireAnswerTo(call == null ? null : call.payload(), request);
        return Objects.requireNonNull(Objects.requireNonNull(call).from());
    }

    // ---- the beginning

    @Override
    protected Initial initial() throws Exception {
        return switch (Objects.requireNonNull(machine.init(), "init returned null")) {
            case Step.To<S>(var state, var actions) -> {
                begin(state, actions);
                yield new Initial.Up();
            }
            case Step.Stop<S>(var reason, _, var replies) -> {
                replies.forEach(this::reply);
                yield new Initial.Stop(reason);
            }
            case Step.Ignore<S> _ -> new Initial.Ignore();
            case Step.Failed<S>(var reason) -> new Initial.Failed(reason);
        };
    }

    private void begin(S beginning, List<Action> actions) {
        if (actions.stream().anyMatch(Action.Postpone.class::isInstance)) {
            throw new IllegalArgumentException(
                    "expected an event to postpone, got postpone() for the first state");
        }
        state = Objects.requireNonNull(beginning, "the state is null");
        first = actions;
    }

    @Override
    protected void started() throws Exception {
        OWN.put(this);
        Transition transition = new Transition();
        transition.add(first);
        first = List.of();
        transition.enter(current(), current());
        transition.finish();
        handleAll();
    }

    // ---- events

    @Override
    protected void take(Object message) throws Exception {
        Object payload = message;
        if (message instanceof Timeout timeout && timeout.message() instanceof Timeouts.Due due) {
            payload = timeouts.ranOut(timeout, due);
            if (payload == null) return;
        }
        handle(payload);
    }

    @Override
    protected void handle(Object message) throws Exception {
        handle(
                message instanceof Request(var from, var payload)
                        ? new Event(payload, from)
                        : new Event(message, null));
        handleAll();
    }

    /// Handles what is to be handled before the next message.
    private void handleAll() throws Exception {
        while (true) {
            Event event = queue.poll();
            if (event == null) {
                Object due = timeouts.poll();
                if (due == null) return;
                event = new Event(due, null);
            }
            handle(event);
        }
    }

    private void handle(Event event) throws Exception {
        begun(event.payload());
        timeouts.cancel(OF_EVENT);
        handled = event;
        follow(stepFor(event));
        handled = null;
        done();
    }

    @SuppressWarnings("unchecked") // the class of the events was asked
    private @Nullable Step<S> stepFor(Event event) throws Exception {
        Object payload = event.payload();
        if (events.isInstance(payload)) return machine.handle(current(), (E) payload);
        if (event.from() != null || payload instanceof Cast) {
            throw new IllegalArgumentException(
                    "expected a "
                            + (event.from() != null ? "call" : "cast")
                            + " that is an event of "
                            + module()
                            + ", a "
                            + events.getName()
                            + ", got: "
                            + payload);
        }
        return machine.handleInfo(current(), payload);
    }

    private void follow(@Nullable Step<S> step) throws Exception {
        Transition transition = new Transition();
        switch (step) {
            case Step.To<S>(var next, var actions) -> {
                S old = current();
                transition.changes = !machine.phase(old).equals(machine.phase(next));
                transition.add(actions);
                if (transition.changes) {
                    transition.enter(old, next);
                } else {
                    state = next;
                }
            }
            case Step.Stay<S>(var actions) -> transition.add(actions);
            case Step.Repeat<S>(var next, var actions) -> {
                S repeated = repeated(next);
                transition.add(actions);
                transition.enter(repeated, repeated);
            }
            case Step.Stop<S> stop -> stop(stop);
            case null -> throw new IllegalStateException(nothing("to, stay, repeat or stop"));
        }
        transition.finish();
    }

    /// The state with the data it is to have from now on.
    private S repeated(@Nullable S next) {
        S old = current();
        if (next == null) return old;
        if (!machine.phase(old).equals(machine.phase(next))) {
            throw new IllegalStateException("expected the state to stay " + old + ", got: " + next);
        }
        return next;
    }

    private void stop(Step.Stop<S> stop) {
        if (stop.state() != null) state = stop.state();
        stop.replies().forEach(this::reply);
        stop(stop.reason(), null);
    }

    private String nothing(String expected) {
        return "expected " + expected + " from a callback of " + module() + ", got: null";
    }

    @SuppressWarnings("unchecked") // reply(Call<R>, R) has checked it
    private void reply(Action.Reply reply) {
        From<?> from =
                switch (reply) {
                    case Action.Reply.Here(var request, _) -> caller(request);
                    case Action.Reply.Later(var kept, _) -> kept;
                };
        answer((From<Object>) from, reply.value());
    }

    /// What a step and the state enter calls that follow it come to.
    private final class Transition {
        private final List<Event> inserted = new ArrayList<>(0);
        private final List<Action> timing = new ArrayList<>(0);
        private boolean postpones;
        private boolean changes;

        void add(List<Action> actions) {
            for (Action action : actions) {
                switch (action) {
                    case Action.Reply reply -> reply(reply);
                    case Action.Postpone _ -> postpones = true;
                    case Action.Hibernate _ -> {}
                    case Action.Insert(var event) -> inserted.add(new Event(event, null));
                    case Action.InsertCall(var from, var call) ->
                            inserted.add(new Event(call, from));
                    case Action.SetTimeout _, Action.CancelTimeout _, Action.UpdateTimeout _ ->
                            timing.add(action);
                }
            }
        }

        /// Calls `enter`, again as long as that repeats the state.
        void enter(S from, S next) throws Exception {
            S old = from;
            S entered = next;
            while (true) {
                Step<S> step = machine.enter(old, entered);
                // Not before: what enter throws ends the machine in the state it was in.
                state = entered;
                switch (step) {
                    case Step.Stay<S>(var actions) -> addEntering(actions);
                    case Step.To<S>(var data, var actions) -> {
                        state = repeated(data);
                        addEntering(actions);
                    }
                    case Step.Repeat<S>(var data, var actions) -> {
                        old = entered = repeated(data);
                        addEntering(actions);
                        continue;
                    }
                    case Step.Stop<S> stop -> stop(stop);
                    case null -> throw new IllegalStateException(nothing("stay or stop"));
                }
                return;
            }
        }

        private void addEntering(List<Action> actions) {
            for (Action action : actions) {
                switch (action) {
                    case Action.Postpone _, Action.Insert _, Action.InsertCall _ ->
                            throw new IllegalStateException(
                                    "expected replies and timeouts from enter, got: " + action);
                    default -> {}
                }
            }
            add(actions);
        }

        void finish() {
            if (postpones) queue.postpone(Objects.requireNonNull(handled));
            if (changes) {
                queue.retry();
                timeouts.cancel(OF_STATE);
            }
            queue.insert(inserted);
            for (Action action : timing) {
                switch (action) {
                    case Action.SetTimeout(var timer, var after, var event) ->
                            timeouts.set(timer, after, event);
                    case Action.CancelTimeout(var timer) -> timeouts.cancel(timer);
                    case Action.UpdateTimeout(var timer, var event) ->
                            timeouts.update(timer, event);
                    default -> throw new IllegalArgumentException("no timeout: " + action);
                }
            }
        }
    }

    // ---- what all behaviours have

    @Override
    protected void terminate(ExitReason reason) throws Exception {
        machine.terminate(reason, current());
    }

    private S current() {
        return Objects.requireNonNull(state);
    }

    @Override
    protected String module() {
        return machine.getClass().getName();
    }

    @Override
    protected Object state() {
        return current();
    }

    @Override
    @SuppressWarnings("unchecked") // by who calls Sys.replaceState
    protected void replaceState(Object next) {
        state = (S) next;
    }

    @Override
    protected Object shownState() {
        return machine.formatStatus(current());
    }

    @Override
    protected Object shownMessage(Object message) {
        return machine.formatMessage(message);
    }

    @Override
    protected ExitReason shownReason(ExitReason reason) {
        return machine.formatReason(reason);
    }

    @Override
    protected void changeCode(Object oldVersion, @Nullable Object extra) throws Exception {
        state = Objects.requireNonNull(machine.changeCode(oldVersion, current(), extra));
    }
}
