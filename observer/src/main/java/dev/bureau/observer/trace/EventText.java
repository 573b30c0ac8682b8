package dev.bureau.observer.trace;

import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.isolation.BoundedText;
import dev.bureau.kernel.isolation.Isolation;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How events are written: in a line each, no part of it endless.
final class EventText {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_VALUE = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

    private EventText() {}

    static String line(TraceEvent event, String what) {
        return TIME.format(event.time().atZone(ZoneId.systemDefault()))
                + " "
                + event.who()
                + " "
                + what;
    }

    /// The name of a process in a line.
    static String name(Object name) {
        return name instanceof String text ? clipped(text) : of(name);
    }

    static String of(@Nullable Object value) {
        return BoundedText.of(value, LONGEST_VALUE).replaceAll("\\s+", " ");
    }

    /// What is seen of a value now, to be made text later.
    static Object seen(@Nullable Object value) {
        return value != null && Isolation.isImmutable(value)
                ? value
                : BoundedText.glimpse(value, LONGEST_VALUE);
    }

    /// A message, without what the runtime puts around it.
    static String message(Object message) {
        return switch (message) {
            case Request(_, var payload) -> "call " + of(payload);
            case Shown.Asked(var shown) -> "call " + of(shown);
            case Reply(_, var value) -> "reply " + of(value);
            default -> of(message);
        };
    }

    private static String clipped(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "...";
    }

    static String duration(Duration time) {
        long nanos = time.toNanos();
        if (nanos < 10_000) return nanos + " ns";
        if (nanos < 10_000_000) return nanos / 1_000 + " us";
        return nanos / 1_000_000 + " ms";
    }
}
