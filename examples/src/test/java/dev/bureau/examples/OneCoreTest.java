package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs on a machine with one core, on carriers of Bureau's own and on the JDK's scheduler.
///
/// The JVM is told so; and on Linux it gets no more than one, so that clock, collector and compiler have to share it.
@ParameterizedClass
@EnumSource
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class OneCoreTest {
    /// Who runs the processes.
    enum Scheduling {
        OWN_CARRIERS(BureauRun.OWN_CARRIERS),
        JDK(List.of());

        private final List<String> options;

        Scheduling(List<String> options) {
            this.options = options;
        }
    }

    private static final int CROWD = 100;

    @Parameter Scheduling scheduling;

    private BureauRun start(String program, String... args) throws IOException {
        var options =
                new ArrayList<>(
                        List.of("-Xmx256m", "-XX:ActiveProcessorCount=1", "-XX:-UseParallelGC"));
        options.addAll(scheduling.options);
        return BureauRun.startWith(oneCore(), options, List.of(), Example.file(program), args);
    }

    /// The command that takes all cores but one away, where there is one.
    private static List<String> oneCore() throws IOException {
        var taskset = Path.of("/usr/bin/taskset");
        if (!Files.isExecutable(taskset)) {
            return List.of();
        }
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            var allowed =
                    status.filter(line -> line.startsWith("Cpus_allowed_list:"))
                            .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
                            .findFirst()
                            .orElseThrow();
            return List.of(taskset.toString(), "-c", allowed);
        }
    }

    private BureauRun.Result finish(String program, String... args) throws Exception {
        try (var run = start(program, args)) {
            return run.finish();
        }
    }

    @Test
    void counter() throws Exception {
        var result = finish("Counter");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("Current count: 1\n");
        if (scheduling == Scheduling.JDK) {
            assertThat(result.err())
                    .containsOnlyOnce("add-opens"); // what is missing, and how to get it
        } else {
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void aSupervisorRestartsItsChild() throws Exception {
        var result = finish("SupervisedCounter");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("count: 2\nafter the kill: 0\n");
    }

    @Test
    void aHundredClientsOfTheChatHearEachOther() throws Exception {
        try (var chat = start("Chat", "0")) {
            int port = chat.port();
            var clients = new ArrayList<ChatClient>();
            for (int i = 0; i < CROWD; i++) {
                clients.add(ChatClient.connect(port).joins("client " + i));
            }
            for (int i = 0; i < CROWD; i++) {
                clients.get(i).says("This is " + i);
            }
            for (int i = 0; i < CROWD; i++) {
                for (int heard = 0; heard < CROWD - 1; ) {
                    if (clients.get(i).next().contains("] This is ")) heard++;
                }
            }
            for (var client : clients) client.close();
            assertThat(chat.stop().code()).isEqualTo(143);
        }
    }

    @Test
    void processesShareTheCore() throws Exception {
        var result = finish("ParallelQueries", "50");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .hasSize(50)
                .allMatch(line -> line.matches("query \\d+ result"));
    }

    /// On the JDK's scheduler a loop would keep its carrier.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loopsLetOthersRun(boolean unwoven) throws Exception {
        assumeThat(scheduling).isEqualTo(Scheduling.OWN_CARRIERS);
        var arguments =
                new ArrayList<>(List.of("--hogs", "6", "--schedulers", "1", "--seconds", "2"));
        if (unwoven) arguments.add("--unwoven");
        var result = finish("FairScheduler", arguments.toArray(String[]::new));
        assertThat(result.code()).isZero();
        assertThat(result.out()).containsPattern("\"ticks\": [1-9]\\d");
    }
}
