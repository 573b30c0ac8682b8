package dev.bureau.otp.events;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.CrashedWith;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.Draft;
import dev.bureau.kernel.process.Sending;
import dev.bureau.kernel.process.Shown;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.EventManager.HandlerState;
import dev.bureau.otp.HandlerExit;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.Removal;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.events.ManagerRequest.Outcome;
import dev.bureau.otp.gen.Loop;
import dev.bureau.otp.gen.Reports;
import dev.bureau.otp.gen.Starting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The loop of an [EventManager].
public final class ManagerLoop extends Loop {
    /// Newest first.
    private final List<Installed<?, ?>> handlers = new ArrayList<>();

    private ManagerLoop() {}

    public static Starting.Outcome start(StartOptions options, Starting.Bond bond) {
        return Starting.start(ManagerLoop::new, options, bond);
    }

    /// What may be shown of a message to that handler.
    public static Object shown(EventHandler<?, ?> handler, Object message) {
        return shownSafely(handler::formatMessage, message);
    }

    public static void unexpected(EventHandler<?, ?> handler, Object message) {
        Loop.unexpected(handler.getClass().getName(), message, handler::formatMessage);
    }

    /// Asks a manager; as long as it takes if `limit` is null.
    public static Outcome ask(
            Destination manager, ManagerRequest request, @Nullable Duration limit) {
        Bureau.self();
        Object outcome =
                Calling.call(
                        Current.process(),
                        manager,
                        (From<Outcome> from) -> new Request(from, request),
                        limit);
        return (Outcome) Objects.requireNonNull(outcome);
    }

    @Override
    protected Initial initial() {
        // It outlives those whose handlers it supervises.
        Bureau.trapExits(true);
        return new Initial.Up();
    }

    @Override
    protected void handle(Object message) {
        switch (message) {
            case ManagerRequest.Notification(var event) -> notify(event);
            case Request(var from, ManagerRequest request) -> answerSafely(from, outcome(request));
            case Exit exit -> {
                ownerEnded(exit.from(), exit.reason());
                inform(exit);
            }
            default -> inform(message);
        }
    }

    private Outcome outcome(ManagerRequest request) {
        return switch (request) {
            case ManagerRequest.Sync(var event) -> {
                notify(event);
                yield new Outcome.Done(true);
            }
            case ManagerRequest.Add(var id, var handler, var owner) -> add(id, handler, owner);
            case ManagerRequest.Delete(var id, var argument) -> delete(id, argument);
            case ManagerRequest.Swap swap -> swap(swap);
            case ManagerRequest.Ask(var id, var question) -> ask(id, question);
            case ManagerRequest.Handlers _ ->
                    new Outcome.Done(handlers.stream().map(each -> each.id).toList());
        };
    }

    @SuppressWarnings("unchecked") // it is the answer to a ManagerRequest
    private void answerSafely(From<?> from, Outcome outcome) {
        From<Outcome> caller = (From<Outcome>) from;
        try {
            answer(caller, outcome);
        } catch (NotShareableException refused) {
            // What a handler answers is no reason to end.
            answer(caller, failed(refused));
        }
    }

    private static Outcome failed(Throwable error) {
        return new Outcome.Failed(CrashedWith.shareable(error));
    }

    // ---- events

    private interface Callback {
        @Nullable Reaction<?> run() throws Exception;
    }

    private void notify(Object event) {
        for (Installed<?, ?> handler : List.copyOf(handlers)) {
            if (handler.isFor(event)) tell(handler, event, () -> handler.handle(event));
        }
    }

    private void inform(Object message) {
        for (Installed<?, ?> handler : List.copyOf(handlers)) {
            tell(handler, message, () -> handler.handleInfo(message));
        }
    }

    private void tell(Installed<?, ?> handler, Object event, Callback callback) {
        try {
            Reaction<?> reaction = callback.run();
            if (reaction instanceof Reaction.Reply(_, var value, _)) {
                throw new IllegalStateException(
                        "expected keep, remove or swap from what is no handleCall, got a reply: "
                                + shownSafely(handler::shown, value));
            }
            follow(handler, reaction);
        } catch (Exception | Error thrown) {
            fail(handler, event, thrown);
        }
    }

