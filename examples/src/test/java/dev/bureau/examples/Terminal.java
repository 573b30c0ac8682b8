package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Somebody at a terminal, who types lines to a `bureau` command and reads what is shown.
///
/// It is a pseudo terminal, which the system's `script` makes.
final class Terminal implements AutoCloseable {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final Pattern CONTROL =
            Pattern.compile("\\x1b\\[[0-9;?]*[A-Za-z]|\\x1b[=>]|[\\r\\x07\\x08]");

    private final Process process;
    private final Writer keys;

    /// Guarded by itself, which is told of whatever comes.
    private final StringBuilder shown = new StringBuilder();

    private int seen;

    private Terminal(Process process) {
        this.process = process;
        this.keys = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("terminal").start(this::read);
    }

    /// Whether there can be one here.
    static boolean isAvailable() {
        return Files.isExecutable(SCRIPT) && System.getProperty("os.name").equals("Linux");
    }

    static Terminal bureau(String... args) throws IOException {
        return shell("stty cols 120 rows 40; exec " + commandLine(args));
    }

    /// The command that runs `bureau` with these arguments, for a shell.
    static String commandLine(String... args) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "dev.bureau.cli.Main"));
        command.addAll(List.of(args));
        return command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /// A terminal at which a shell runs these commands.
    static Terminal shell(String commands) throws IOException {
        // Where the tests run in the background ^C would mean nothing, to whatever they start.
        var builder =
                new ProcessBuilder(
                        List.of(
                                "env",
                                "--default-signal=INT",
                                SCRIPT.toString(),
                                "-qfec",
                                commands,
                                "/dev/null"));
        builder.environment().put("TERM", "xterm");
        // Which shell runs the commands is nothing of the user's: they differ in what ^C does.
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment()
                .put("XDG_STATE_HOME", Files.createTempDirectory("bureau-terminal").toString());
        return new Terminal(builder.redirectErrorStream(true).start());
    }

    private void read() {
        try (Reader screen = process.inputReader(StandardCharsets.UTF_8)) {
            char[] some = new char[4096];
            for (int count = screen.read(some); count >= 0; count = screen.read(some)) {
                synchronized (shown) {
                    shown.append(some, 0, count);
                    shown.notifyAll();
                }
            }
        } catch (IOException closed) {
            // nothing more comes
        }
    }

    /// Types a line.
    void type(String line) throws IOException {
        keys.write(line + "\r");
        keys.flush();
    }

    /// Presses keys.
    void press(String pressed) throws IOException {
        keys.write(pressed);
        keys.flush();
    }

    /// All that was sent to the screen, as it was.
    String sent() {
        synchronized (shown) {
            return shown.toString();
        }
    }

    /// Waits until what matches is shown, after what was waited for before; its first group.
    String await(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Limit.SECONDS);
        synchronized (shown) {
            while (true) {
                String text = CONTROL.matcher(shown).replaceAll("");
                Matcher found = wanted.matcher(text);
                if (found.find(Math.min(seen, text.length()))) {
                    seen = found.end();
                    return found.groupCount() > 0 ? found.group(1) : found.group();
                }
                long left = deadline - System.nanoTime();
                assertThat(left).as("time to show %s after%n%s", pattern, text).isPositive();
                TimeUnit.NANOSECONDS.timedWait(shown, left);
            }
        }
    }

    /// Waits until what matches was sent to the screen, control characters and all.
    void awaitSent(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Limit.SECONDS);
        synchronized (shown) {
            while (!wanted.matcher(shown).find()) {
                long left = deadline - System.nanoTime();
                assertThat(left).as("time to send %s after%n%s", pattern, shown).isPositive();
                TimeUnit.NANOSECONDS.timedWait(shown, left);
            }
        }
    }

    /// Waits until the command has ended; its exit code.
    int end() throws InterruptedException {
        assertThat(process.waitFor(Limit.SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
