package dev.bureau.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the command says without running anything.
@Isolated("it takes what this JVM prints")
class MainTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(new PrintStream(complained, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpNamesTheCommands(String asked) {
        assertThat(Main.run(asked)).isZero();
        assertThat(printed.toString(UTF_8)).contains("Usage: bureau", "run ", "test ", "help ");
    }

    @Test
    void helpOfRunNamesItsOptions() {
        assertThat(Main.run("help", "run")).isZero();
        assertThat(printed.toString(UTF_8))
                .startsWith("Usage: bureau run [OPTIONS] FILE.java [ARGS...]")
                .contains("--schedulers=N", "--class-path=PATH");
    }

    @Test
    void versionNamesBureauAndTheJdk() {
        assertThat(Main.run("--version")).isZero();
        assertThat(printed.toString(UTF_8))
                .matches("bureau \\d+\\.\\d+\\.\\d+\\S* \\(JDK .+\\)\\R");
    }

    @Test
    void nothingAskedShowsTheHelpAsAnError() {
        assertThat(Main.run()).isEqualTo(2);
        assertThat(complained.toString(UTF_8)).startsWith("Usage: bureau");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dance                        | unknown command: dance
                    --dance                      | unknown option: --dance
                    Chat.java                    | expected a command, got: Chat.java; run Chat.java?
                    run                          | missing required parameter: 'FILE.java'
                    run --dance Chat.java        | unknown option: '--dance'
                    run --schedulers             | missing required parameter for option '--schedulers' (N)
                    run --schedulers 0 Chat.java | expected --schedulers to be a number from 1 to 1024, got: 0
                    run --schedulers -1 Chat.java | expected --schedulers to be a number from 1 to 1024, got: -1
                    run --schedulers x Chat.java | expected --schedulers to be a number from 1 to 1024, got: x
                    run --schedulers=1025 A.java | expected --schedulers to be a number from 1 to 1024, got: 1025
                    run --class-path no.jar A.java | no such class path entry: no.jar
                    run NoSuchFile.java          | no such file: NoSuchFile.java
                    run /                        | expected a .java file, got a folder: /
                    test                         | test works in a checkout of Bureau only: ./bureau test
                    bench                        | bench works in a checkout of Bureau only: ./bureau bench
                    """)
    void aWrongCommandLineGetsOneClearMessage(String line, String message) {
        assertThat(Main.run(line.split(" "))).isEqualTo(2);
        assertThat(complained.toString(UTF_8).lines().findFirst()).hasValue("bureau: " + message);
        assertThat(complained.toString(UTF_8).lines().skip(1))
                .allMatch(next -> next.startsWith("try: "));
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void aFileOfAnotherKindIsRefused(@TempDir Path folder) throws Exception {
        var notes = Files.writeString(folder.resolve("notes.txt"), "x");
        assertThat(Main.run("run", notes.toString())).isEqualTo(2);
        assertThat(complained.toString(UTF_8))
                .isEqualTo("bureau: expected a .java file, got: " + notes + System.lineSeparator());
    }
}
