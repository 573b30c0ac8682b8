package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a [StateMachine] does about an event (OTP SM-07, SM-10).
///
/// @param <S> the type of the state
public sealed interface Step<S> {
    /// What `init` may come to.
    sealed interface First<S> {}

    /// Goes to a state, which may be the one it is in.
    record To<S>(S state, List<Action> actions) implements Step<S>, First<S> {
        public To {
            Objects.requireNonNull(state, "the state is null");
        }
    }

    /// Stays as it is.
    record Stay<S>(List<Action> actions) implements Step<S> {}

    /// Stays in its state and enters it again; with other data, unless `state` is null.
    record Repeat<S>(@Nullable S state, List<Action> actions) implements Step<S> {}

    /// Answers, ends with `terminate`, and exits; with other data, unless `state` is null.
    record Stop<S>(ExitReason reason, @Nullable S state, List<Action.Reply> replies)
            implements Step<S>, First<S> {
        public Stop {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /// It is not needed: it ends normally, and the start comes to [Start.Ignored].
    record Ignore<S>() implements First<S> {}

    /// It cannot work: it ends normally, and the start fails with this reason.
    record Failed<S>(ExitReason reason) implements First<S> {
        public Failed {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
