package dev.bureau.conformance;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceTableTest {
    private static final String HOW_TO_WRITE =
            "mvn -q -Dquick -pl conformance -am -Dtest=ConformanceTableTest "
                    + "-Dsurefire.failIfNoSpecifiedTests=false -Dbureau.conformance.write=true test";

    private static final Path ROOT = root();
    private static final Path PAGE = ROOT.resolve("docs/conformance.md");
    private static final Catalogue CATALOGUE =
            Catalogue.read(ROOT.resolve("conformance/src/test/resources/catalogue.tsv"));

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("conformance/src/test"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Map<String, String> waivers() throws IOException {
        Properties properties = new Properties();
        try (Reader file =
                Files.newBufferedReader(ROOT.resolve("conformance/waivers.properties"))) {
            properties.load(file);
        }
        Map<String, String> waivers = new TreeMap<>();
        properties.forEach((id, reason) -> waivers.put(id.toString(), reason.toString().strip()));
        return waivers;
    }

    @Test
    void conformanceTableIsUpToDate() throws IOException {
        String text = new ConformanceTable(CATALOGUE, Claims.in(ROOT), waivers()).text();
        if (Boolean.getBoolean("bureau.conformance.write")) {
            Files.writeString(PAGE, text);
        }
        assertThat(PAGE).as("make it anew by: %s", HOW_TO_WRITE).exists();
        assertThat(Files.readString(PAGE))
                .as("docs/conformance.md is out of date; make it anew by: %s", HOW_TO_WRITE)
                .isEqualTo(text);
    }

    /// The kernel, and what is built on it.
    @ParameterizedTest
    @ValueSource(strings = {"P X L M A V N F TM PI", "G Y S DS PS T AG R AP SM GE E EX"})
    void nineteenOfTwentyItemsAreCoveredAndNoneIsOpen(String areas) throws IOException {
        Set<String> wanted = Set.of(areas.split(" "));
        Map<String, Long> items =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.matches("\\| [A-Z]+-\\d+ \\|.*"))
                        .map(line -> line.split(" \\| ?|\\| "))
                        .filter(cells -> wanted.contains(cells[1].replaceFirst("-.*", "")))
                        .collect(groupingBy(cells -> cells[2], counting()));
        assertThat(items).containsOnlyKeys("covered", "waived");
        long all = items.values().stream().mapToLong(Long::longValue).sum();
        assertThat(items.get("covered") * 100).isGreaterThanOrEqualTo(all * 95);
        long inCatalogue =
                CATALOGUE.items().keySet().stream()
                        .filter(id -> wanted.contains(id.replaceFirst("-.*", "")))
                        .count();
        assertThat(all).isEqualTo(inCatalogue);
    }

    @Test
    void whatIsCitedOrWaivedIsInTheCatalogue() throws IOException {
        ConformanceTable table = new ConformanceTable(CATALOGUE, Claims.in(ROOT), waivers());
        assertThat(table.unknown()).isEmpty();
    }

    @Test
    void everyWaiverGivesAReason() throws IOException {
        assertThat(waivers().values()).allMatch(reason -> reason.length() > 10);
    }

    @Test
    void theCatalogueHasAllItemsOfAllAreasInOrder() {
        assertThat(CATALOGUE.items()).hasSize(281).containsKeys("P-01", "G-33", "C-18");
        assertThat(CATALOGUE.items().keySet()).startsWith("P-01", "P-02").endsWith("C-17", "C-18");
    }

    @Test
    void aRowTellsStatusAndPlace(@TempDir Path root) throws IOException {
        Path tests = Files.createDirectories(root.resolve("kernel/src/test/java"));
        Files.writeString(
                tests.resolve("LinkTest.java"),
                """
                import module dev.bureau.kernel;

                @Otp("L-01")
                class LinkTest {
                    @Test @Otp("L-02") @Otp("L-03") void twoItems() {}

                    @Nested class Inner {
                        @dev.bureau.testkit.Scenario @dev.bureau.testkit.Otp(value = "L-03") void inner() {}
                    }

                    @Disabled @Test @Otp("L-04") void notRun() {}

                    // @Otp("L-04") in a comment
                    String text = "@Otp(\\"L-04\\")";
                }
                """);
        ConformanceTable table =
                new ConformanceTable(
                        CATALOGUE,
                        Claims.in(root),
                        Map.of("L-02", "one of its clauses", "L-05", "for a | reason"));
        assertThat(table.text())
                .contains("| L-01 | covered | kernel LinkTest |\n")
                .contains(
                        "| L-02 | covered | kernel LinkTest: twoItems; waived in part: one of its clauses |\n")
                .contains(
                        "| L-03 | covered | kernel LinkTest: twoItems; kernel LinkTest.Inner: inner |\n")
                .contains("| L-04 | open | |\n")
                .contains("| L-05 | waived | for a \\| reason |\n");
    }

    @Test
    void anItemThatDoesNotExistIsFound() {
        Set<Claim> claims = Set.of(new Claim("Z-99", "kernel", "FooTest", "bar"));
        assertThat(new ConformanceTable(CATALOGUE, claims, Map.of("Q-01", "why not")).unknown())
                .containsExactlyInAnyOrder("Z-99", "Q-01");
    }
}
