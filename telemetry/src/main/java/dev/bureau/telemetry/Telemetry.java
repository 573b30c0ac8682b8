package dev.bureau.telemetry;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.Draft;
import dev.bureau.kernel.process.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Where those who publish events and those who measure them meet, without knowing each other: one a node.
///
/// ```java
/// Telemetry telemetry = Telemetry.of(node());
/// telemetry.attach("slow loads", "user.load.stop", event -> {
///     if (event.measurement("duration").longValue() > 1_000_000_000L) IO.println(event.metadata());
/// });
///
/// User loaded = telemetry.span("user.load", Map.of("name", "ann"), () -> load("ann"));   // .start, then .stop or .exception
/// telemetry.execute("mail.queue", Map.of("waiting", 3), Map.of("host", "mx1"));
/// ```
///
/// **Names.** Parts with dots between. A pattern is a name, or the beginning of names and `.*`: `user.*`; `*` is for all events.
///
/// **Failure.** A handler that throws is detached, and that is reported. `telemetry.handler.failure` tells it to the others.
///
/// **Threading.** A handler runs in the process that publishes, before that goes on: so it is quick, blocks on nothing, and what it uses is safe for
/// several threads. To do more, it sends a message to a process of its own.
///
/// **Cost.** An event that nobody handles costs a look into a map. Who makes much ado about its metadata asks [#isHandled(String)] first.
///
/// Follows `:telemetry` of Erlang and Elixir; differs in that there are patterns, that names are strings, and that a handler's configuration is what its lambda captures.
/// For what concerns a program's own work, not for messages between its parts: those are sent.
public final class Telemetry {
    private static final NodeLocal<Telemetry> OF_NODE = NodeLocal.of(Telemetry::new);
    private static final String FAILURE = "telemetry.handler.failure";

    private final Node node;
    private final List<Attached> handlers = new CopyOnWriteArrayList<>();
    private final List<Runnable> observers = new CopyOnWriteArrayList<>();

    /// Who handles an event of that name. Replaced by an empty one whenever a handler comes or goes.
    private volatile Map<String, Attached[]> known = new ConcurrentHashMap<>();

    private record Attached(Object id, List<String> patterns, Handler handler) {
        boolean handles(String name) {
            return patterns.stream().anyMatch(pattern -> fits(pattern, name));
        }
    }

    /// Is told of events.
    @FunctionalInterface
    public interface Handler {
        /// An event.
        ///
        /// @throws Exception detaches it
        void handle(TelemetryEvent event) throws Exception;
    }

    private Telemetry(Node node) {
        this.node = node;
    }

    /// That of a node: one and the same for all who ask.
    public static Telemetry of(Node node) {
        return OF_NODE.get(node);
    }

    // ---- who measures

    /// Has `handler` told of all events whose name fits the pattern.
    ///
    /// @throws IllegalArgumentException if there is a handler of that id, or the pattern is none
    public void attach(Object id, String pattern, Handler handler) {
        attach(id, List.of(pattern), handler);
    }

    /// Has `handler` told of all events whose name fits one of the patterns.
    ///
    /// @throws IllegalArgumentException if there is a handler of that id, or one of the patterns is none
    public void attach(Object id, List<String> patterns, Handler handler) {
        patterns.forEach(Telemetry::check);
        Attached fresh =
                new Attached(
                        Objects.requireNonNull(id, "id"),
                        List.copyOf(patterns),
                        Objects.requireNonNull(handler, "handler"));
        synchronized (handlers) {
            if (find(id) != null) {
                throw new IllegalArgumentException("a handler is attached already as: " + id);
            }
            handlers.add(fresh);
            known = new ConcurrentHashMap<>();
        }
        observers.forEach(Runnable::run);
    }

    /// Tells that handler no longer; false if there was none.
    public boolean detach(Object id) {
        boolean found;
        synchronized (handlers) {
            found = handlers.removeIf(each -> each.id().equals(id));
            known = new ConcurrentHashMap<>();
        }
        if (found) observers.forEach(Runnable::run);
        return found;
    }

    /// The ids of the handlers, in the order in which they were attached.
    public List<Object> handlers() {
        return handlers.stream().map(Attached::id).toList();
    }

