package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import java.io.Serial;

/// A process could not be started, or found that it is not needed.
public final class StartException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final transient Start outcome;

    StartException(Start outcome) {
        super(message(outcome));
        this.outcome = outcome;
    }

    /// What came of it instead; never [Start.Started].
    public Start outcome() {
        return outcome;
    }

    private static String message(Start outcome) {
        return switch (outcome) {
            case Start.AlreadyStarted(var pid) -> "expected a free name, it belongs to " + pid;
            case Start.Failed(var reason) -> ExitReason.format(reason);
            case Start.Ignored _ ->
                    "init returned ignore(); a start whose outcome is looked at says so";
            case Start.Started(var pid, _) -> pid + " was started";
        };
    }
}
