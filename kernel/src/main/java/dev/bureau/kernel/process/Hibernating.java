package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import java.util.Objects;

/// Waiting in as little memory as possible (OTP P-13).
public final class Hibernating {
    private Hibernating() {}

    /// Keeps the stack.
    public static void untilMessage(LocalProcess self) {
        Receiving.awaitAny(self);
    }

    /// Gives the stack up: what it held is gone when the process waits.
    public static void into(LocalProcess self, Body continuation) {
        self.enter();
        if (self.isGuest()) {
            throw new IllegalStateException("a guest cannot give its stack up; use hibernate()");
        }
        throw Hibernation.into(Objects.requireNonNull(continuation, "continuation"));
    }
}