    private Outcome ask(Object id, Call<?> question) {
        Installed<?, ?> handler = find(id);
        if (handler == null) return new Outcome.Absent(id);
        try {
            if (!(handler.handleCall(question)
                    instanceof Reaction.Reply(var answered, var value, var then))) {
                throw new IllegalStateException("expected a reply from handleCall, got none");
            }
            requireAnswerTo(question, answered);
            follow(handler, then);
            return new Outcome.Done(value);
        } catch (Exception | Error thrown) {
            fail(handler, question, thrown);
            return failed(thrown);
        }
    }

    private void follow(Installed<?, ?> handler, @Nullable Reaction<?> reaction) throws Exception {
        switch (reaction) {
            case Reaction.Keep<?>(var state) -> handler.state(state);
            case Reaction.Remove<?> _ -> {
                remove(handler, new Removal.Removed());
                tellOwner(handler, ExitReason.NORMAL);
            }
            case Reaction.Swap<?>(var argument, var state, var id, var successor) -> {
                Isolation.pass(id);
                handler.state(state);
                int place = handlers.indexOf(handler);
                Optional<Object> left = remove(handler, new Removal.Deleted(argument));
                tellOwner(handler, id, Bureau.self());
                install(place, id, successor, left, handler.owner);
            }
            case Reaction.Reply<?> reply ->
                    throw new IllegalStateException("expected one reply, got another: " + reply);
            case null ->
                    throw new IllegalStateException(
                            "expected keep, remove or swap from a callback of a handler, got: null");
        }
    }

    // ---- adding and removing

    private @Nullable Installed<?, ?> find(Object id) {
        for (Installed<?, ?> handler : handlers) if (handler.id.equals(id)) return handler;
        return null;
    }

    private Outcome add(Object id, EventHandler<?, ?> handler, @Nullable Pid owner) {
        try {
            handlers.addFirst(Installed.first(id, handler, owner));
        } catch (Exception | Error thrown) {
            return failed(thrown);
        }
        if (owner != null) Bureau.link(owner);
        return new Outcome.Done(true);
    }

    private Outcome delete(Object id, Object argument) {
        Installed<?, ?> handler = find(id);
        if (handler == null) return new Outcome.Absent(id);
        handlers.remove(handler);
        try {
            return new Outcome.Done(left(handler, new Removal.Deleted(argument)));
        } catch (Exception | Error thrown) {
            return failed(thrown);
        } finally {
            tellOwner(handler, ExitReason.NORMAL);
        }
    }

    private Outcome swap(ManagerRequest.Swap swap) {
        Installed<?, ?> before = find(swap.id());
        Optional<Object> left = Optional.empty();
        Pid owner = swap.owner();
        if (before != null) {
            left = remove(before, new Removal.Deleted(swap.argument()));
            tellOwner(before, swap.successorId(), swap.by());
            if (owner == null) owner = before.owner;
        }
        try {
            handlers.addFirst(Installed.after(left, swap.successorId(), swap.successor(), owner));
        } catch (Exception | Error thrown) {
            return failed(thrown);
        }
        if (owner != null) Bureau.link(owner);
        return new Outcome.Done(true);
    }

    /// Puts the successor that a handler has named into its place.
    private void install(
            int place,
            Object id,
            EventHandler<?, ?> successor,
            Optional<Object> left,
            @Nullable Pid owner) {
        try {
            handlers.add(place, Installed.after(left, id, successor, owner));
        } catch (Exception | Error thrown) {
            report(
                    id,
                    successor.getClass().getName(),
                    successor::formatReason,
                    thrown,
                    draft -> draft.with("last_message", "takeOver"));
        }
    }

    /// Removes a handler; what its `terminate` came to, which is nothing if it has thrown.
    private Optional<Object> remove(Installed<?, ?> handler, Removal why) {
        handlers.remove(handler);
        try {
            return left(handler, why);
        } catch (Exception | Error thrown) {
            report(handler, "terminate", thrown);
            return Optional.empty();
        }
    }

    private static Optional<Object> left(Installed<?, ?> handler, Removal why) throws Exception {
        return Objects.requireNonNull(handler.terminate(why), "terminate returned null");
    }

    private void fail(Installed<?, ?> handler, Object event, Throwable thrown) {
        // It may be its successor that has failed.
        if (!handlers.contains(handler)) {
            report(handler, event, thrown);
            return;
        }
        ExitReason reason =
                thrown instanceof ExitException exit
                        ? exit.reason()
                        : new ExitReason.Crash(CrashedWith.shareable(thrown));
        if (!ExitReason.isOrderly(reason)) report(handler, event, thrown);
        remove(handler, new Removal.Failed(reason));
        tellOwner(handler, reason);
    }

