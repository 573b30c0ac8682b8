package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import java.util.Objects;

/// What `init` of a server comes to (OTP G-02).
///
/// @param <S> the type of the state
public sealed interface Init<S> {
    /// It is up, with this state.
    record Ok<S>(S state, After after) implements Init<S> {
        public Ok {
            Objects.requireNonNull(state, "the state is null");
            Objects.requireNonNull(after, "after");
        }
    }

    /// It is not needed: it ends normally, and the start comes to [Start.Ignored].
    record Ignore<S>() implements Init<S> {}

    /// It cannot work: it exits with this reason, and the start fails with it.
    record Stop<S>(ExitReason reason) implements Init<S> {}

    /// It cannot work: it ends normally, and the start fails with this reason.
    record Failed<S>(ExitReason reason) implements Init<S> {}
}
