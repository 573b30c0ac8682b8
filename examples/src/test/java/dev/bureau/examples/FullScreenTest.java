package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `bureau top` and `bureau attach` at a terminal: whatever ends them, it is as it was before.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FullScreenTest {
    private static final String CTRL_C = "\u0003";
    private static final String ENTER_SCREEN = "\u001b[?1049h";
    private static final String LEAVE_SCREEN = "\u001b[?1049l";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    @TempDir Path folder;
    private final String name = "screen-" + ProcessHandle.current().pid();
    private BureauRun node;

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(Terminal.isAvailable(), "needs util-linux' script");
        Path program =
                Files.writeString(
                        folder.resolve("Waits.java"),
                        """
                        import static dev.bureau.kernel.Bureau.*;

                        void main() {
                            for (int i = 0; i < 100; i++) spawn(() -> receive(Thread.class));
                            IO.println("open");
                            receive(Thread.class);
                        }
                        """);
        node = BureauRun.start(List.of(), List.of(), List.of("--name", name), program);
        node.awaitOut("open");
    }

    @AfterEach
    void close() {
        if (node != null) node.close();
    }

    /// Runs a command, and writes down the terminal's modes before and after, its name, and the command's process.
    private Terminal terminal(String... command) throws Exception {
        return Terminal.shell(
                """
                # ^C reaches the shell as well, which has to outlive the command
                trap : INT
                cd '%s'; stty cols 120 rows 40; stty -g > before; tty > tty
                sh -c 'echo $$ > pid; exec "$@"' sh %s
                code=$?; stty -g > after; exit $code
                """
                        .formatted(folder, Terminal.commandLine(command)));
    }

    private String written(String file) throws Exception {
        return Files.readString(folder.resolve(file)).strip();
    }

    private void isClean(Terminal terminal) throws Exception {
        String sent = terminal.sent();
        assertThat(sent).contains(ENTER_SCREEN, HIDE_CURSOR);
        assertThat(sent.lastIndexOf(LEAVE_SCREEN)).isGreaterThan(sent.lastIndexOf(ENTER_SCREEN));
        assertThat(sent.lastIndexOf(SHOW_CURSOR)).isGreaterThan(sent.lastIndexOf(HIDE_CURSOR));
        assertThat(written("after")).isEqualTo(written("before"));
    }

    @Test
    void topGrowsWithTheTerminalAndLeavesItByCtrlC() throws Exception {
        try (var terminal = terminal("top", name)) {
            terminal.await("q leave  h help");
            terminal.await("104 processes, cpu");
            new ProcessBuilder("stty", "-F", written("tty"), "cols", "100", "rows", "60")
                    .inheritIO()
                    .start()
                    .waitFor();
            // From the last row it goes back to the first.
            terminal.awaitSent("\u001b\\[59A");
            terminal.press(CTRL_C);
            assertThat(terminal.end()).isZero();
            isClean(terminal);
        }
    }

    @Test
    void topSaysThatTheNodeIsGone() throws Exception {
        try (var terminal = terminal("top", name)) {
            terminal.await("processes, cpu");
            node.process().destroyForcibly();
            terminal.await("bureau: the connection was cut");
            assertThat(terminal.end()).isEqualTo(1);
            isClean(terminal);
            assertThat(terminal.sent().lastIndexOf("bureau: the connection"))
                    .isGreaterThan(terminal.sent().lastIndexOf(LEAVE_SCREEN));
        }
    }

    @Test
    void topThatIsToldToEndLeavesTheTerminalClean() throws Exception {
        try (var terminal = terminal("top", name)) {
            terminal.await("processes, cpu");
            ProcessHandle.of(Long.parseLong(written("pid"))).orElseThrow().destroy();
            assertThat(terminal.end()).isEqualTo(143);
            isClean(terminal);
        }
    }

    @Test
    void aLineThatPrintsWithoutAnEndIsStoppedByCtrlC() throws Exception {
        try (var terminal = terminal("attach", name)) {
            terminal.await(name + "\\(1\\)> ");
            terminal.type("while (true) IO.println(\"on and on and on\")");
            terminal.await("on and on and on\\s+on and on and on");
            terminal.press(CTRL_C);
            terminal.await("\\*\\* stopped; self\\(\\) was");
            terminal.type("20 + 22");
            terminal.await("==> 42");
            terminal.type("exit");
            assertThat(terminal.end()).isZero();
            assertThat(written("after")).isEqualTo(written("before"));
        }
    }
}
