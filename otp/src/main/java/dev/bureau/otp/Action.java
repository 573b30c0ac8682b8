package dev.bureau.otp;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.From;
import java.time.Duration;
import java.util.Objects;

/// What a [StateMachine] does beside going to a state: `stay(reply(pay, false), postpone())`.
///
/// Actions are done in the order in which they stand. Whatever that is, timeouts are set last, and events that are
/// inserted come before those that were postponed.
public sealed interface Action {
    /// Answers a call, before anything else happens.
    sealed interface Reply extends Action {
        /// What it is answered with.
        Object value();

        /// Answers the call that is handled.
        record Here(Call<?> request, Object value) implements Reply {
            public Here {
                Objects.requireNonNull(request, "request");
                present(value);
            }
        }

        /// Answers a call that came before.
        record Later(From<?> from, Object value) implements Reply {
            public Later {
                Objects.requireNonNull(from, "from");
                present(value);
            }
        }

        private static void present(Object value) {
            Objects.requireNonNull(
                    value,
                    "the reply is null; reply Optional.empty(), or a type of your own for nothing");
        }
    }

    /// Keeps the event for when the state has changed (OTP SM-02).
    record Postpone() implements Action {}

    /// Waits in as little memory as possible, as a machine always does.
    record Hibernate() implements Action {}

    /// Handles an event before all that wait (OTP SM-03).
    record Insert(Object event) implements Action {
        public Insert {
            Objects.requireNonNull(event, "event");
        }
    }

    /// Handles a call of somebody before all events that wait.
    record InsertCall(From<?> from, Call<?> request) implements Action {
        public InsertCall {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(request, "request");
        }
    }

    /// Makes an event come later; what was set for the same timer is forgotten.
    record SetTimeout(Timer timer, Duration after, Object event) implements Action {
        public SetTimeout {
            Objects.requireNonNull(timer, "timer");
            Objects.requireNonNull(event, "event");
            if (after.isNegative()) {
                throw new IllegalArgumentException(
                        "expected a time-out of zero or more, got: " + after);
            }
        }
    }

    /// Makes the event of a timer not come.
    record CancelTimeout(Timer timer) implements Action {
        public CancelTimeout {
            Objects.requireNonNull(timer, "timer");
        }
    }

    /// Makes another event come when a timer that is set runs out; at once if none is.
    record UpdateTimeout(Timer timer, Object event) implements Action {
        public UpdateTimeout {
            Objects.requireNonNull(timer, "timer");
            Objects.requireNonNull(event, "event");
        }
    }

    /// A timer of a machine: how long what it is set for holds.
    sealed interface Timer {
        /// Until the state changes (OTP SM-04).
        record OfState() implements Timer {}

        /// Until any event comes (OTP SM-05).
        record OfEvent() implements Timer {}

        /// Until it is cancelled (OTP SM-05).
        record Named(Object name) implements Timer {
            public Named {
                Objects.requireNonNull(name, "name");
            }
        }
    }
}
