package dev.bureau.benchmarks.contest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bureau bench latency`: how long single calls and round trips take under load, with each collector.
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "Show how long single calls take under load, with each collector, in microseconds.")
final class LatencyCommand implements Callable<Integer> {
    private static final List<String> COLLECTORS = List.of("Parallel", "G1", "Z");
    private static final List<String> OPERATIONS = List.of("call", "pingpong");
    private static final List<String> FIGURES = List.of("p50", "p99", "p999", "max", "per_second");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Counted rounds with each collector (default: 5).")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long a round is (default: 2).")
    private int seconds = 2;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || seconds < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --rounds and --seconds to be at least 1, got: %d, %d"
                            .formatted(rounds, seconds));
        }
        System.out.println(Machine.here("").line());
        System.out.println(
                rounds
                        + " rounds of "
                        + seconds
                        + " s each, medians, microseconds; heap of 2 GB\n");
        System.out.println(
                "| operation | collector |     p50 |     p99 |   p99.9 |       max | per second |");
        System.out.println(
                "|-----------|-----------|--------:|--------:|--------:|----------:|-----------:|");
        for (var operation : OPERATIONS) measure(operation);
        return 0;
    }

    /// The collectors in turns.
    private void measure(String operation) throws IOException {
        var up = new LinkedHashMap<String, Runner>();
        Map<String, List<JsonNode>> outcomes = new LinkedHashMap<>();
        try {
            for (var collector : COLLECTORS) {
                up.put(collector, start(operation, collector));
                up.get(collector).round(); // warms up
            }
            for (int i = 0; i < rounds; i++) {
                up.forEach((collector, runner) ->
                        outcomes.computeIfAbsent(collector, _ -> new ArrayList<>())
                                .add(runner.round()));
            }
        } finally {
            for (var runner : up.values()) runner.close();
        }
        outcomes.forEach((collector, each) -> print(operation, collector, each));
    }

    private Runner start(String operation, String collector) throws IOException {
        var flags =
                new ArrayList<>(
                        Bench.runFlags().stream()
                                .filter(it -> !it.matches("-XX:\\+Use\\w+GC"))
                                .toList());
        flags.addAll(List.of("-XX:+Use" + collector + "GC", "-Xms2g", "-Xmx2g"));
        var options = new Commands(flags, Path.of("")).bureau(List.of());
        return Runner.start(
                Commands.java(
                        "dev.bureau.benchmarks.rows.LatencyContestant",
                        options,
                        operation,
                        String.valueOf(seconds)));
    }

    private static void print(String operation, String collector, List<JsonNode> rounds) {
        List<Object> cells = new ArrayList<>(List.of(operation, collector));
        for (var figure : FIGURES) {
            var values = rounds.stream().map(it -> it.path(figure).doubleValue()).toList();
            cells.add(Table.number(Figures.of(values).median()));
        }
        System.out.println(
                "| %-9s | %-9s | %7s | %7s | %7s | %9s | %10s |".formatted(cells.toArray()));
    }
}
