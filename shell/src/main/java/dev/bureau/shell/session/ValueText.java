package dev.bureau.shell.session;

import java.lang.reflect.Array;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value as the prompt shows it: strings in quotes, arrays with what is in them, no more than fits a screen or two.
final class ValueText {
    /// Characters; what is longer is cut, and how much of it is told.
    static final int MOST = 20_000;

    private static final int MOST_ELEMENTS = 1_000;

    private ValueText() {}

    static String of(@Nullable Object value) {
        return cut(text(value));
    }

    /// As it is, for who reads it with a program.
    static String plain(@Nullable Object value) {
        return value instanceof CharSequence text ? text.toString() : text(value);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            case Character c -> "'" + c + "'";
            case Optional<?> optional ->
                    optional.map(it -> "Optional[" + text(it) + "]").orElse("Optional.empty");
            default -> value.getClass().isArray() ? array(value) : String.valueOf(value);
        };
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
            text.append(text(Array.get(array, i)));
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
