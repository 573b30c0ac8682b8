package dev.bureau.kernel;

import org.jspecify.annotations.Nullable;

/// Thrown when something was to cross from one process to another that neither is immutable nor can be copied.
///
/// Processes share no memory, so a message, what a `Body` captures and what a call returns must be deeply immutable, or
/// made of what can be copied: arrays, the collections of the JDK, records and lambdas over them. The exception names
/// the way from the message to the culprit, and how to mend it:
///
/// ```text
/// Order.items -> ArrayList[3] -> java.util.concurrent.atomic.AtomicLong: not immutable and not known how to copy;
/// keep it in one process and send its value
/// ```
///
/// It is thrown in the process that sends, spawns or replies; nothing was sent then, and no resource changed hands.
public final class NotShareableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Made by the runtime.
    public NotShareableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
