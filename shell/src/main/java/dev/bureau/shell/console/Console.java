package dev.bureau.shell.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bureau.shell.AttachException;
import dev.bureau.shell.attach.Frame.Done;
import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.session.Session.Detail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// A person, or a script, at the prompt of a node.
public sealed interface Console {
    /// Asks the node until the end; returns the exit code.
    ///
    /// @param connect attaches to the node, with whom to hand what is printed there
    int run(Function<Consumer<byte[]>, NodeConnection> connect);

    /// A prompt on this process's terminal; lines from its input if that is none.
    ///
    /// @param first evaluated before all else
    static Console onTerminal(String first) {
        return hasTerminal() ? new Interactive(first) : new Script(first);
    }

    /// Whether somebody sits there.
    @SuppressWarnings(
            "SystemConsoleNull") // it is null when the input is no terminal, in JDK 25 still
    static boolean hasTerminal() {
        java.io.Console terminal = System.console();
        return terminal != null && terminal.isTerminal();
    }

    /// A command, whose answer is printed.
    static Console command(String name, Map<String, String> options) {
        return new OneCommand(name, options);
    }

    /// One text, whose value is printed as it is.
    static Console once(String text) {
        return new Once(text);
    }

    /// Somebody sits there.
    record Interactive(String first) implements Console {
        @Override
        public int run(Function<Consumer<byte[]>, NodeConnection> connect) {
            return TerminalPrompt.run(connect, first);
        }
    }

    /// One line from the command line.
    record Once(String text) implements Console {
        @Override
        public int run(Function<Consumer<byte[]>, NodeConnection> connect) {
            try (NodeConnection node = connect.apply(Console::print)) {
                return exitCode(node.evaluate(text, Detail.VALUE));
            }
        }
    }

    /// No Java, but a question to the observer.
    record OneCommand(String name, Map<String, String> options) implements Console {
        @Override
        public int run(Function<Consumer<byte[]>, NodeConnection> connect) {
            try (NodeConnection node = connect.apply(Console::print)) {
                return exitCode(node.command(name, options));
            }
        }
    }

    /// Lines from a file or a pipe. It goes on after one that fails, as somebody at a terminal would.
    record Script(String first) implements Console {
        @Override
        public int run(Function<Consumer<byte[]>, NodeConnection> connect) {
            int code = 0;
            try (NodeConnection node = connect.apply(Console::print);
                    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
                if (!first.isEmpty()) code = exitCode(node.evaluate(first, Detail.NONE));
                var text = new StringBuilder();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    text.append(line).append('\n');
                    if (isLeave(text.toString())) return code;
                    if (text.toString().isBlank() || node.isIncomplete(text.toString())) continue;
                    code = Math.max(code, exitCode(node.evaluate(text.toString(), Detail.NAMED)));
                    text.setLength(0);
                }
                if (!text.toString().isBlank()) {
                    code = Math.max(code, exitCode(node.evaluate(text.toString(), Detail.NAMED)));
                }
            } catch (IOException failure) {
                throw new AttachException("cannot read the input: " + failure.getMessage());
            }
            return code;
        }
    }

    private static void print(byte[] bytes) {
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    /// Says what was cut; the exit code that a line has earned: 1 when it has failed.
    private static int exitCode(Done done) {
        if (done.cut() > 0) System.err.println(cut(done.cut()));
        return done.ok() ? 0 : 1;
    }

    /// How much of what a line has printed is missing.
    static String cut(long bytes) {
        return "** %,d more bytes were printed and cut: between two prompts 4 MB are shown"
                .formatted(bytes);
    }

    /// Whether a line is not for the node, but says good-bye to it.
    static boolean isLeave(String line) {
        return line.strip().matches("(exit|quit)(\\(\\))?;?");
    }
}
