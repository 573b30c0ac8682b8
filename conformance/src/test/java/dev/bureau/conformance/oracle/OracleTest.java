package dev.bureau.conformance.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.oracle.Comparison.Verdict;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Bureau prints in every scenario what the BEAM printed when it was last asked, which needs no Erlang here.
class OracleTest {
    private static final Path FOLDER = Scenario.folder();
    private static final List<Scenario> ALL = Scenario.in(FOLDER);

    /// Once with one scheduler and once with two.
    private static final Runs TWICE = new Runs(2, 8, Duration.ofSeconds(10));

    private static Outcomes recorded(Scenario scenario) {
        return Outcomes.read(FOLDER.resolve(scenario.area()).resolve(Outcomes.FILE));
    }

    @TestFactory
    Stream<DynamicTest> bureauPrintsWhatTheBeamPrinted() {
        Outcomes bureau;
        try (ScenarioPrograms programs = ScenarioPrograms.compile(ALL)) {
            bureau = programs.run(ALL, TWICE);
        }
        return ALL.stream()
                .map(scenario ->
                        new Comparison(
                                scenario,
                                recorded(scenario).of(scenario.name()),
                                bureau.of(scenario.name())))
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.scenario().toString(),
                                () -> assertThat(each.isBad()).as(each::shown).isFalse()));
    }

    @Nested
    class TheScenarios {
        @Test
        void areOfItemsInTheCatalogue() throws IOException {
            Set<String> catalogue =
                    Files.readAllLines(FOLDER.resolveSibling("src/test/resources/catalogue.tsv"))
                            .stream()
                            .map(line -> line.split("\t")[0])
                            .collect(Collectors.toSet());
            assertThat(ALL).allSatisfy(each -> assertThat(catalogue).containsAll(each.ids()));
        }

        @Test
        void countOnWaiversThatExist() throws IOException {
            Properties waivers = new Properties();
            try (Reader file =
                    Files.newBufferedReader(FOLDER.resolveSibling("waivers.properties"))) {
                waivers.load(file);
            }
            assertThat(ALL)
                    .allSatisfy(each ->
                            assertThat(waivers.stringPropertyNames()).containsAll(each.waivers()));
        }

        @Test
        void haveNamesOfTheirOwn() {
            assertThat(ALL).extracting(Scenario::name).doesNotHaveDuplicates();
        }

        @Test
        void areToldTwice() {
            assertThat(ALL).allSatisfy(each -> assertThat(each.java()).exists());
            Set<Path> told = ALL.stream().map(Scenario::java).collect(Collectors.toSet());
            for (Scenario each : ALL) {
                assertThat(each.java().resolveSibling(".").normalize())
                        .isDirectoryNotContaining(
                                file -> file.toString().endsWith(".java") && !told.contains(file));
            }
        }

        @Test
        void wereRecordedOrSayWhatIsLegal() {
            assertThat(ALL)
                    .allSatisfy(each ->
                            assertThat(recorded(each).has(each.name()) || !each.legal().isEmpty())
                                    .as("run ./bureau conformance --oracle --record")
                                    .isTrue());
            Set<String> names = ALL.stream().map(Scenario::name).collect(Collectors.toSet());
            assertThat(ALL)
                    .allSatisfy(each ->
                            assertThat(names).containsAll(recorded(each).byName().keySet()));
        }

        @Test
        void endedInTheRecordAsTheyShould() {
            assertThat(ALL)
                    .allSatisfy(each ->
                            assertThat(recorded(each).of(each.name()))
                                    .noneMatch(outcome -> outcome.contains("main ended"))
                                    .noneMatch(outcome -> outcome.contains("main is not done")));
        }
    }

    @Nested
    class AComparison {
        private final Scenario plain = scenario("", Set.of());

        private static Scenario scenario(String differs, Set<String> legal) {
            return new Scenario(
                    "links",
                    "a_name",
                    new TreeSet<>(Set.of("L-01")),
                    "sentence",
                    differs,
                    Scenario.OLDEST,
                    legal,
                    Path.of("a_name.exs"),
                    Path.of("AName.java"));
        }

        private static Verdict verdict(Scenario of, Set<String> beam, Set<String> bureau) {
            return new Comparison(of, beam, bureau).verdict();
        }

        @Test
        void findsTheSameEqual() {
            assertThat(verdict(plain, Set.of("a", "b"), Set.of("b", "a"))).isEqualTo(Verdict.EQUAL);
        }

        @Test
        void letsBureauHaveFewerOutcomes() {
            assertThat(verdict(plain, Set.of("a", "b"), Set.of("b"))).isEqualTo(Verdict.WITHIN);
        }

        @Test
        void letsBureauHaveLegalOutcomes() {
            assertThat(verdict(scenario("", Set.of("b")), Set.of("a"), Set.of("b")))
                    .isEqualTo(Verdict.WITHIN);
        }

        @Test
        void findsWhatTheBeamDidNotPrint() {
            Comparison comparison = new Comparison(plain, Set.of("a"), Set.of("a", "odd\nlines"));
            assertThat(comparison.verdict()).isEqualTo(Verdict.DIFFERS);
            assertThat(comparison.isBad()).isTrue();
            assertThat(comparison.shown())
                    .contains("the BEAM:\n    a\n", "Bureau alone:\n    odd\n    lines\n");
        }

        @Test
        void letsBureauDifferForAReasonAndOnlyThen() {
            Scenario waived = scenario("a reason", Set.of());
            assertThat(verdict(waived, Set.of("a"), Set.of("b"))).isEqualTo(Verdict.WAIVED);
            assertThat(verdict(waived, Set.of("a"), Set.of("a"))).isEqualTo(Verdict.NOT_WAIVED);
        }

        @Test
        void withoutTheBeamIsWithWhatIsLegal() {
            assertThat(verdict(plain, Set.of(), Set.of("a"))).isEqualTo(Verdict.NOT_RUN);
            Scenario legal = scenario("", Set.of("a"));
            assertThat(verdict(legal, Set.of(), Set.of("a"))).isEqualTo(Verdict.NOT_RUN);
            assertThat(verdict(legal, Set.of(), Set.of("b"))).isEqualTo(Verdict.DIFFERS);
        }
    }

    @Nested
    class ARecord {
        @Test
        void isReadAsItWasWritten(@TempDir Path folder) {
            Outcomes outcomes = new Outcomes();
            outcomes.add("one", "a\n\n  b");
            outcomes.add("one", "c");
            outcomes.add("two", "or");
            Path file = folder.resolve(Outcomes.FILE);
            outcomes.write(file, "title");
            assertThat(Outcomes.read(file)).isEqualTo(outcomes);
            assertThat(Outcomes.read(folder.resolve("none"))).isEqualTo(new Outcomes());
        }

        /// What it has instead is what it had, and others are recorded.
        @Test
        void hasNothingOfRunsThatDidNotEnd(@TempDir Path folder) throws IOException {
            Path area = Files.createDirectory(folder.resolve("links"));
            for (String name : List.of("one", "two", "three", "four")) {
                Files.writeString(area.resolve(name + ".exs"), "# L-01: a sentence\n");
            }
            Outcomes before = new Outcomes();
            before.add("two", "before");
            before.add("four", "before");
            before.write(area.resolve(Outcomes.FILE), "title");
            Outcomes now = new Outcomes();
            now.add("one", "main ended: well");
            now.add("one", "a\nmain ended: noproc");
            now.add("two", "a");
            now.add("two", "main is not done");
            now.add("three", "main is not done\nsaid nobody");
            List<Scenario> refused = Oracle.record(new Beam(25, "1"), Scenario.in(folder), now);
            assertThat(refused).extracting(Scenario::name).containsExactly("one", "two");
            assertThat(Outcomes.read(area.resolve(Outcomes.FILE)).byName())
                    .containsOnly(
                            Map.entry("two", Set.of("before")),
                            Map.entry("three", Set.of("main is not done\nsaid nobody")),
                            Map.entry("four", Set.of("before")));
        }
    }

    @Nested
    class AHead {
        @TempDir Path folder;

        private Scenario read(String text) throws IOException {
            Path area = Files.createDirectories(folder.resolve("links"));
            Files.writeString(area.resolve("a_name.exs"), text);
            return Scenario.in(folder).getFirst();
        }

        @Test
        void tellsItemsAndWhatMayDiffer() throws IOException {
            Scenario scenario =
                    read(
                            """
                            # L-01 PI-05: a sentence
                            # that goes on
                            # waived: L-01
                            # needs: OTP 28
                            # legal: a b | c
                            # legal: d
                            out(1)
                            # no head
                            """);
            assertThat(scenario.ids()).isEqualTo(new HashSet<>(List.of("L-01", "PI-05")));
            assertThat(scenario.sentence()).isEqualTo("a sentence that goes on");
            assertThat(scenario.waivers()).containsExactly("L-01");
            assertThat(scenario.needs()).isEqualTo(28);
            assertThat(scenario.legal()).containsExactlyInAnyOrder("a b\nc", "d");
            assertThat(scenario.type()).isEqualTo("AName");
        }

        @Test
        void isThere() {
            assertThatThrownBy(() -> read("out(1)\n"))
                    .hasMessageContaining("expected to begin with");
        }
    }
}
