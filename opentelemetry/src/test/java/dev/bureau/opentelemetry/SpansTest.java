package dev.bureau.opentelemetry;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawnLink;
import static dev.bureau.testkit.ProcessAssertions.captureLogUntil;
import static dev.bureau.testkit.ProcessAssertions.eventually;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.Tracing;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Task;
import dev.bureau.testkit.ProcessTest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.context.SettableContextStorageProvider;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ProcessTest
class SpansTest {
    /// Asks `next`, if there is one, and says in which span it does so.
    static final class Relay implements GenServer<String, Call<?>, Cast> {
        record Where() implements Call<String> {}

        record Fail() implements Call<String> {}

        record Tell(Pid to) implements Cast {}

        @SuppressWarnings("serial")
        private final List<Pid> next;

        Relay(List<Pid> next) {
            this.next = List.copyOf(next);
        }

        @Override
        public Init<String> init() {
            return ok("");
        }

        @Override
        public Next<String> handleCall(Call<?> request, From<?> from, String state) {
            if (!(request instanceof Where where)) throw new IllegalStateException("no");
            String here = spanId();
            for (Pid one : next) here = here + " " + call(one, new Where());
            return reply(where, here, state);
        }

        @Override
        public Next<String> handleCast(Cast message, String state) {
            if (message instanceof Tell(var to)) send(to, spanId());
            return noReply(state);
        }
    }

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private OpenTelemetrySdk sdk;

    /// The library for tests has a storage of its own, which goes before all others.
    @BeforeAll
    static void keepContextsWithProcesses() {
        SettableContextStorageProvider.setContextStorage(
                new ProcessContextStorage.Provider().get());
    }

    @BeforeEach
    void install() {
        sdk =
                OpenTelemetrySdk.builder()
                        .setTracerProvider(
                                SdkTracerProvider.builder()
                                        .addSpanProcessor(SimpleSpanProcessor.create(exported))
                                        .build())
                        .build();
        Spans.of(node(), sdk);
    }

    @AfterEach
    void close() {
        sdk.close();
    }

    private static String spanId() {
        return Span.current().getSpanContext().getSpanId();
    }

    private static final String NONE = Span.getInvalid().getSpanContext().getSpanId();

    private Span root() {
        return sdk.getTracer("test").spanBuilder("root").startSpan();
    }

    private SpanData finished(String id) {
        eventually(() ->
                exported.getFinishedSpanItems().stream().anyMatch(s -> s.getSpanId().equals(id)));
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getSpanId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallIsASpanOfTheCallerAndInItOneOfTheServer() {
        Pid last = startSupervised(Supervisor.worker("last", new Relay(List.of())));
        Pid first = startSupervised(Supervisor.worker("first", new Relay(List.of(last))));
        Span root = root();
        String[] servers;
        try (Scope _ = root.makeCurrent()) {
            servers = call(first, new Relay.Where()).split(" ");
            assertThat(Span.current()).isSameAs(root);
        }
        root.end();
        SpanData outer = finished(servers[0]);
        SpanData inner = finished(servers[1]);
        SpanData innerCall = finished(inner.getParentSpanId());
        SpanData outerCall = finished(outer.getParentSpanId());
        assertThat(innerCall.getParentSpanId()).isEqualTo(outer.getSpanId());
        assertThat(outerCall.getParentSpanId()).isEqualTo(root.getSpanContext().getSpanId());
        assertThat(outer.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(outer.getName()).isEqualTo("handle Where");
        assertThat(outerCall.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(outerCall.getName()).isEqualTo("call Where");
        assertThat(List.of(outer, inner, innerCall, outerCall))
                .allSatisfy(span ->
                        assertThat(span.getTraceId())
                                .isEqualTo(root.getSpanContext().getTraceId()));
        assertThat(exported.getFinishedSpanItems()).hasSize(5);
    }

    @Test
    void withoutAContextThereAreNoSpansAndNobodyIsTraced() {
        Pid server = startSupervised(Supervisor.worker("server", new Relay(List.of())));
        assertThat(call(server, new Relay.Where())).isEqualTo(NONE);
        assertThat(exported.getFinishedSpanItems()).isEmpty();
        assertThat(Tracing.isTraced(Current.process())).isFalse();
        assertThat(Context.current()).isSameAs(Context.root());
    }

    @Test
    void theContextFollowsCastsMessagesSpawnsAndTasks() {
        Pid me = self();
        Pid server = startSupervised(Supervisor.worker("server", new Relay(List.of())));
        Pid plain =
                spawnLink(() -> {
                    while (true) {
                        receive(Integer.class);
                        send(me, spanId());
                    }
                });
        Pid stranger =
                spawnLink(() -> {
                    Pid asking = receive(Pid.class);
                    try (Scope _ = Context.root().makeCurrent()) {
                        send(asking, "of nobody");
                    }
                });
        Span root = root();
        String id = root.getSpanContext().getSpanId();
        try (Scope _ = root.makeCurrent()) {
            cast(server, new Relay.Tell(me));
            assertThat(receive(String.class)).isEqualTo(id);
            // What comes without a context does not end the one that was made current here.
            send(stranger, me);
            assertThat(receive(String.class)).isEqualTo("of nobody");
            send(plain, 1);
            assertThat(receive(String.class)).isEqualTo(id);
            spawnLink(() -> send(me, spanId()));
            assertThat(receive(String.class)).isEqualTo(id);
            assertThat(Task.async(() -> spanId()).await()).isEqualTo(id);
            assertThat(Span.current()).isSameAs(root);
        }
        root.end();
        send(plain, 2);
        assertThat(receive(String.class)).isEqualTo(NONE);
        cast(server, new Relay.Tell(me));
        assertThat(receive(String.class)).isEqualTo(NONE);
    }

    @Test
    void whatFailsHasTheStatusOfAnError() throws Exception {
        Pid server = startSupervised(Supervisor.worker("server", new Relay(List.of())));
        Span root = root();
        captureLogUntil(
                line -> line.contains("a child has ended"),
                () -> {
                    try (Scope _ = root.makeCurrent()) {
                        assertThatThrownBy(() -> call(server, new Relay.Fail()))
                                .isInstanceOf(ExitException.class);
                    }
                });
        root.end();
        eventually(() -> exported.getFinishedSpanItems().size() == 3);
        assertThat(exported.getFinishedSpanItems())
                .filteredOn(span -> span.getKind() != SpanKind.INTERNAL)
                .allSatisfy(span ->
                        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
    }

    @Test
    void aThreadThatBecomesAGuestGoesOnInItsContext() throws Exception {
        Node node = node();
        Pid server = startSupervised(Supervisor.worker("server", new Relay(List.of())));
        Span root = root();
        String[] seen = new String[2];
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            try (Scope _ = root.makeCurrent();
                                    var _ = node.guest()) {
                                seen[0] = call(server, new Relay.Where());
                                seen[1] = spanId();
                            }
                        });
        thread.join();
        root.end();
        SpanData handled = finished(Objects.requireNonNull(seen[0]));
        assertThat(handled.getTraceId()).isEqualTo(root.getSpanContext().getTraceId());
        assertThat(seen[1]).isEqualTo(root.getSpanContext().getSpanId());
    }
}
