package dev.bureau.otp;

import java.io.Serial;

/// An [EventManager] has no handler of that id.
public final class NoSuchHandler extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    NoSuchHandler(Object id) {
        super("expected the id of a handler, got: " + id + "; EventManager.handlers lists them");
    }
}
