package dev.bureau.otp;

import java.time.Duration;
import java.util.Objects;

/// What a server does once a callback has returned, beside waiting for the next message: the last part of an [Init] or a
/// [Next].
public sealed interface After {
    /// Waits for the next message.
    record Wait() implements After {}

    /// Calls `handleContinue` before any message is looked at (OTP G-10).
    record Continue(Object with) implements After {
        public Continue {
            Objects.requireNonNull(with, "with");
        }
    }

    /// Calls `handleInfo` with [IdleTimeout] unless a message comes before (OTP G-11).
    record Within(Duration limit) implements After {
        public Within {
            if (limit.isNegative()) {
                throw new IllegalArgumentException(
                        "expected a time-out of zero or more, got: " + limit);
            }
        }
    }

    /// Waits in as little memory as possible (OTP G-30).
    record Hibernate() implements After {}
}
