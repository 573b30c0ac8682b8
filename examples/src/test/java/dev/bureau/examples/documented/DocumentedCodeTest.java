package dev.bureau.examples.documented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The code in pages and documentation comments is what the compiler takes.
class DocumentedCodeTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final String SKETCH = "java sketch";
    private static final Set<String> LANGUAGES =
            Set.of("java", SKETCH, "sh", "elixir", "erlang", "text", "json", "xml");

    private static List<CodeBlock> all() {
        return CodeBlock.ofCheckout(CHECKOUT);
    }

    @Test
    void compiles() throws Exception {
        assertThat(DocumentedCode.problems(all())).isEmpty();
    }

    @Test
    void isFoundWhereverItStands() {
        assertThat(all())
                .extracting(block -> block.file().toString())
                .contains(
                        "README.md",
                        "docs/adr/0001-api.md",
                        "otp/src/main/java/dev/bureau/otp/Task.java",
                        "kernel/src/main/java/dev/bureau/kernel/Bureau.java");
    }

    @Test
    void saysInWhichLanguageItIs() {
        assertThat(all())
                .filteredOn(block -> !LANGUAGES.contains(block.language()))
                .as("blocks in other languages than " + LANGUAGES)
                .isEmpty();
    }

    /// What was not built is shown where it was decided, and nowhere else.
    @Test
    void isASketchInRecordsOfDecisionsOnly() {
        assertThat(all())
                .filteredOn(block -> block.language().equals(SKETCH))
                .extracting(CodeBlock::file)
                .allMatch(file -> file.startsWith("docs/adr"));
    }

    @Nested
    class AMistake {
        private static final Path PAGE = Path.of("docs/page.md");

        private static List<String> problems(String... lines) throws Exception {
            return DocumentedCode.problems(CodeBlock.in(PAGE, List.of(lines)));
        }

        @Test
        void isToldWithItsPlace() throws Exception {
            assertThat(
                            problems(
                                    "# Page",
                                    "",
                                    "```java",
                                    "Pid pid = self();",
                                    "record Wish(String what) {}",
                                    "",
                                    "send(pid, new Wish(1));",
                                    "```"))
                    .singleElement()
                    .asString()
                    .startsWith("docs/page.md:7: incompatible types: int cannot be converted");
        }

        @Test
        void inAProgramIsToo() throws Exception {
            assertThat(problems("```java", "void main() {", "    nothing();", "}", "```"))
                    .singleElement()
                    .asString()
                    .startsWith("docs/page.md:3: cannot find symbol");
        }

        @Test
        void ofSyntaxHidesNoOther() throws Exception {
            assertThat(
                            problems(
                                    "```java",
                                    "int a = ...;",
                                    "```",
                                    "```java",
                                    "void main() { nothing(); }",
                                    "```"))
                    .anyMatch(problem -> problem.startsWith("docs/page.md:2: illegal start"))
                    .anyMatch(problem -> problem.startsWith("docs/page.md:5: cannot find symbol"));
        }

        @Test
        void isAFenceThatIsNotClosedAndAnotherForm() {
            assertThatThrownBy(() -> problems("text", "```java", "int a = 1;"))
                    .hasMessage("docs/page.md:2: expected a fence that is closed");
            assertThatThrownBy(() -> problems("{@snippet :", "int a = 1;", "}"))
                    .hasMessageStartingWith("docs/page.md:1: expected code in a ``` fence");
        }

        @Test
        void isAWarningToo() throws Exception {
            assertThat(problems("```java", "List names = List.of();", "```"))
                    .anyMatch(problem -> problem.startsWith("docs/page.md:2: found raw type"));
        }

        @Test
        void isAMissingImportOfAProgram() throws Exception {
            assertThat(problems("```java", "void main() { sleepForever(); }", "```"))
                    .singleElement()
                    .asString()
                    .startsWith("docs/page.md:2: cannot find symbol");
        }
    }

    @Test
    void ofOneTextIsOneProgram() throws Exception {
        var blocks =
                CodeBlock.in(
                        Path.of("docs/page.md"),
                        List.of(
                                "```java",
                                "import static dev.bureau.otp.Supervisor.*;",
                                "record Say(String what) {}",
                                "Pid pid = self();",
                                "```",
                                "and then",
                                "```java",
                                "send(pid, new Say(\"hello\"));",
                                "Supervisor.startLink(ONE_FOR_ONE);",
                                "```",
                                "```elixir",
                                "send(pid, {:say, \"hello\"})",
                                "```"));
        assertThat(blocks).extracting(CodeBlock::line).containsExactly(2, 8, 12);
        assertThat(DocumentedCode.problems(blocks)).isEmpty();
    }

    @Test
    void isSplitIntoWhatGoesWhere() {
        var code =
                """
                import module java.base;
                // a comment; with a ; in it
                sealed interface Shape {}
                /// a "text
                @SuppressWarnings("x") static final class Round<T> implements Shape { int a; }
                static final Map<String, Integer> SIZES = Map.of("a;{", 1);
                @Nested
                <T> List<T> twice(T one, int times) throws IOException, Error {
                    return List.of(one, one);
                }
                String text = \"\"\"
                    }};; " \\\"""
                    \"\"\"; char c = '\\'';
                try {
                    a();
                } catch (Exception e) {
                } finally {
                }
                if (a) { b(); } else { c(); }
                run(() -> { d(); }).then(() -> {
                    e();
                });
                int[] numbers = {1, 2};
                new Thread() {}.start();
                return switch (x) { default -> 1; };
                """;
        assertThat(Fragments.of(code.lines().toList()))
                .extracting(part -> part.kind() + " " + lastLine(part.code()))
                .containsExactly(
                        "IMPORT import module java.base;",
                        "MEMBER sealed interface Shape {}",
                        "MEMBER @SuppressWarnings(\"x\") static final class Round<T> implements Shape { int a; }",
                        "MEMBER static final Map<String, Integer> SIZES = Map.of(\"a;{\", 1);",
                        "MEMBER }",
                        "STATEMENT \"\"\";",
                        "STATEMENT char c = '\\'';",
                        "STATEMENT }",
                        "STATEMENT if (a) { b(); } else { c(); }",
                        "STATEMENT });",
                        "STATEMENT int[] numbers = {1, 2};",
                        "STATEMENT new Thread() {}.start();",
                        "STATEMENT return switch (x) { default -> 1; };");
    }

    private static String lastLine(String code) {
        return code.strip().lines().toList().getLast().strip();
    }
}
