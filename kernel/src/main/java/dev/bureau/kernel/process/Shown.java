package dev.bureau.kernel.process;

import dev.bureau.kernel.isolation.Isolation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What others get to see of the inside of a process: copies and texts, so that looking shares no memory.
///
/// Runs user code (`toString`) and reads what the owner may be changing, so it holds no lock and takes any failure for an
/// answer.
public final class Shown {
    private static final int LONGEST = 8_000;

    private Shown() {}

    /// A copy; a text in place of what cannot be copied, such as a resource that has an owner.
    public static Object copy(Object inside) {
        try {
            return Objects.requireNonNull(Isolation.pass(inside));
        } catch (RuntimeException | StackOverflowError notCopied) {
            return text(inside);
        }
    }

    /// As text; the beginning of a long one.
    public static String text(Object inside) {
        try {
            return shortened(String.valueOf(inside));
        } catch (RuntimeException | StackOverflowError broken) {
            return inside.getClass().getName() + " (its toString failed)";
        }
    }

    static String shortened(String text) {
        int over = text.length() - LONGEST;
        return over <= 0
                ? text
                : text.substring(0, LONGEST) + " ... and " + over + " characters more";
    }

    /// As texts.
    static Map<String, String> texts(Map<Object, Object> inside) {
        Map<String, String> texts = new LinkedHashMap<>();
        inside.forEach((key, value) -> texts.put(text(key), text(value)));
        return texts;
    }
}