    private void ownerEnded(Pid owner, ExitReason reason) {
        for (Installed<?, ?> handler : List.copyOf(handlers)) {
            if (Objects.equals(owner, handler.owner))
                remove(handler, new Removal.OwnerEnded(reason));
        }
    }

    private static void tellOwner(Installed<?, ?> handler, ExitReason reason) {
        Pid owner = handler.owner;
        if (owner == null) return;
        Pid self = Bureau.self();
        try {
            Sending.tell(process(), owner, new HandlerExit.Gone(self, handler.id, reason));
        } catch (NotShareableException refused) {
            ExitReason instead = new ExitReason.Crash(CrashedWith.shareable(refused));
            Sending.tell(process(), owner, new HandlerExit.Gone(self, handler.id, instead));
        }
    }

    private static void tellOwner(Installed<?, ?> handler, Object successor, Pid by) {
        Pid owner = handler.owner;
        if (owner == null) return;
        Sending.tell(
                process(),
                owner,
                new HandlerExit.Swapped(Bureau.self(), handler.id, successor, by));
    }

    private static void report(Installed<?, ?> handler, Object event, Throwable thrown) {
        report(
                handler.id,
                handler.module(),
                handler::shownReason,
                thrown,
                draft ->
                        draft.with("last_message", shownSafely(handler::shown, event))
                                .with("state", handler.shown().state()));
    }

    private static void report(
            Object id,
            String module,
            UnaryOperator<ExitReason> shown,
            Throwable thrown,
            UnaryOperator<Draft> details) {
        Pid self = Bureau.self();
        Reports.report(
                Report.Kind.EVENT_HANDLER,
                module,
                () -> {
                    String headline =
                            "event handler "
                                    + Shown.text(id)
                                    + " of "
                                    + self
                                    + " has failed and is removed";
                    Draft draft =
                            new Draft(self, headline)
                                    .with("reason", shownReasonSafely(shown, ExitReason.of(thrown)))
                                    .with("handler", module);
                    return details.apply(draft);
                });
    }

    // ---- what all behaviours have

    @Override
    protected void terminate(ExitReason reason) {
        for (Installed<?, ?> handler : List.copyOf(handlers)) {
            remove(handler, new Removal.Stopped());
            tellOwner(handler, ExitReason.SHUTDOWN);
        }
    }

    @Override
    protected String module() {
        return EventManager.class.getName();
    }

    @Override
    protected Object state() {
        return handlers.stream().map(Installed::state).toList();
    }

    @Override
    protected void replaceState(Object next) {
        List<Object> states = new ArrayList<>();
        List<?> given = next instanceof List<?> list ? list : List.of();
        for (int i = 0; i < handlers.size(); i++) {
            if (given.size() == handlers.size()
                    && given.get(i) instanceof HandlerState(var id, var state)
                    && id.equals(handlers.get(i).id)) {
                states.add(state);
            }
        }
        if (states.size() != handlers.size()) {
            throw new IllegalArgumentException(
                    "expected a list of the same handlers with other states, got: " + next);
        }
        for (int i = 0; i < states.size(); i++) handlers.get(i).state(states.get(i));
    }

    @Override
    protected Object shownState() {
        return handlers.stream().map(Installed::shown).toList();
    }

    /// Each handler has its say on what handlers get and answer, and none on what the manager alone is told.
    @Override
    protected Object shownMessage(Object message) {
        return switch (message) {
            case ManagerRequest.Notification(var event) ->
                    new ManagerRequest.Notification(shownByAll(event));
            case ManagerRequest.Sync(var event) -> new ManagerRequest.Sync(shownByAll(event));
            case ManagerRequest.Ask(_, var request) -> {
                Object shown = shownByAll(request);
                yield shown == request ? message : shown;
            }
            case Outcome.Done(var value) -> new Outcome.Done(shownByAll(value));
            case ManagerRequest _, Outcome _ -> message;
            default -> shownByAll(message);
        };
    }

    private Object shownByAll(Object event) {
        Object shown = event;
        for (Installed<?, ?> each : handlers) shown = each.shown(shown);
        return shown;
    }

    @Override
    protected void changeCode(Object oldVersion, @Nullable Object extra) throws Exception {
        List<Object> states = new ArrayList<>();
        for (Installed<?, ?> each : handlers) states.add(each.changedFor(oldVersion, extra));
        for (int i = 0; i < states.size(); i++) handlers.get(i).state(states.get(i));
    }
}
