package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitReason;

/// A body that is run again whenever there is a message, and returns when there is none: between, its process holds no stack
/// and no thread. It never ends by returning; it throws.
///
/// A process becomes one by `hibernate(serving)`.
public interface Serving extends Body {
    /// What its process does each time.
    ///
    /// @throws Exception ends the process
    void serve(LocalProcess self) throws Exception;

    @Override
    default void run() throws Exception {
        serve(Current.process());
    }

    /// The number of the message that it is handling; 0 if it is not. For those who look on: a moment old.
    default int handling() {
        return 0;
    }

    /// What may be shown of why its process has ended; also for those who look on, in a thread of their own.
    default ExitReason shown(ExitReason reason) {
        return reason;
    }

    /// What its process was started to do, for those who look at it (OTP G-32).
    default String initialCall() {
        return getClass().getName();
    }
}
