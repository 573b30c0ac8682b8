package dev.bureau.conformance.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What runs of scenarios printed: for each scenario's name the set of its outcomes, each of which is the lines of one
/// run. A file of them is made to be read beside the scenarios of its area:
///
/// ```
/// link_to_the_dead
///   {caught, noproc}
///   false
/// or
///   {caught, noproc}
///   true
/// ```
record Outcomes(Map<String, Set<String>> byName) {
    static final String FILE = "outcomes.txt";

    /// The last line of a run in which main did not end in time.
    static final String NOT_DONE = "main is not done";

    /// The last line of one in which it did not end in order; the reason follows.
    static final String ENDED = "main ended: ";

    private static final String INDENT = "  ";
    private static final String OR = "or";

    Outcomes() {
        this(new TreeMap<>());
    }

    void add(String name, String outcome) {
        byName.computeIfAbsent(name, _ -> new TreeSet<>()).add(outcome);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /// Whether main came to its end in every run of that scenario.
    boolean areComplete(String name) {
        return of(name).stream().noneMatch(Outcomes::isCut);
    }

    static boolean isCut(String outcome) {
        String last = outcome.substring(outcome.lastIndexOf('\n') + 1);
        return last.equals(NOT_DONE) || last.startsWith(ENDED);
    }

    Set<String> of(String name) {
        return byName.getOrDefault(name, Set.of());
    }

    /// Nothing if there is no such file.
    static Outcomes read(Path file) {
        Outcomes outcomes = new Outcomes();
        if (!Files.exists(file)) {
            return outcomes;
        }
        String name = "";
        StringBuilder lines = new StringBuilder();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(INDENT)) {
                    lines.append(lines.isEmpty() ? "" : "\n")
                            .append(line.substring(INDENT.length()));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    outcomes.end(name, lines);
                    name = line.equals(OR) ? name : line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outcomes.end(name, lines);
        return outcomes;
    }

    private void end(String name, StringBuilder lines) {
        if (!name.isEmpty()) {
            add(name, lines.toString());
        }
        lines.setLength(0);
    }

    void write(Path file, String title) {
        StringBuilder text = new StringBuilder("# " + title + "\n");
        byName.forEach((name, outcomes) ->
                text.append('\n')
                        .append(name)
                        .append('\n')
                        .append(
                                String.join(
                                        OR + "\n",
                                        outcomes.stream().map(Outcomes::shown).toList())));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An outcome as lines of their own, indented.
    static String shown(String outcome) {
        return outcome.indent(INDENT.length());
    }
}
