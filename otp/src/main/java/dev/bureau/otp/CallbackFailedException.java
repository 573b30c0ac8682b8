package dev.bureau.otp;

import java.io.Serial;

/// A function that was sent to a process failed there; the process goes on as before.
public final class CallbackFailedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    CallbackFailedException(Throwable cause) {
        super(cause.toString(), cause);
    }
}
