package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import java.util.Objects;

/// Why an [EventHandler] is removed.
public sealed interface Removal {
    /// Somebody deletes it or puts another in its place: with this argument.
    record Deleted(Object argument) implements Removal {
        public Deleted {
            Objects.requireNonNull(argument, "argument");
        }
    }

    /// It has said so itself.
    record Removed() implements Removal {}

    /// Who added it to be supervised has ended.
    record OwnerEnded(ExitReason reason) implements Removal {}

    /// The manager ends.
    record Stopped() implements Removal {}

    /// It has failed.
    record Failed(ExitReason reason) implements Removal {}
}
