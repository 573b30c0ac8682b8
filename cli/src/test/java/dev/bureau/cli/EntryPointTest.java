package dev.bureau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryPointTest {
    /// Where a program leaves what it was called with.
    private static final String CALLED = "bureau.test.called";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void main() { called(); }",
                "static void main() { called(); }",
                "public static void main(String[] args) { called(args); }",
                "protected void main(String... args) { called(args); }",
                "class A { void main() { called(); } }",
                "class A { A() {} static void main(String[] args) { called(args); } }",
                "enum A { ONE; static void main() { called(); } }",
                "record A() { void main() { called(); } }",
                "interface A { static void main() { called(); } }",
            })
    void isAnyMainOfTheLaunchProtocol(String text) throws Exception {
        assertThat(call(text, "x", "y")).isEqualTo(text.contains("args") ? "[x, y]" : "[]");
    }

    @Test
    void withArgumentsGoesFirst() throws Exception {
        assertThat(
                        call(
                                "void main() { called(); }\nvoid main(String[] args) { called(args); }",
                                "x"))
                .isEqualTo("[x]");
    }

    @Test
    void mayBeInherited() throws Exception {
        assertThat(call("abstract class A { void main() { called(); } }\nclass B extends A {}"))
                .isEqualTo("[]");
    }

    @Test
    void isInTheFirstClassThatHasOne() throws Exception {
        assertThat(
                        call(
                                """
                                record Message(int number) {}

                                class A {
                                    static void main() { called(); }

                                    static class Inner { static void main() { called("inner"); } }
                                }

                                class B { static void main() { called("b"); } }
                                """))
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private class A {}",
                "class A { private static void main() {} }",
                "class A { static int main() { return 0; } }",
                "class A { static void main(int x) {} }",
                "class A { class B { static void main() {} } }",
                "",
            })
    void isMissedWithAMessage(String text) {
        assertThatThrownBy(() -> call(text.replace("private class", "class")))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("no main in ")
                .hasMessageEndingWith(
                        ": expected void main() or void main(String[] args), or a class that implements Application");
    }

    @Test
    void needsAnInstanceToBeCalledOn() {
        assertThatThrownBy(() -> call("class A { A(int x) {} void main() {} }"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        "main of A is not static, so the class needs a constructor");
    }

    @Test
    void throwsWhatTheProgramThrows() {
        assertThatThrownBy(() ->
                        call(
                                "void main() throws Exception { throw new java.io.IOException(\"x\"); }"))
                .isExactlyInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        call("class A { A() { throw new AssertionError(1); } void main() {} }"))
                .isExactlyInstanceOf(AssertionError.class);
    }

    private String call(String text, String... args) throws Exception {
        var called =
                """
                class Called {
                    static void called(String... args) {
                        System.setProperty("%s", java.util.Arrays.toString(args));
                    }
                }
                """;
        Files.writeString(folder.resolve("Called.java"), called.formatted(CALLED));
        var file = folder.resolve("Program.java");
        Files.writeString(file, text.replace("called(", "Called.called("));
        var rooms = new Rooms(List.of(), List.of("java.base"));
        var source = SourceFile.of(file.toString());
        var program = new ProgramCompiler(rooms, List.of()).compile(source).program();
        System.clearProperty(CALLED);
        EntryPoint.of(program, new ProgramLoader(program, List.of(), Weaving.none()))
                .call(List.of(args));
        return System.getProperty(CALLED);
    }
}
