package dev.bureau.otp;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.ExitReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a callback of a server comes to (OTP G-17).
///
/// @param <S> the type of the state
public sealed interface Next<S> {
    /// The state from now on.
    S state();

    /// It answers the call it handles, `request`, and goes on.
    record Reply<S>(Call<?> request, Object value, S state, After after) implements Next<S> {
        public Reply {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(
                    value,
                    "the reply is null; reply Optional.empty(), or a type of your own for nothing");
            Objects.requireNonNull(state, "the state is null");
            Objects.requireNonNull(after, "after");
        }
    }

    /// It goes on; a call is answered later, by `reply(from, value)`.
    record NoReply<S>(S state, After after) implements Next<S> {
        public NoReply {
            Objects.requireNonNull(state, "the state is null");
            Objects.requireNonNull(after, "after");
        }
    }

    /// It ends: `terminate` runs, then `request`, the call it handles, is answered, if there is an answer, then it exits (OTP G-18).
    record Stop<S>(ExitReason reason, @Nullable Call<?> request, @Nullable Object reply, S state)
            implements Next<S> {
        public Stop {
            Objects.requireNonNull(reason, "reason");
            if ((request == null) != (reply == null)) {
                throw new NullPointerException(
                        request == null ? "the request is null" : "the reply is null");
            }
            Objects.requireNonNull(state, "the state is null");
        }
    }
}
