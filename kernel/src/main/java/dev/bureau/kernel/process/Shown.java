package dev.bureau.kernel.process;

import dev.bureau.kernel.isolation.Isolation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What others get to see of the inside of a process: copies and texts, so that looking shares no memory.
///
/// Runs user code (`toString`) and reads what the owner may be changing, so it holds no lock and takes any failure for an
/// answer.
final class Shown {
    private Shown() {}

    /// A copy; a text in place of what cannot be copied, such as a resource that has an owner.
    static Object copy(Object inside) {
        try {
            return Objects.requireNonNull(Isolation.pass(inside));
        } catch (RuntimeException | StackOverflowError notCopied) {
            return text(inside);
        }
    }

    /// As text.
    static String text(Object inside) {
        try {
            return String.valueOf(inside);
        } catch (RuntimeException | StackOverflowError broken) {
            return inside.getClass().getName() + " (its toString failed)";
        }
    }

    /// As texts.
    static Map<String, String> texts(Map<Object, Object> inside) {
        Map<String, String> texts = new LinkedHashMap<>();
        inside.forEach((key, value) -> texts.put(text(key), text(value)));
        return texts;
    }
}
