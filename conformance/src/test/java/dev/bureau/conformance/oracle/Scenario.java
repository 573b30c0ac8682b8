package dev.bureau.conformance.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One story told twice: `area/a_name.exs` for the BEAM and `area/AName.java` for Bureau. The comment that the
/// Elixir source begins with is the head of both:
///
/// ```
/// # L-03 L-06: linking to the dead tells those who trap, and fails for others
/// # waived: P-02 (Bureau prints something else, for the reason in waivers.properties)
/// # differs: a sentence (Bureau prints something else, for this reason)
/// # needs: OTP 28 (on an older one only Bureau runs)
/// # legal: a | b (an outcome, its lines between bars, that the BEAM may have and did not show yet)
/// ```
///
/// @param differs why Bureau prints something else: ids of waivers, or a sentence; empty if it must not
/// @param needs the first release of OTP on which it can run
/// @param legal outcomes that OTP documents, beside those it shows
record Scenario(
        String area,
        String name,
        Set<String> ids,
        String sentence,
        String differs,
        int needs,
        Set<String> legal,
        Path elixir,
        Path java) {
    static final int OLDEST = 25;

    private static final Pattern TITLE =
            Pattern.compile("((?:[A-Z]+-\\d\\d )*[A-Z]+-\\d\\d): (.+)");
    private static final Pattern ID = Pattern.compile("[A-Z]+-\\d\\d");

    /// All below the folder, by area and name.
    static List<Scenario> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".exs"))
                    .filter(file -> !file.getParent().equals(folder))
                    .sorted()
                    .map(Scenario::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder of the scenarios: in this folder, or in one it lies in.
    static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("conformance/oracle/oracle.exs"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("expected to run in a checkout of Bureau");
            }
        }
        return folder.resolve("conformance/oracle");
    }

    private static Scenario read(Path elixir) {
        String file = elixir.getFileName().toString();
        String name = file.substring(0, file.length() - ".exs".length());
        List<String> head = head(elixir);
        var title = TITLE.matcher(head.isEmpty() ? "" : head.getFirst());
        if (!title.matches()) {
            throw new IllegalArgumentException(
                    elixir + ": expected to begin with `# L-03: a sentence`, got: " + head);
        }
        String differs = "";
        Set<String> legal = new TreeSet<>();
        StringBuilder sentence = new StringBuilder(title.group(2));
        int needs = OLDEST;
        for (String line : head.subList(1, head.size())) {
            if (line.startsWith("waived: ")) {
                differs = line;
            } else if (line.startsWith("differs: ")) {
                differs = line.substring("differs: ".length());
            } else if (line.startsWith("needs: OTP ")) {
                needs = Integer.parseInt(line.substring("needs: OTP ".length()));
            } else if (line.startsWith("legal: ")) {
                legal.add(
                        Arrays.stream(line.substring("legal: ".length()).split("\\|"))
                                .map(String::strip)
                                .collect(Collectors.joining("\n")));
            } else {
                sentence.append(' ').append(line);
            }
        }
        return new Scenario(
                elixir.getParent().getFileName().toString(),
                name,
                new TreeSet<>(List.of(title.group(1).split(" "))),
                sentence.toString(),
                differs,
                needs,
                legal,
                elixir,
                elixir.resolveSibling(typeOf(name) + ".java"));
    }

    private static List<String> head(Path file) {
        List<String> head = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.startsWith("# ")) {
                    break;
                }
                head.add(line.substring(2).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return head;
    }

    /// The waivers that it counts on.
    Set<String> waivers() {
        Set<String> ids = new TreeSet<>();
        if (differs.startsWith("waived: ")) {
            ID.matcher(differs).results().forEach(id -> ids.add(id.group()));
        }
        return ids;
    }

    /// The class that the Java source defines.
    String type() {
        return typeOf(name);
    }

    private static String typeOf(String name) {
        return Stream.of(name.split("_"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return area + "/" + name;
    }
}
