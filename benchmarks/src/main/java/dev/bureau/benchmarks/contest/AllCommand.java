package dev.bureau.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bureau bench all`: the table.
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        description = "Run the rows, the contestants of each in turns, and print a table.")
final class AllCommand implements Callable<Integer> {
    private static final int LEAST_ROUNDS = 5;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--vs",
            split = ",",
            paramLabel = "PEER",
            description = "Beside whom: beam, pekko, pekko-typed or none (default: all).")
    private List<String> peers = List.of("beam", "pekko", "pekko-typed");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only these rows; 'savina' is all of that suite.")
    private List<String> only = List.of();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the outcome there as JSON as well.")
    private @Nullable Path json;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Counted rounds of each contestant (default: 5).")
    private int rounds = LEAST_ROUNDS;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each warms up before its first round counts (default: 3).")
    private int warmUp = 3;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1) throw wrong("--rounds to be at least 1", String.valueOf(rounds));
        if (warmUp < 0) throw wrong("--warm-up to be at least 0", String.valueOf(warmUp));
        var rows = Rows.chosen(only);
        var contestants = contestants();
        var beam = Path.of("");
        var versionOfBeam = "";
        if (contestants.contains(Contestant.BEAM)) {
            beam =
                    Beam.compile(
                            Bench.checkout().resolve("benchmarks/beam"),
                            Bench.checkout().resolve("benchmarks/target/beam"));
            versionOfBeam = Beam.version();
        }
        var machine = Machine.here(versionOfBeam);
        var contest =
                new Contest(
                        new Commands(Bench.runFlags(), beam), rounds, Duration.ofSeconds(warmUp));
        return run(contest, rows, contestants, machine);
    }

    private int run(Contest contest, List<Row> rows, List<Contestant> contestants, Machine machine)
            throws IOException {
        var table = new Table(contestants);
        System.out.println(machine.line());
        System.out.println(rounds + " rounds each, median (least..most); less is better\n");
        System.out.println(table.head());
        var outcomes = new ArrayList<Outcome>();
        for (var row : rows) {
            var outcome = contest.run(row, row.size(), contestants);
            outcomes.add(outcome);
            System.out.println(table.line(outcome));
            outcome.failures()
                    .forEach((who, why) ->
                            Bench.complain(row.name() + ", " + who.title() + ": " + why));
            if (json != null) JsonReport.write(json, machine, outcomes);
        }
        var savina = Table.savina(outcomes);
        if (!savina.isEmpty()) System.out.println("\n" + savina);
        return outcomes.stream().allMatch(it -> it.failures().isEmpty()) ? 0 : Bench.FAILED;
    }

    private List<Contestant> contestants() {
        var chosen = new ArrayList<>(List.of(Contestant.BUREAU));
        for (var peer : peers) {
            switch (peer) {
                case "none" -> {}
                case "pekko" -> chosen.add(Contestant.PEKKO);
                case "pekko-typed" -> chosen.add(Contestant.PEKKO_TYPED);
                case "beam" -> {
                    if (Beam.isInstalled()) chosen.add(Contestant.BEAM);
                    else
                        Bench.complain(
                                "the BEAM is not installed and is left out; to have it: "
                                        + Beam.HOW_TO_INSTALL);
                }
                default -> throw wrong("--vs to be beam, pekko, pekko-typed or none", peer);
            }
        }
        return chosen.stream().distinct().sorted().toList();
    }

    private ParameterException wrong(String expected, String got) {
        return new ParameterException(
                spec.commandLine(), "expected %s, got: %s".formatted(expected, got));
    }
}
