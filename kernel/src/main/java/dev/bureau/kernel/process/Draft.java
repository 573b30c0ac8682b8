package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Report;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A [Report] that is being written, by the process that makes it. It runs code of others, `toString` above all; so it is
/// done here, where a kill ends it, and not where the log is written.
public final class Draft {
    private final @Nullable Pid pid;
    private final String headline;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    /// @param pid whom it is about; null if that is no process
    public Draft(@Nullable Pid pid, String headline) {
        this.pid = pid;
        this.headline = headline;
    }

    /// Adds a copy of `value`; nothing for null and what is empty.
    public Draft with(String field, @Nullable Object value) {
        if (value == null
                || (value instanceof Collection<?> all && all.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty())) {
            return this;
        }
        Object copy =
                value instanceof ExitReason reason
                        ? CrashedWith.shareable(reason)
                        : Shown.copy(value);
        return with(field, copy, text(value));
    }

    /// Adds `value` itself, which nobody changes any more.
    public Draft with(String field, Object value, String text) {
        fields.put(field, value);
        texts.put(field, Shown.shortened(text));
        return this;
    }

    /// Adds why the process ends: the exception itself, for who counts or sends exceptions.
    public Draft because(ExitReason reason) {
        return with("reason", reason, text(reason));
    }

    private static String text(Object value) {
        return switch (value) {
            case ExitReason reason -> reason(reason);
            case Collection<?> all ->
                    all.stream().map(Shown::text).collect(Collectors.joining(", "));
            default -> Shown.text(value);
        };
    }

    private static String reason(ExitReason reason) {
        try {
            return ExitReason.format(reason);
        } catch (RuntimeException | StackOverflowError broken) {
            return Shown.text(reason);
        }
    }

    Report done(Report.Kind kind, String source) {
        return new Report(
                kind, Instant.now(), Optional.ofNullable(pid), source, headline, fields, texts);
    }
}
