package dev.bureau.shell.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bureau.shell.AttachException;
import dev.bureau.shell.attach.Frame.Done;
import dev.bureau.shell.attach.Frame.Welcome;
import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.session.Session.Detail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/// Reads lines with history, completion and editing, has each evaluated, and shows what comes of it.
///
/*
 * Two threads: this one, and the connection's, which brings what processes print. While a line is read that goes above it,
 * in whole lines; while one is evaluated, straight to the terminal. ^C while a line is read drops it; while one is
 * evaluated, ends it.
 */
final class TerminalPrompt {
    private final Terminal terminal;
    private final StringBuilder halfLine = new StringBuilder();
    private volatile @Nullable LineReader reader;

    private TerminalPrompt(Terminal terminal) {
        this.terminal = terminal;
    }

    static int run(Function<Consumer<byte[]>, NodeConnection> connect, String first) {
        try (var _ = TerminalModes.keep();
                Terminal terminal = SystemTerminal.open()) {
            var prompt = new TerminalPrompt(terminal);
            try (NodeConnection node = connect.apply(prompt::print)) {
                return prompt.converse(node, first);
            }
        } catch (IOException failure) {
            throw new AttachException("cannot use this terminal: " + failure.getMessage());
        }
    }

    private int converse(NodeConnection node, String first) {
        LineReader lines = lineReader(node);
        reader = lines;
        Thread me = Thread.currentThread();
        node.whenLost(me::interrupt);
        terminal.handle(Signal.INT, _ -> node.interrupt());
        say(banner(node.welcome()));
        String prompt = node.welcome().prompt();
        try {
            if (!first.isEmpty()) prompt = evaluate(node, first, Detail.NONE);
            while (true) {
                String line;
                try {
                    line = lines.readLine(prompt);
                } catch (UserInterruptException _) {
                    Thread.interrupted();
                    node.requireOpen();
                    continue;
                } catch (EndOfFileException _) {
                    return 0;
                }
                if (line.isBlank()) continue;
                if (Console.isLeave(line)) return 0;
                prompt = evaluate(node, line, Detail.NAMED);
            }
        } catch (AttachException lost) {
            Thread.interrupted();
            flushHalfLine();
            say("** " + lost.getMessage());
            return 1;
        } finally {
            reader = null;
        }
    }

    /// Returns the next prompt.
    private String evaluate(NodeConnection node, String line, Detail detail) {
        Done done = node.evaluate(line, detail);
        flushHalfLine();
        if (done.cut() > 0) say("\n" + Console.cut(done.cut()));
        return done.prompt();
    }

    private LineReader lineReader(NodeConnection node) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("bureau")
                .parser(new JavaParser(node))
                .completer(new JavaCompleter())
                .variable(LineReader.HISTORY_FILE, historyFile())
                .variable(LineReader.HISTORY_SIZE, 5_000)
                .variable(LineReader.HISTORY_FILE_SIZE, 10_000)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P ... ")
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.INSERT_TAB, false)
                .option(LineReader.Option.HISTORY_INCREMENTAL, true)
                .build();
    }

    private static Path historyFile() {
        String state = System.getenv("XDG_STATE_HOME");
        Path folder =
                state == null || state.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "state")
                        : Path.of(state);
        return folder.resolve("bureau").resolve("shell-history");
    }

    private static String banner(Welcome node) {
        return "%s, process %d: %s%n%s. help() says what there is, ^C stops a line, exit or ^D leaves."
                .formatted(node.node(), node.pid(), node.program(), node.runtime());
    }

    private void say(String text) {
        terminal.writer().println(text);
        terminal.flush();
    }

    /// The connection's thread.
    private void print(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        LineReader lines = reader;
        synchronized (halfLine) {
            if (lines == null || !lines.isReading()) {
                terminal.writer().print(halfLine + text);
                halfLine.setLength(0);
                terminal.flush();
                return;
            }
            halfLine.append(text);
            int end = halfLine.lastIndexOf("\n");
            if (end < 0) return;
            lines.printAbove(AttributedString.fromAnsi(halfLine.substring(0, end)));
            halfLine.delete(0, end + 1);
        }
    }

    private void flushHalfLine() {
        synchronized (halfLine) {
            terminal.writer().print(halfLine);
            halfLine.setLength(0);
            terminal.flush();
        }
    }
}