    /// Whether somebody handles events of that name.
    public boolean isHandled(String name) {
        return handlersOf(name).length > 0;
    }

    /// Has `told` called whenever a handler has come or gone, for who has to do something so that there are events. Before `attach` or
    /// `detach` returns.
    public void onChange(Runnable told) {
        observers.add(told);
    }

    private @Nullable Attached find(Object id) {
        for (Attached each : handlers) {
            if (each.id().equals(id)) return each;
        }
        return null;
    }

    private static void check(String pattern) {
        String name = pattern.endsWith(".*") ? pattern.substring(0, pattern.length() - 2) : pattern;
        boolean right = pattern.equals("*") || (!name.isBlank() && !name.contains("*"));
        if (!right) {
            throw new IllegalArgumentException(
                    "expected the name of an event, or its beginning and .* as in shop.*, got: "
                            + pattern);
        }
    }

    private static boolean fits(String pattern, String name) {
        if (pattern.equals("*")) return true;
        return pattern.endsWith(".*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    // ---- who publishes

    /// Publishes an event.
    public void execute(
            String name, Map<String, ? extends Number> measurements, Map<String, ?> metadata) {
        Attached[] told = handlersOf(name);
        if (told.length == 0) return;
        TelemetryEvent event = new TelemetryEvent(name, measurements, metadata);
        for (Attached one : told) tell(one, event);
    }

    /// Publishes an event that has no metadata.
    public void execute(String name, Map<String, ? extends Number> measurements) {
        execute(name, measurements, Map.of());
    }

    private Attached[] handlersOf(String name) {
        Map<String, Attached[]> map = known;
        Attached[] found = map.get(name);
        if (found == null) {
            found = handlers.stream().filter(each -> each.handles(name)).toArray(Attached[]::new);
            // Names are few, unless somebody makes them up.
            if (map.size() < 10_000) map.put(name, found);
        }
        return found;
    }

    private void tell(Attached one, TelemetryEvent event) {
        try {
            one.handler().handle(event);
        } catch (Exception | Error failed) {
            if (!handlers.contains(one) || !detach(one.id())) return;
            report(one, event, failed);
            if (!event.name().equals(FAILURE)) {
                execute(
                        FAILURE,
                        Map.of("system_time", System.currentTimeMillis()),
                        Map.of("handler", one.id(), "event", event.name(), "failure", failed));
            }
        }
    }

    private void report(Attached one, TelemetryEvent event, Throwable failed) {
        Nodes.local(node)
                .reports()
                .report(
                        Report.Kind.LISTENER,
                        "telemetry handler " + one.id(),
                        () ->
                                new Draft(null, "a telemetry handler has failed and is detached")
                                        .with("handler", String.valueOf(one.id()))
                                        .with("event", event.name())
                                        .with("failure", String.valueOf(failed)));
    }

    /// Runs `work` and publishes when it begins (`.start`), and when it has returned (`.stop`) or thrown (`.exception`).
    ///
    /// `.start` measures `system_time` (milliseconds since 1970) and `monotonic_time`, the others `duration` and `monotonic_time`; `.exception` has the `reason`
    /// in its metadata.
    ///
    /// @throws Exception as `work` does
    public <T> T span(String name, Map<String, ?> metadata, Callable<T> work) throws Exception {
        long begin = System.nanoTime();
        execute(
                name + ".start",
                Map.of("system_time", System.currentTimeMillis(), "monotonic_time", begin),
                metadata);
        T result;
        try {
            result = work.call();
        } catch (Throwable thrown) {
            if (isHandled(name + ".exception")) {
                Map<String, Object> why = new HashMap<>(metadata);
                why.put("reason", thrown);
                execute(name + ".exception", since(begin), why);
            }
            throw thrown;
        }
        execute(name + ".stop", since(begin), metadata);
        return result;
    }

    private static Map<String, Long> since(long begin) {
        long now = System.nanoTime();
        return Map.of("duration", now - begin, "monotonic_time", now);
    }

    @Override
    public String toString() {
        return "Telemetry[" + node + ", " + handlers() + "]";
    }
}
