package dev.bureau.otp;

import dev.bureau.kernel.Call;
import java.util.Objects;

/// What an [EventHandler] does about an event or a call.
///
/// @param <S> the type of its state
public sealed interface Reaction<S> {
    /// It goes on with this state.
    record Keep<S>(S state) implements Reaction<S> {
        public Keep {
            Objects.requireNonNull(state, "the state is null");
        }
    }

    /// It is removed.
    record Remove<S>() implements Reaction<S> {}

    /// Another takes its place.
    ///
    /// @param argument what its `terminate` is told, in [Removal.Deleted]
    /// @param id that of its successor
    record Swap<S>(Object argument, S state, Object id, EventHandler<?, ?> successor)
            implements Reaction<S> {
        public Swap {
            Objects.requireNonNull(argument, "argument");
            Objects.requireNonNull(state, "the state is null");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(successor, "successor");
        }
    }

    /// It answers the call it handles, `request`.
    record Reply<S>(Call<?> request, Object value, Reaction<S> then) implements Reaction<S> {
        public Reply {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(
                    value,
                    "the reply is null; reply Optional.empty(), or a type of your own for nothing");
            Objects.requireNonNull(then, "then");
            if (then instanceof Reply) {
                throw new IllegalArgumentException("expected one reply, got another: " + then);
            }
        }
    }
}
