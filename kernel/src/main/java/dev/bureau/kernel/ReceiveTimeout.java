package dev.bureau.kernel;

import java.time.Duration;

/// Thrown by a `receive` with a time limit when no matching message came in time. The mailbox is as it was.
public final class ReceiveTimeout extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReceiveTimeout(String awaited, Duration limit) {
        super("received no " + awaited + " within " + limit.toMillis() + " ms");
    }
}
