package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each example prints what it promises.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ExamplesTest {
    private static BureauRun.Result printed(String out) {
        return new BureauRun.Result(0, out, "");
    }

    @Test
    void counter() throws Exception {
        assertThat(BureauRun.finish("Counter")).isEqualTo(printed("Current count: 1\n"));
    }

    @Test
    void supervisedStack() throws Exception {
        var result = BureauRun.finish("SupervisedStack");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("top: world\nafter the kill: hello\n");
        assertThat(result.err()).contains("a child has ended").contains("reason: killed");
    }

    @Test
    void supervisedCounter() throws Exception {
        var result = BureauRun.finish("SupervisedCounter");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("count: 2\nafter the kill: 0\n");
        assertThat(result.err()).contains("a child has ended").contains("reason: killed");
    }

    @Test
    void shop() throws Exception {
        try (var running = BureauRun.start(List.of(), List.of(), List.of(), "Shop")) {
            running.awaitOut("customer 3");
            assertThat(running.stop())
                    .isEqualTo(
                            new BureauRun.Result(
                                    143,
                                    """
                                    the warehouse opens
                                    the shop opens
                                    customer 1 gets item 100
                                    customer 2 gets item 101
                                    customer 3 gets item 102
                                    the shop is closed
                                    the warehouse is closed
                                    """,
                                    ""));
        }
    }

    @Test
    void periodicJob() throws Exception {
        var result = BureauRun.finish("PeriodicJob");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines().filter(line -> line.startsWith("run ")))
                .containsExactly(
                        "run 1: normal",
                        "run 2: an exception was raised:",
                        "run 3: killed",
                        "run 4: normal",
                        "run 5: normal");
        assertThat(result.out()).contains("java.io.IOException: no disk");
    }

    @Test
    void order() throws Exception {
        assertThat(BureauRun.finish("Order"))
                .isEqualTo(
                        printed(
                                """
                                ship: false
                                pay 50: false
                                pay 100: true
                                ship: true, now Shipped[]
                                pay too late: false
                                """));
    }

    @Test
    void sessions() throws Exception {
        assertThat(BureauRun.finish("Sessions"))
                .isEqualTo(
                        printed(
                                """
                                visits of ada: 2, of joe: 1
                                eve: Optional.empty
                                joe: Optional.empty
                                """));
    }

    @Test
    void parallelQueries() throws Exception {
        var result = BureauRun.finish("ParallelQueries", "3");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()) // as they are ready
                .containsExactlyInAnyOrder("query 1 result", "query 2 result", "query 3 result");
    }

    @Test
    void fibonacci() throws Exception {
        var result = BureauRun.finish("Fibonacci", "30");
        assertThat(result.code()).isZero();
        assertThat(result.out()).endsWith("fibonacci(30) = 832040\n"); // after waiting, maybe
    }

    @Test
    void reporter() throws Exception {
        assertThat(BureauRun.finish("Reporter"))
                .isEqualTo(printed("sum: done\nbad: failed, no disk\nlong: killed\n"));
    }

    /// What it promises, in a JVM as the bureau command starts it: 770 to 980 bytes in 37 runs, with both cores busy too.
    @ParameterizedTest
    @CsvSource({"'', '100,000', -Xmx1g", "1000000, '1,000,000', -Xmx3g"})
    void sleepers(String argument, String alive, String heap) throws Exception {
        var options = new ArrayList<>(BureauRun.flagsOfTheCommand());
        options.add(heap);
        String[] arguments = argument.isEmpty() ? new String[0] : new String[] {argument};
        try (var run = BureauRun.start(List.of(), options, List.of(), "Sleepers", arguments)) {
            var result = run.finish();
            assertThat(result.code()).isZero();
            assertThat(result.err()).isEmpty();
            var figures =
                    Pattern.compile(
                                    """
                                    %s processes alive, started in [\\d,]+ ms
                                    ([\\d,]+) bytes a process, \\d+ MB in all
                                    """
                                            .formatted(alive))
                            .matcher(result.out());
            assertThat(figures.matches()).as(result.out()).isTrue();
            assertThat(Integer.parseInt(figures.group(1).replace(",", ""))).isBetween(200, 1_100);
        }
    }

    @Test
    void fairScheduler() throws Exception {
        for (String kind : List.of("", "--unwoven")) {
            var arguments =
                    new ArrayList<>(List.of("--hogs", "6", "--schedulers", "1", "--seconds", "2"));
            if (!kind.isEmpty()) {
                arguments.add(kind);
            }
            var result = BureauRun.finish("FairScheduler", arguments.toArray(String[]::new));
            assertThat(result.code()).isZero();
            assertThat(result.out().lines().toList().getLast())
                    .matches(
                            "\\{\"hogs\": 6, \"schedulers\": 1, \"seconds\": 2, \"woven\": (true|false), "
                                    + "\"ticks\": [1-9]\\d*, \"p50\": \\d+, \"p99\": \\d+, \"max\": \\d+, "
                                    + "\"least_share\": 0\\.\\d+, \"p1_share\": 0\\.\\d+, "
                                    + "\"p99_share\": \\d\\.\\d+, \"most_share\": \\d\\.\\d+}");
        }
    }

    /// The jobs use a hundredth of a core, so a machine has to be very busy with others to halve a second's bar.
    @Test
    void jobs() throws Exception {
        var result = BureauRun.finish("Jobs", "--jobs", "500", "--hogs", "3", "--seconds", "3");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("starting endless loops: 3\n");
        var worst = Pattern.compile("\"worst_percent\": (\\d+)}\n$").matcher(result.out());
        assertThat(worst.find()).isTrue();
        assertThat(Integer.parseInt(worst.group(1))).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FairScheduler", "Jobs"})
    void aWrongOptionIsSaid(String program) throws Exception {
        var result = BureauRun.finish(program, "--hogs", "many");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("expected a number after --hogs\nusage: " + program);
    }

    private static Stream<String> all() throws IOException {
        try (var files = Files.list(Example.file("Counter").getParent())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void compilesWithoutAWarningAndSaysHowToRunIt(String program) throws Exception {
        Example.compile(program);
        assertThat(Files.readString(Example.file(program)))
                .containsPattern("\\./bureau run .*examples/" + program + "\\.java");
    }

    @Test
    void chatIsShort() throws Exception {
        assertThat(Files.readAllLines(Example.file("Chat"))).hasSizeLessThan(120);
    }
}
