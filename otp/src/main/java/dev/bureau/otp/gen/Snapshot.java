package dev.bureau.otp.gen;

import dev.bureau.kernel.isolation.Isolation;
import java.util.Objects;

/// What is inside a process as it is now, for those who look at it later or from elsewhere.
final class Snapshot {
    private static final int LONGEST = 8_000;

    private Snapshot() {}

    /// A copy; a text in place of what cannot be copied.
    static Object of(Object inside) {
        try {
            return Objects.requireNonNull(Isolation.pass(inside));
        } catch (RuntimeException | StackOverflowError notCopied) {
            return text(inside);
        }
    }

    /// As text; the beginning of a long one.
    static String text(Object inside) {
        try {
            String text = String.valueOf(inside);
            int over = text.length() - LONGEST;
            return over <= 0
                    ? text
                    : text.substring(0, LONGEST) + " ... and " + over + " characters more";
        } catch (RuntimeException | StackOverflowError broken) {
            return inside.getClass().getName() + " (its toString failed)";
        }
    }
}
