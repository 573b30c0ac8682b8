package dev.bureau.kernel;

import org.jspecify.annotations.Nullable;

/// Thrown by `exit(reason)` and by a failed call: ends the process with [#reason()] unless it is caught.
///
/// It may be caught, as `catch exit:Reason` may in Erlang; a signal from another process is not an exception and cannot
/// be caught this way, see `trapExits`.
public final class ExitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ExitReason reason;

    public ExitException(ExitReason reason) {
        super(cause(reason));
        this.reason = reason;
    }

    private static @Nullable Throwable cause(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Crash(var error) -> error;
            case ExitReason.CallFailed(ExitReason.Crash(var error), _, _, _, _) -> error;
            default -> null;
        };
    }

    /// The reason with which the process ends if nobody catches this.
    public ExitReason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return ExitReason.format(reason);
    }
}
