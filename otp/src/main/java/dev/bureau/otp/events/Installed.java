package dev.bureau.otp.events;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager.HandlerState;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.Removal;
import dev.bureau.otp.gen.TypeArgument;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A handler in its manager, and its state.
final class Installed<S, E> {
    private static final TypeArgument EVENTS = new TypeArgument(EventHandler.class, 1);

    final Object id;

    /// Who supervises it, if anybody does.
    final @Nullable Pid owner;

    private final EventHandler<S, E> handler;
    private final Class<?> events;
    private S state;

    private Installed(Object id, EventHandler<S, E> handler, @Nullable Pid owner, S state) {
        this.id = id;
        this.handler = handler;
        this.owner = owner;
        this.state = Objects.requireNonNull(state, "the state is null");
        events = EVENTS.of(handler.getClass());
    }

    static <S, E> Installed<S, E> first(Object id, EventHandler<S, E> handler, @Nullable Pid owner)
            throws Exception {
        return new Installed<>(id, handler, owner, handler.init());
    }

    static <S, E> Installed<S, E> after(
            Optional<Object> left, Object id, EventHandler<S, E> handler, @Nullable Pid owner)
            throws Exception {
        return new Installed<>(id, handler, owner, handler.takeOver(left));
    }

    boolean isFor(Object event) {
        return events.isInstance(event);
    }

    @SuppressWarnings("unchecked") // isFor was asked
    @Nullable Reaction<?> handle(Object event) throws Exception {
        return handler.handle((E) event, state);
    }

    @Nullable Reaction<?> handleCall(Call<?> request) throws Exception {
        return handler.handleCall(request, state);
    }

    @Nullable Reaction<?> handleInfo(Object message) throws Exception {
        return handler.handleInfo(message, state);
    }

    Optional<Object> terminate(Removal why) throws Exception {
        return handler.terminate(why, state);
    }

    @SuppressWarnings("unchecked") // what its callbacks return is of its type
    void state(Object next) {
        state = (S) next;
    }

    HandlerState state() {
        return new HandlerState(id, state);
    }

    HandlerState shown() {
        return new HandlerState(id, handler.formatStatus(state));
    }

    /// What may be shown of an event.
    Object shown(Object event) {
        return handler.formatMessage(event);
    }

    /// What may be shown of why it has failed.
    ExitReason shownReason(ExitReason reason) {
        return handler.formatReason(reason);
    }

    /// Its class.
    String module() {
        return handler.getClass().getName();
    }

    Object changedFor(Object oldVersion, @Nullable Object extra) throws Exception {
        return Objects.requireNonNull(
                handler.changeCode(oldVersion, state, extra), "the state is null");
    }
}
