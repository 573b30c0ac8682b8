package dev.bureau.conformance.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `./bureau conformance --oracle`: runs the scenarios on the BEAM and on Bureau and prints what differs.
public final class Oracle {
    private static final int DIFFERENCES = 1;
    private static final int USAGE = 2;
    private static final String HELP =
            """
            Usage: bureau conformance --oracle [--record] [--runs N] [--only TEXT]

            Runs the scenarios of conformance/oracle on the Erlang/OTP and Elixir of the PATH and on Bureau, and
            prints where they differ. See docs/conformance-oracle.md.

              --runs N     run each that many times on either side (20)
              --only TEXT  only those with TEXT in their area/name or ids
              --record     write what the BEAM printed beside the scenarios, for the tests; not where a run did not end
            """;

    private Oracle() {}

    private record Choice(boolean record, int runs, String only) {}

    /// Exits with 1 if something differs or was not recorded, with 2 if it cannot run.
    public static void main(String[] args) {
        int code;
        try {
            code = run(choice(List.of(args)));
        } catch (IllegalArgumentException | Beam.Missing misuse) {
            System.err.println("bureau: " + misuse.getMessage());
            code = USAGE;
        }
        System.out.flush();
        System.exit(code);
    }

    private static Choice choice(List<String> args) {
        boolean oracle = false;
        boolean record = false;
        int runs = 20;
        String only = "";
        var rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            switch (arg) {
                case "--oracle" -> oracle = true;
                case "--record" -> record = true;
                case "--runs" -> runs = number(rest.hasNext() ? rest.next() : "nothing");
                case "--only" -> only = rest.hasNext() ? rest.next() : "";
                default ->
                        throw new IllegalArgumentException("unknown option: " + arg + "\n" + HELP);
            }
        }
        if (!oracle) {
            throw new IllegalArgumentException("expected --oracle\n" + HELP);
        }
        return new Choice(record, runs, only);
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException("expected --runs to be a number, got: " + text);
        }
        return Integer.parseInt(text);
    }

    private static int run(Choice choice) {
        Beam beam = Beam.find();
        Path folder = Scenario.folder();
        List<Scenario> scenarios =
                Scenario.in(folder).stream()
                        .filter(each -> (each + " " + each.ids()).contains(choice.only()))
                        .toList();
        Runs runs = new Runs(choice.runs(), 8, Duration.ofSeconds(10));
        System.out.printf(
                "%d scenarios, %d runs each, on OTP %d with Elixir %s and on Bureau%n%n",
                scenarios.size(), choice.runs(), beam.release(), beam.elixir());
        Outcomes ofBeam = beam.run(scenarios, runs);
        List<Scenario> refused = choice.record() ? record(beam, scenarios, ofBeam) : List.of();
        Outcomes ofBureau;
        try (ScenarioPrograms programs = ScenarioPrograms.compile(scenarios)) {
            ofBureau = programs.run(scenarios, runs);
        }
        List<Comparison> all = new ArrayList<>();
        for (Scenario each : scenarios) {
            all.add(new Comparison(each, ofBeam.of(each.name()), ofBureau.of(each.name())));
        }
        all.forEach(each -> System.out.print(each.shown()));
        System.out.println("\n" + summary(all));
        System.out.println(coverage(scenarios, folder));
        refused.forEach(each -> System.err.println(refusal(each, ofBeam)));
        return refused.isEmpty() && all.stream().noneMatch(Comparison::isBad) ? 0 : DIFFERENCES;
    }

    private static String refusal(Scenario scenario, Outcomes ofBeam) {
        return "bureau: did not record %s: expected main to end in each run on the BEAM, got:\n%s"
                        .formatted(
                                scenario,
                                ofBeam.of(scenario.name()).stream()
                                        .filter(Outcomes::isCut)
                                        .map(Outcomes::shown)
                                        .collect(Collectors.joining()))
                + "if only this machine was too busy, record it alone: --record --only "
                + scenario;
    }

    /// What scenarios that did not run had before stays, and so does that of those it returns: in a run of theirs main did
    /// not come to its end.
    static List<Scenario> record(Beam beam, List<Scenario> scenarios, Outcomes now) {
        Set<Path> areas = new LinkedHashSet<>();
        scenarios.forEach(each -> areas.add(each.elixir().getParent()));
        for (Path area : areas) {
            Path file = area.resolve(Outcomes.FILE);
            Outcomes before = Outcomes.read(file);
            Outcomes after = new Outcomes();
            for (Scenario each : Scenario.in(area.getParent())) {
                if (each.elixir().getParent().equals(area)) {
                    boolean isNew = now.has(each.name()) && now.areComplete(each.name());
                    Outcomes source = isNew ? now : before;
                    source.of(each.name()).forEach(outcome -> after.add(each.name(), outcome));
                }
            }
            after.write(
                    file,
                    "What OTP %d with Elixir %s printed; written by ./bureau conformance --oracle --record"
                            .formatted(beam.release(), beam.elixir()));
        }
        return scenarios.stream().filter(each -> !now.areComplete(each.name())).toList();
    }

    private static String summary(List<Comparison> all) {
        Map<Comparison.Verdict, Integer> counts = new EnumMap<>(Comparison.Verdict.class);
        all.forEach(each -> counts.merge(each.verdict(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each ->
                        each.getValue()
                                + " "
                                + each.getKey().name().toLowerCase().replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    /// How many of the catalogue's items have a scenario, by the letters before the dash.
    private static String coverage(List<Scenario> scenarios, Path folder) {
        Set<String> shown = new TreeSet<>();
        scenarios.forEach(each -> shown.addAll(each.ids()));
        Map<String, int[]> areas = new TreeMap<>();
        try {
            for (String line :
                    Files.readAllLines(folder.resolveSibling("src/test/resources/catalogue.tsv"))) {
                if (!line.startsWith("#")) {
                    String id = line.split("\t")[0];
                    int[] counts = areas.computeIfAbsent(id.split("-")[0], _ -> new int[2]);
                    counts[1]++;
                    counts[0] += shown.contains(id) ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return areas.entrySet().stream()
                .filter(each -> each.getValue()[0] > 0)
                .map(each ->
                        "%s %d of %d"
                                .formatted(each.getKey(), each.getValue()[0], each.getValue()[1]))
                .collect(Collectors.joining(", ", "items with a scenario: ", ""));
    }
}
