package dev.bureau.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contestants as processes of the system, and what is made of their figures.
class ContestTest {
    private final Commands commands = new Commands(Commands.plainFlags(), Path.of(""));

    private Row row(String name) {
        return Rows.all().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void contestantsTakeTurnsInJvmsOfTheirOwn() throws Exception {
        var inJava = List.of(Contestant.BUREAU, Contestant.PEKKO, Contestant.PEKKO_TYPED);
        var outcome = new Contest(commands, 2, Duration.ZERO).run(row("pingpong"), 1_000, inJava);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.figures()).containsOnlyKeys(inJava);
        assertThat(outcome.of(Contestant.BUREAU))
                .hasValueSatisfying(it -> {
                    assertThat(it.min()).isPositive().isLessThanOrEqualTo(it.median());
                    assertThat(it.median()).isLessThanOrEqualTo(it.max());
                });
    }

    @Test
    void whoHasNoPartInARowIsLeftOut() throws Exception {
        var outcome =
                new Contest(commands, 1, Duration.ZERO)
                        .run(row("timers"), 1_000, List.of(Contestant.PEKKO_TYPED));
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.figures()).isEmpty();
    }

    @Test
    void whoFailsIsToldOfAndHasNoFigure() throws Exception {
        var unknown = Row.row("no_such_row", "ns", "nothing", 1).pekko(1);
        var outcome =
                new Contest(commands, 1, Duration.ZERO).run(unknown, 1, List.of(Contestant.BUREAU));
        assertThat(outcome.figures()).isEmpty();
        assertThat(outcome.failures().get(Contestant.BUREAU))
                .contains("it ended", "expected a row, got: no_such_row");
        assertThat(new Table(List.of(Contestant.BUREAU, Contestant.PEKKO)).line(outcome))
                .contains("failed");
    }

    @Test
    void figuresAreMedianLeastAndMost() {
        assertThat(Figures.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Figures(3, 1, 5));
        assertThat(Figures.of(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void theTableShowsTheRatioAndWhetherItIsEnough() {
        var outcome =
                new Outcome(
                        row("pingpong"),
                        Map.of(
                                Contestant.BUREAU, new Figures(50, 40, 60),
                                Contestant.BEAM, new Figures(100, 90, 1_234),
                                Contestant.PEKKO, new Figures(20, 19, 21)),
                        Map.of());
        assertThat(new Table(List.of(Contestant.values())).line(outcome))
                .contains("50.0 (40.0..60.0)", "100 (90.0..1 234)", "0.50   0.80", "2.50 > 0.90");
    }

    @Test
    void theTableHasNoGoalBesideTypedActors() {
        var outcome =
                new Outcome(
                        row("pingpong"),
                        Map.of(
                                Contestant.BUREAU, new Figures(50, 40, 60),
                                Contestant.PEKKO_TYPED, new Figures(20, 19, 21)),
                        Map.of());
        var table = new Table(List.of(Contestant.BUREAU, Contestant.PEKKO_TYPED));
        assertThat(table.head()).contains("Pekko typed | ratio |").doesNotContain("goal");
        assertThat(table.line(outcome)).endsWith("20.0 (19.0..21.0) |  2.50 |");
        assertThat(table.head().lines())
                .allMatch(it -> it.length() == table.line(outcome).length());
    }

    @Test
    void theSuiteOfSavinaComesToOneNumber() {
        var outcomes = List.of(savina("savina_count", 1, 2), savina("savina_fib", 1, 8));
        assertThat(Table.savina(outcomes)).contains("2 benchmarks", "Pekko 0.25", "most 0.50");
        assertThat(Table.savina(List.of())).isEmpty();
    }

    private Outcome savina(String name, double own, double theirs) {
        return new Outcome(
                row(name),
                Map.of(
                        Contestant.BUREAU, new Figures(own, own, own),
                        Contestant.PEKKO, new Figures(theirs, theirs, theirs)),
                Map.of());
    }

    @Test
    void jsonHasAllRowsAndNullForWhoTookNoPart(@TempDir Path folder) throws Exception {
        var file = folder.resolve("bench.json");
        var outcome =
                new Outcome(
                        row("pingpong"), Map.of(Contestant.BUREAU, new Figures(2, 1, 3)), Map.of());
        JsonReport.write(file, Machine.here(""), List.of(outcome));
        var json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json.path("machine").path("cores").intValue()).isPositive();
        assertThat(json.path("rows").get(0).toString())
                .isEqualTo(
                        """
                        {"name":"pingpong","unit":"ns","bureau":{"median":2.0,"min":1.0,"max":3.0},"beam":null,"pekko":null,"pekko_typed":null}\
                        """);
    }

    @Test
    void aWrongCommandLineIsRefused() {
        assertThat(Bench.run("all", "--only", "no_such_row")).isEqualTo(Bench.USAGE);
        assertThat(Bench.run("all", "--vs", "akka")).isEqualTo(Bench.USAGE);
        assertThat(Bench.run("all", "--rounds", "0")).isEqualTo(Bench.USAGE);
        assertThat(Bench.run("none")).isEqualTo(Bench.USAGE);
    }
}
