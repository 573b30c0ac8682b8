package dev.bureau.otp;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.ExitReason;
import dev.bureau.otp.events.ManagerLoop;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of those who are told of the events of an [EventManager]; there is an example.
///
/// **Threading.** All handlers of a manager run in its process, one after the other: one that blocks holds up the rest, and
/// an event that is mutable is the same object for all of them. The object that implements this is sent to the manager: its
/// fields hold nothing mutable. Its state may.
///
/// **Failure.** A handler that throws is removed, and that is logged; the manager and the other handlers go on.
///
/// @param <S> the type of its state
/// @param <E> the type of the events that it is told of; others pass it by
public interface EventHandler<S, E> {
    /// Makes the first state.
    ///
    /// @throws Exception it is not added
    S init() throws Exception;

    /// Makes the first state of one that takes the place of another, from what that has left; empty if that is nothing
    /// or there was no other.
    ///
    /// @throws Exception it is not added
    default S takeOver(Optional<Object> left) throws Exception {
        return init();
    }

    /// Handles an event.
    ///
    /// @throws Exception removes it
    Reaction<S> handle(E event, S state) throws Exception;

    /// Handles a request by [EventManager#call].
    ///
    /// @throws Exception removes it, and fails the call
    default Reaction<S> handleCall(Call<?> request, S state) throws Exception {
        return unexpected(request);
    }

    /// Handles a message that is no event. Logs it, unless written otherwise.
    ///
    /// @throws Exception removes it
    default Reaction<S> handleInfo(Object message, S state) throws Exception {
        ManagerLoop.unexpected(this, message);
        return keep(state);
    }

    /// The last thing it does. What it leaves goes to its successor or to who has deleted it.
    ///
    /// @throws Exception is told to who has deleted it, else logged
    default Optional<Object> terminate(Removal why, S state) throws Exception {
        return Optional.empty();
    }

    /// What reports show of the event or other message that was being handled: leave out what nobody should see.
    default Object formatMessage(Object message) {
        return message;
    }

    /// What reports and `Sys` show of the state: leave out what nobody should see.
    default Object formatStatus(S state) {
        return state;
    }

    /// What reports show of why it has failed: leave out what nobody should see of the text of an exception, say. Its owner
    /// and who waits for its answer are told the reason as it is.
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

    /// Goes on.
    default Reaction<S> keep(S state) {
        return new Reaction.Keep<>(state);
    }

    /// Is removed.
    default Reaction<S> remove() {
        return new Reaction.Remove<>();
    }

    /// Gives its place to another, which takes over what `terminate` comes to.
    default Reaction<S> swap(Object argument, S state, Object id, EventHandler<?, ?> successor) {
        return new Reaction.Swap<>(argument, state, id, successor);
    }

    /// Answers `request`, which is the one that is being handled, and goes on.
    default <R> Reaction<S> reply(Call<R> request, R value, S state) {
        return reply(request, value, keep(state));
    }

    /// Answers `request`, and does what `then` says.
    default <R> Reaction<S> reply(Call<R> request, R value, Reaction<S> then) {
        return new Reaction.Reply<>(request, value, then);
    }

    /// Refuses a request that it does not know.
    default Reaction<S> unexpected(Call<?> request) {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " was called with what it does not handle: "
                        + ManagerLoop.shown(this, Objects.requireNonNull(request, "request")));
    }
}
