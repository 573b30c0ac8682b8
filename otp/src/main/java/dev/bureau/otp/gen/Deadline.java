package dev.bureau.otp.gen;

import dev.bureau.kernel.process.LocalProcess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A moment on the clock of the node, for what waits several times with one time limit.
///
/// @param begin in nanoseconds
/// @param limit what there is in all from then on, or null for as long as it takes
public record Deadline(LocalProcess self, long begin, @Nullable Duration limit) {
    /// The moment that comes after `limit`, or never if that is null.
    public static Deadline in(@Nullable Duration limit) {
        LocalProcess self = Loop.process();
        return new Deadline(self, self.node().nanoTime(), limit);
    }

    /// What is left, zero or more; null if there is no limit.
    public @Nullable Duration left() {
        if (limit == null) return null;
        Duration left = limit.minusNanos(self.node().nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
