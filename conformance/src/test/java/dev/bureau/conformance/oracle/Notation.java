package dev.bureau.conformance.oracle;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.SpawnReply;
import dev.bureau.kernel.SystemLimit;
import dev.bureau.kernel.Timeout;
import dev.bureau.kernel.TimerCancelled;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How values are written so that an Elixir term and a Java object that mean the same are the same text. The notation
/// is described in oracle.exs, which has the other half; what changes here changes there.
///
/// One for each run, since pids and references are numbered as they first appear.
final class Notation {
    private final Pid main;
    private final Map<Object, String> numbered = new HashMap<>();

    Notation(Pid main) {
        this.main = main;
    }

    String line(Object... terms) {
        return Stream.of(terms).map(this::term).collect(Collectors.joining(" "));
    }

    private String term(@Nullable Object term) {
        return switch (term) {
            case null -> "nil";
            case Optional<?> optional -> term(optional.orElse(null));
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Duration time -> String.valueOf(time.toMillis());
            case Pid pid -> pid.equals(main) ? "self" : numbered("pid", pid);
            case Ref ref -> numbered("ref", ref);
            case Name.Local(var name) -> name;
            case Name.Remote(var name, _) -> name;
            case ExitReason reason -> reason(reason);
            case Throwable error -> error(error);
            case Down(var ref, var process, var reason) -> tuple("DOWN", ref, process, reason);
            case Exit(var from, var reason) -> tuple("EXIT", from, reason);
            case Timeout(var ref, var message) -> tuple("timeout", ref, message);
            case TimerCancelled(var ref, var left) ->
                    tuple("cancel_timer", ref, left.isPresent() ? left.get() : false);
            case SpawnReply.Started(var ref, var pid) -> tuple("spawn_reply", ref, "ok", pid);
            case SpawnReply.Failed(var ref, var reason) ->
                    tuple("spawn_reply", ref, "error", reason);
            case Reply(var ref, var value) -> tuple(ref, value);
            case Lines.Caught(var reason) -> tuple("caught", reason);
            case Record record -> record(record);
            case Collection<?> all ->
                    all.stream().map(this::term).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map -> map(map);
            default -> term.toString();
        };
    }

    private String reason(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Normal _ -> "normal";
            case ExitReason.Shutdown _ -> "shutdown";
            case ExitReason.ShutdownWith(var detail) -> tuple("shutdown", detail);
            case ExitReason.Kill _ -> "kill";
            case ExitReason.Killed _ -> "killed";
            case ExitReason.NoProc _ -> "noproc";
            case ExitReason.NoConnection _ -> "noconnection";
            case ExitReason.TimedOut _ -> "timeout";
            case ExitReason.CallingSelf _ -> "calling_self";
            case ExitReason.MailboxFull(var process, _) -> tuple("mailbox_full", process);
            case ExitReason.CallCycle _ -> "timeout";
            case ExitReason.Crash(var error) -> error(error);
            case ExitReason.CallFailed(var cause, var server, var request, var limit, _) ->
                    "{%s, %s}"
                            .formatted(
                                    term(cause),
                                    tuple(
                                            "call",
                                            server,
                                            request,
                                            limit == null ? "infinity" : limit));
            case ExitReason.Custom(var term) -> term(term);
        };
    }

    /// Errors that both languages have get one name, others their message.
    private String error(Throwable error) {
        return switch (error) {
            case ExitException exit -> reason(exit.reason());
            case SystemLimit _ -> "error(system_limit)";
            case ArithmeticException _ -> "error(badarith)";
            case IllegalArgumentException _ -> "error(badarg)";
            default -> "error(" + error.getMessage() + ")";
        };
    }

    /// A record is a tuple of its name and its components, and one without components a word.
    private String record(Record record) {
        String name =
                record.getClass()
                        .getSimpleName()
                        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                        .toLowerCase(Locale.ROOT);
        RecordComponent[] components = record.getClass().getRecordComponents();
        if (components.length == 0) {
            return name;
        }
        return Stream.of(components)
                .map(component -> term(value(record, component)))
                .collect(Collectors.joining(", ", "{" + name + ", ", "}"));
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private String map(Map<?, ?> map) {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(term(key), term(value)));
        return sorted.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", ", "%{", "}"));
    }

    private String tuple(@Nullable Object... items) {
        return Stream.of(items).map(this::term).collect(Collectors.joining(", ", "{", "}"));
    }

    private String numbered(String kind, Object id) {
        long before = numbered.values().stream().filter(word -> word.startsWith(kind)).count();
        return numbered.computeIfAbsent(id, _ -> kind + (before + 1));
    }
}
