package dev.bureau.micrometer;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnMonitor;
import static dev.bureau.testkit.ProcessAssertions.captureLogUntil;
import static dev.bureau.testkit.ProcessAssertions.eventually;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.ProcessTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

@ProcessTest
class NodeMetricsTest {
    record Counter() implements GenServer<Integer, Counter.Count, Cast> {
        record Count() implements Call<Integer> {}

        @Override
        public Init<Integer> init() {
            return ok(0);
        }

        @Override
        public Next<Integer> handleCall(Count count, From<?> from, Integer state) {
            return reply(count, state, state + 1);
        }
    }

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double functionCounter(String name) {
        return registry.get(name).functionCounter().count();
    }

    private double counter(String name) {
        return registry.get(name).counter().count();
    }

    @Test
    void countsProcessesCrashesRestartsAndOverflows() throws Exception {
        try (NodeMetrics metrics = NodeMetrics.of(node())) {
            metrics.bindTo(registry);
            assertThat(gauge("bureau.processes")).isEqualTo(node().processCount());
            double spawned = functionCounter("bureau.processes.spawned");
            double ended = functionCounter("bureau.processes.ended");
            for (int i = 0; i < 10; i++) {
                receive(spawnMonitor(() -> {}).monitor(), Down.class);
            }
            assertThat(functionCounter("bureau.processes.spawned") - spawned).isEqualTo(10);
            eventually(() -> functionCounter("bureau.processes.ended") - ended == 10);
            captureLogUntil(
                    line -> line.contains("dropped"),
                    () -> {
                        var crash =
                                spawnMonitor(() -> {
                                    throw new IllegalStateException("oops");
                                });
                        receive(crash.monitor(), Down.class);
                        Pid full =
                                spawn(
                                        SpawnOptions.options().mailbox(MailboxLimit.dropNewest(1)),
                                        () -> receive(Integer.class));
                        for (int i = 0; i < 3; i++) send(full, "x");
                        exit(full, KILL);
                        exit(startSupervised(Supervisor.worker("counter", new Counter())), KILL);
                        eventually(() -> functionCounter("bureau.restarts") == 1);
                    });
            assertThat(counter("bureau.processes.crashed")).isEqualTo(1);
            assertThat(counter("bureau.mailbox.overflows")).isEqualTo(2);
            assertThat(gauge("bureau.schedulers")).isEqualTo(node().schedulers());
            assertThat(gauge("bureau.schedulers.utilisation")).isBetween(0.0, 1.0);
            assertThat(gauge("bureau.run.queue")).isNotNegative();
            assertThat(gauge("bureau.schedulers.away")).isNotNegative();
            assertThat(registry.get("bureau.processes").gauge().getId().getTag("node"))
                    .isNotBlank();
        }
    }

    @Test
    void timesHandlersIfItIsTo() {
        Pid counter = startSupervised(Supervisor.worker("counter", new Counter()));
        try (NodeMetrics metrics = NodeMetrics.of(node()).withHandlers()) {
            metrics.bindTo(registry);
            for (int i = 0; i < 5; i++) call(counter, new Counter.Count());
            eventually(() ->
                    registry.find("bureau.handler").tag("module", Counter.class.getName()).timer()
                                    != null
                            && registry.get("bureau.handler")
                                            .tag("module", Counter.class.getName())
                                            .tag("outcome", "ok")
                                            .timer()
                                            .count()
                                    == 5);
        }
        call(counter, new Counter.Count());
        assertThat(registry.get("bureau.handler").tag("outcome", "ok").timers())
                .anySatisfy(timer -> assertThat(timer.count()).isEqualTo(5));
    }
}
