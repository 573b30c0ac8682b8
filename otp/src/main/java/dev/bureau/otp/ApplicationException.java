package dev.bureau.otp;

import java.io.Serial;

/// What was asked of an [Application] cannot be done, or was done in vain.
public final class ApplicationException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final transient ApplicationError error;

    /// Made by the runtime.
    public ApplicationException(ApplicationError error) {
        super(error.toString());
        this.error = error;
    }

    /// What it was.
    public ApplicationError error() {
        return error;
    }

    static void raise(ApplicationError error) {
        throw new ApplicationException(error);
    }
}
