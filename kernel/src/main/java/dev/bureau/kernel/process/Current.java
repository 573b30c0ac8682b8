package dev.bureau.kernel.process;

import dev.bureau.scheduler.Fiber;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which process the calling thread is.
public final class Current {
    private Current() {}

    /// The process whose thread calls, or the guest that the thread is; null when it is neither.
    public static @Nullable LocalProcess processOrNull() {
        return Fiber.current() instanceof LocalProcess process ? process : GuestProcess.current();
    }

    /// The same, where it is known to be one.
    public static LocalProcess process() {
        return Objects.requireNonNull(processOrNull(), "the calling thread is no process");
    }
}
