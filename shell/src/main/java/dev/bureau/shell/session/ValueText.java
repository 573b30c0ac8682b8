package dev.bureau.shell.session;

import dev.bureau.kernel.isolation.BoundedText;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value as the prompt shows it: strings in quotes, arrays with what is in them, no more than fits a screen or two.
///
/// Collections and records are read no further than there is room: the text of all that a list of millions holds might not fit the heap.
final class ValueText {
    /// Characters; what is longer is cut, and how much of it is told where that is known.
    static final int MOST = 20_000;

    /// The same of a value that a program reads.
    private static final int MOST_PLAIN = 16 << 20;

    private static final int MOST_ELEMENTS = 1_000;

    private ValueText() {}

    static String of(@Nullable Object value) {
        return cut(text(value, MOST));
    }

    /// As it is, for who reads it with a program.
    static String plain(@Nullable Object value) {
        return value instanceof CharSequence text ? text.toString() : text(value, MOST_PLAIN);
    }

    private static String text(@Nullable Object value, int most) {
        return switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            case Character c -> "'" + c + "'";
            case Optional<?> optional ->
                    optional.map(it -> "Optional[" + text(it, most) + "]").orElse("Optional.empty");
            case Collection<?> _, Map<?, ?> _ -> BoundedText.of(value, most);
            case Record record when !isView(record) -> BoundedText.of(record, most);
            default -> value.getClass().isArray() ? array(value) : String.valueOf(value);
        };
    }

    /// Of the observer: bounded in itself, and written as a table.
    private static boolean isView(Record record) {
        return record.getClass().getPackageName().startsWith("dev.bureau.observer");
    }

    private static String array(Object array) {
        int length = Array.getLength(array);
        var text =
                new StringBuilder(array.getClass().getComponentType().getSimpleName())
                        .append('[')
                        .append(length)
                        .append("] { ");
        for (int i = 0; i < length; i++) {
            if (i > 0) text.append(", ");
            if (i == MOST_ELEMENTS || text.length() > MOST) return text.append("... }").toString();
            text.append(text(Array.get(array, i), MOST));
        }
        return text.append(" }").toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i <= MOST; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        if (text.length() > MOST) {
            return quoted + "... (" + (text.length() - MOST) + " more characters)";
        }
        return quoted.append('"').toString();
    }

    private static String cut(String text) {
        if (text.length() <= MOST + 100) return text;
        return text.substring(0, MOST) + "... (" + (text.length() - MOST) + " more characters)";
    }
}
