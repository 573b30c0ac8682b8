package dev.bureau.opentelemetry;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.ContextStorage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes spans of calls between processes.
///
/// ```java
/// OpenTelemetry openTelemetry = GlobalOpenTelemetry.get();
/// Spans.of(node(), openTelemetry);
/// Span span = openTelemetry.getTracer("shop").spanBuilder("checkout").startSpan();
/// try (Scope _ = span.makeCurrent()) {
///     call(adder, new Add(1, 2));                // a span of the caller's in `checkout`, and in that one of the server's
/// } finally {
///     span.end();
/// }
/// ```
///
/// **The context** in which a process works goes with each message that it sends to a pid or a name, and with each process that it
/// spawns: so with casts and plain messages, with tasks, with calls of calls. Who takes a message works in its context until it takes the next; one without a context ends it.
/// A context that a process has made current itself lasts until the scope is closed, whatever it takes meanwhile. An answer changes nothing. What a timer sends has none, nor has what is sent to an alias. This is so as soon as the module is on the
/// path; [#of] is for spans.
///
/// **Spans.** A call is a span of kind `CLIENT`, its handling by a behaviour one of kind `SERVER`, each where there is a context already: what nobody has begun to trace makes none. A handler
/// that fails, and a call that does, have the status `ERROR` and the exception. They have the attributes `rpc.system` (`bureau`), `rpc.service` (whom the call was for; the
/// module), `rpc.method` (the request's class).
///
/// **Cost.** None for processes that work in no context.
///
/// Where another provider of OpenTelemetry's context storage is on the path too, choose with `-Dio.opentelemetry.context.contextStorageProvider=dev.bureau.opentelemetry.ProcessContextStorage$Provider`.
public final class Spans {
    private static final String SCOPE = "dev.bureau";

    private static final NodeLocal<AtomicReference<@Nullable Tracer>> TRACERS =
            NodeLocal.of(_ -> new AtomicReference<>());

    private Spans() {}

    /// From now on calls of this node's processes that work in a context are spans.
    ///
    /// @throws IllegalStateException if another storage of contexts is in use, so that they would not follow messages
    public static void of(Node node, OpenTelemetry telemetry) {
        if (!ProcessContextStorage.isInUse()) {
            throw new IllegalStateException(
                    "expected OpenTelemetry to keep contexts in a "
                            + ProcessContextStorage.class.getName()
                            + ", got: "
                            + ContextStorage.get().getClass().getName()
                            + "; start with -Dio.opentelemetry.context.contextStorageProvider="
                            + ProcessContextStorage.Provider.class.getName()
                            + ", or in tests with opentelemetry-sdk-testing, whose storage goes first, call"
                            + " SettableContextStorageProvider.setContextStorage("
                            + "new ProcessContextStorage.Provider().get())");
        }
        Nodes.local(node).onGuest(ProcessContextStorage::join);
        TRACERS.get(node).set(telemetry.getTracer(SCOPE));
    }

    static @Nullable Tracer tracer(LocalProcess self) {
        return TRACERS.get(self.node().facade()).get();
    }
}
