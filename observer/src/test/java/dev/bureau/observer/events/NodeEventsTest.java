package dev.bureau.observer.events;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnMonitor;
import static dev.bureau.testkit.ProcessAssertions.captureLog;
import static dev.bureau.testkit.ProcessAssertions.captureLogUntil;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.Tracing;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Supervisor;
import dev.bureau.telemetry.Telemetry;
import dev.bureau.telemetry.TelemetryEvent;
import dev.bureau.testkit.ProcessAssertions;
import dev.bureau.testkit.ProcessTest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ProcessTest
class NodeEventsTest {
    /// Answers, or fails.
    static final class Clerk implements GenServer<Integer, Clerk.Ask, Cast> {
        record Ask(boolean fails) implements Call<Integer> {}

        @Override
        public Init<Integer> init() {
            return ok(0);
        }

        @Override
        public Next<Integer> handleCall(Ask ask, From<?> from, Integer state) {
            if (ask.fails()) throw exit(ExitReason.SHUTDOWN);
            return reply(ask, state, state + 1);
        }
    }

    private final List<TelemetryEvent> events = new CopyOnWriteArrayList<>();

    private List<TelemetryEvent> named(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    private Telemetry published() {
        NodeEvents.publish(node());
        NodeEvents.publish(node());
        return Telemetry.of(node());
    }

    @Test
    void publishesLivesAndHandlersWhileSomebodyWantsThem() {
        Telemetry telemetry = published();
        Pid clerk = startSupervised(Supervisor.worker("clerk", new Clerk()));
        telemetry.attach("all", List.of("bureau.process.*", "bureau.handler.*"), events::add);
        var done = spawnMonitor(() -> call(clerk, new Clerk.Ask(false)));
        receive(done.monitor(), Down.class);
        assertThat(named("bureau.process.spawn"))
                .anySatisfy(event -> {
                    assertThat(event.metadata("pid", Pid.class)).isEqualTo(done.pid());
                    assertThat(event.metadata("parent", Pid.class)).isEqualTo(self());
                });
        assertThat(named("bureau.process.exit"))
                .anySatisfy(event ->
                        assertThat(event.metadata("reason", ExitReason.class))
                                .isEqualTo(ExitReason.NORMAL));
        ProcessAssertions.eventually(() -> !named("bureau.handler.stop").isEmpty());
        TelemetryEvent handled = named("bureau.handler.stop").getFirst();
        assertThat(handled.metadata("module", String.class)).isEqualTo(Clerk.class.getName());
        assertThat(handled.measurement("duration").longValue()).isPositive();

        telemetry.detach("all");
        events.clear();
        call(clerk, new Clerk.Ask(false));
        send(self(), "x");
        receive(String.class);
        assertThat(events).isEmpty();
        assertThat(Tracing.isTraced(Current.process())).isFalse();
    }

    @Test
    void publishesCrashesOverflowsAndRestarts() throws Exception {
        Telemetry telemetry = published();
        telemetry.attach("all", "bureau.*", events::add);
        captureLog(() -> {
            var crash =
                    spawnMonitor(() -> {
                        throw new IllegalStateException("oops");
                    });
            receive(crash.monitor(), Down.class);
        });
        assertThat(named("bureau.process.crash")).hasSize(1);

        Pid slow =
                spawn(
                        SpawnOptions.options().mailbox(MailboxLimit.dropNewest(1)),
                        () -> receive(Integer.class));
        captureLogUntil(
                line -> line.contains("dropped"),
                () -> {
                    send(slow, "one");
                    send(slow, "two");
                    ProcessAssertions.eventually(() -> !named("bureau.mailbox.overflow").isEmpty());
                });
        exit(slow, KILL);

        Pid clerk = startSupervised(Supervisor.worker("clerk", new Clerk()));
        captureLog(() -> {
            exit(clerk, KILL);
            ProcessAssertions.eventually(() -> !named("bureau.supervisor.restart").isEmpty());
        });
        TelemetryEvent restart = named("bureau.supervisor.restart").getFirst();
        assertThat(restart.metadata("child", String.class)).isEqualTo("clerk");
        assertThat(restart.metadata("reason", ExitReason.class)).isEqualTo(ExitReason.KILLED);
        telemetry.detach("all");
    }

    @Test
    void writesWhatARecordingWants(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bureau.jfr");
        Pid clerk = startSupervised(Supervisor.worker("clerk", new Clerk()));
        try (FlightEvents events = FlightEvents.start(node());
                Recording recording = new Recording()) {
            assertThat(Tracing.isTraced(Current.process())).isFalse();
            recording.enable("dev.bureau.ProcessStart");
            recording.enable("dev.bureau.ProcessEnd");
            recording.enable("dev.bureau.SlowHandler").withoutThreshold();
            recording.enable("dev.bureau.Restart");
            recording.enable("dev.bureau.Processes").with("period", "everyChunk");
            recording.enable("dev.bureau.LongMailbox").with("period", "everyChunk");
            recording.start();
            call(clerk, new Clerk.Ask(false));
            var done = spawnMonitor(() -> {});
            receive(done.monitor(), Down.class);
            for (int i = 0; i < 1_000; i++) send(self(), i);
            captureLog(() -> {
                exit(clerk, KILL);
                ProcessAssertions.eventually(
                        () -> dev.bureau.otp.supervision.Restarts.of(node()).count() > 0);
            });
            recording.stop();
            recording.dump(file);
            for (int i = 0; i < 1_000; i++) receive(Integer.class);
            assertThat(Tracing.isTraced(Current.process())).isFalse();
        }
        List<RecordedEvent> written = RecordingFile.readAllEvents(file);
        assertThat(written)
                .extracting(event -> event.getEventType().getName())
                .contains(
                        "dev.bureau.ProcessStart",
                        "dev.bureau.ProcessEnd",
                        "dev.bureau.SlowHandler",
                        "dev.bureau.Restart",
                        "dev.bureau.Processes",
                        "dev.bureau.LongMailbox");
        assertThat(written)
                .filteredOn(event -> event.getEventType().getName().endsWith("SlowHandler"))
                .extracting(event -> event.getString("module"))
                .contains(Clerk.class.getName());
        assertThat(written)
                .filteredOn(event -> event.getEventType().getName().endsWith("LongMailbox"))
                .first()
                .satisfies(event ->
                        assertThat(event.getInt("messages")).isGreaterThanOrEqualTo(1_000));
    }
}
