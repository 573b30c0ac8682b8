package dev.bureau.opentelemetry;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Token;
import dev.bureau.otp.gen.Loop;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The context in which a process works; its messages take it along. Makes a span of each call on either side, if the node has a tracer.
///
/// @param stays whether its process has made it current itself, and is in it until it closes the scope
record ContextToken(Context context, boolean stays) implements Token {
    private static final String SYSTEM = "rpc.system";
    private static final String SERVICE = "rpc.service";
    private static final String METHOD = "rpc.method";
    private static final String PROCESS = "bureau.pid";

    @Override
    public Token carried() {
        return stays ? new ContextToken(context, false) : this;
    }

    @Override
    public @Nullable Object call(
            LocalProcess self,
            Destination server,
            Object request,
            Supplier<@Nullable Object> work) {
        Tracer tracer = Spans.tracer(self);
        if (tracer == null) return work.get();
        Span span =
                tracer.spanBuilder("call " + nameOf(request))
                        .setParent(context)
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute(SYSTEM, "bureau")
                        .setAttribute(SERVICE, server.toString())
                        .setAttribute(METHOD, nameOf(request))
                        .startSpan();
        try (Scope _ = context.with(span).makeCurrent()) {
            return work.get();
        } catch (RuntimeException | Error failed) {
            fail(span, failed);
            throw failed;
        } finally {
            span.end();
        }
    }

    @Override
    public void handle(LocalProcess self, String module, Object message, Handling work)
            throws Exception {
        Tracer tracer = message instanceof Request ? Spans.tracer(self) : null;
        if (tracer == null) {
            work.run();
            return;
        }
        Span span =
                tracer.spanBuilder("handle " + nameOf(message))
                        .setParent(context)
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute(SYSTEM, "bureau")
                        .setAttribute(SERVICE, module)
                        .setAttribute(METHOD, nameOf(message))
                        .setAttribute(PROCESS, self.pid().toString())
                        .startSpan();
        try (Scope _ = context.with(span).makeCurrent()) {
            work.run();
        } catch (Exception | Error failed) {
            if (!isOrderly(failed)) fail(span, failed);
            throw failed;
        } finally {
            span.end();
        }
    }

    private static boolean isOrderly(Throwable thrown) {
        return Loop.isStop(thrown)
                || (thrown instanceof ExitException exit && ExitReason.isOrderly(exit.reason()));
    }

    private static void fail(Span span, Throwable failed) {
        span.recordException(failed);
        span.setStatus(StatusCode.ERROR);
    }

    private static String nameOf(Object message) {
        Object asked = message instanceof Request(_, var payload) ? payload : message;
        return asked.getClass().getSimpleName();
    }
}
