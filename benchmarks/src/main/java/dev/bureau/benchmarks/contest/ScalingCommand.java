package dev.bureau.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bureau bench scaling`: what an operation of Bureau's costs as there is more of it, so that what does not grow in proportion
/// shows.
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = "Run each row in a hundredth, a tenth and all of its size, and draw a chart.")
final class ScalingCommand implements Callable<Integer> {
    private static final List<Integer> DIVISORS = List.of(100, 10, 1);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these rows.")
    private List<String> only = List.of();

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "Where to draw (default: docs/scaling.svg of the checkout).")
    private Path chart = Bench.checkout().resolve("docs/scaling.svg");

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Counted rounds of each size (default: 5).")
    private int rounds = 5;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "expected --rounds to be at least 1, got: " + rounds);
        }
        var contest =
                new Contest(
                        new Commands(Bench.runFlags(), Path.of("")), rounds, Duration.ofSeconds(2));
        System.out.println(Machine.here("").line() + "\n");
        System.out.println("| row                  | unit  |   1 (size) |        10 |       100 |");
        System.out.println("|----------------------|-------|-----------:|----------:|----------:|");
        Map<String, List<Double>> costs = new LinkedHashMap<>();
        boolean well = true;
        for (var row : Rows.chosen(only)) {
            if (!row.growing()) continue;
            var each = new ArrayList<Double>();
            for (int divisor : DIVISORS) {
                var outcome = contest.run(row, row.size() / divisor, List.of(Contestant.BUREAU));
                outcome.failures().values().forEach(why -> Bench.complain(row.name() + ": " + why));
                outcome.of(Contestant.BUREAU).ifPresent(it -> each.add(it.median()));
            }
            if (each.size() < DIVISORS.size()) {
                well = false;
                continue;
            }
            print(row, each);
            costs.put(row.name(), each);
        }
        if (!costs.isEmpty()) Files.writeString(chart, Chart.svg(costs));
        return well ? 0 : Bench.FAILED;
    }

    private static void print(Row row, List<Double> costs) {
        System.out.printf(
                Locale.ROOT,
                "| %-20s | %-5s | %10s | %9s | %9s |%n",
                row.name(),
                row.unit(),
                Table.number(costs.get(0)),
                Table.number(costs.get(1)),
                Table.number(costs.get(2)));
    }
}
