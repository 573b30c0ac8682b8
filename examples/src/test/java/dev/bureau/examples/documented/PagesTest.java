package dev.bureau.examples.documented;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.examples.BureauRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What pages say of programs, and where they lead.
class PagesTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)#(\\w+)`");

    /// A program in a guide, and what it prints.
    record Program(CodeBlock code, CodeBlock output) {
        @Override
        public String toString() {
            return code.place();
        }
    }

    static List<Program> programs() {
        var blocks =
                CodeBlock.ofCheckout(CHECKOUT).stream()
                        .filter(block -> block.file().startsWith("docs/guide"))
                        .toList();
        var programs = new ArrayList<Program>();
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            if (block.language().equals("java") && block.isProgram()) {
                programs.add(new Program(block, blocks.get(i + 1)));
            }
        }
        return programs;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramPrintsWhatStandsBelowIt(Program program) throws Exception {
        assertThat(program.output().language()).isEqualTo("text");
        var file = Files.createTempDirectory("page").resolve("Guide.java");
        Files.write(file, program.code().code());
        assertThat(BureauRun.finish(file).out().lines().toList())
                .isEqualTo(program.output().code());
    }

    static Stream<Path> pages() throws Exception {
        return CodeBlock.pages(CHECKOUT).stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadsSomewhere(Path page) throws Exception {
        var text = Files.readString(CHECKOUT.resolve(page));
        for (var link : LINK.matcher(text).results().toList()) {
            if (link.group(1).contains(":")) continue; // on the web
            var target =
                    link.group(1).isEmpty()
                            ? CHECKOUT.resolve(page)
                            : CHECKOUT.resolve(page).resolveSibling(link.group(1)).normalize();
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as(link.group()).contains(link.group(2));
            }
        }
    }

    /// `Type#method` in a page is a test, whatever room it is in.
    @ParameterizedTest
    @MethodSource("pages")
    void namesTestsThatThereAre(Path page) throws Exception {
        var names = TEST.matcher(Files.readString(CHECKOUT.resolve(page))).results().toList();
        var tests = names.isEmpty() ? Map.<String, String>of() : tests();
        for (var name : names) {
            assertThat(tests.getOrDefault(name.group(1), ""))
                    .as(name.group())
                    .contains("void " + name.group(2) + "(");
        }
    }

    /// The text of all tests by the name of their class; two classes of one name are one text.
    private static Map<String, String> tests() throws Exception {
        var tests = new HashMap<String, String>();
        try (var rooms = Files.list(CHECKOUT)) {
            for (var room : rooms.map(room -> room.resolve("src/test/java")).toList()) {
                if (!Files.isDirectory(room)) continue;
                try (var files = Files.walk(room)) {
                    for (var file : (Iterable<Path>) files::iterator) {
                        var name = file.getFileName().toString();
                        if (!name.endsWith("Test.java")) continue;
                        tests.merge(
                                name.replace(".java", ""), Files.readString(file), String::concat);
                    }
                }
            }
        }
        return tests;
    }

    private static List<String> anchors(Path page) throws Exception {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void isFoundFromAnother() throws Exception {
        var found = new HashSet<Path>();
        for (Path page : CodeBlock.pages(CHECKOUT)) {
            for (var link :
                    LINK.matcher(Files.readString(CHECKOUT.resolve(page))).results().toList()) {
                var target = page.resolveSibling(link.group(1)).normalize();
                if (!target.equals(page)) found.add(target);
            }
        }
        assertThat(found)
                .containsAll(
                        CodeBlock.pages(CHECKOUT).stream().filter(PagesTest::isToBeRead).toList());
    }

    private static boolean isToBeRead(Path page) {
        return page.startsWith("docs") && !page.startsWith("docs/adr");
    }
}
