package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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

/// Somebody at a terminal, who types a `bureau` command, then lines, and reads what is shown.
///
/// It is a pseudo terminal, which the system's `script` makes.
final class Terminal implements AutoCloseable {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final Pattern CONTROL =
            Pattern.compile("\\x1b\\[[0-9;?]*[A-Za-z]|\\x1b[=>]|[\\r\\x07\\x08]");

    private final Process process;
    private final Path shown;
    private final Writer keys;
    private int seen;

    private Terminal(Process process, Path shown) {
        this.process = process;
        this.shown = shown;
        this.keys = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// Whether there can be one here.
    static boolean isAvailable() {
        return Files.isExecutable(SCRIPT) && System.getProperty("os.name").equals("Linux");
    }

    static Terminal bureau(String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "dev.bureau.cli.Main"));
        command.addAll(List.of(args));
        String line =
                command.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        var folder = Files.createTempDirectory("bureau-terminal");
        var builder =
                new ProcessBuilder(
                        SCRIPT.toString(),
                        "-qfec",
                        "stty cols 120 rows 40; exec " + line,
                        folder.resolve("shown").toString());
        builder.environment().put("TERM", "xterm");
        builder.environment().put("XDG_STATE_HOME", folder.toString());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        return new Terminal(builder.start(), folder.resolve("shown"));
    }

    /// Types a line.
    Terminal type(String line) throws IOException {
        keys.write(line + "\r");
        keys.flush();
        return this;
    }

    /// Waits until what matches is shown, after what was waited for before; its first group.
    String await(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Limit.SECONDS);
        while (true) {
            String text = text();
            Matcher found = wanted.matcher(text);
            if (found.find(Math.min(seen, text.length()))) {
                seen = found.end();
                return found.groupCount() > 0 ? found.group(1) : found.group();
            }
            assertThat(System.nanoTime())
                    .as("time to show %s after%n%s", pattern, text)
                    .isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private String text() {
        try {
            String text =
                    Files.exists(shown) ? Files.readString(shown, StandardCharsets.ISO_8859_1) : "";
            // Not its first and its last part, in the middle of which the file may end.
            return CONTROL.matcher(text).replaceAll("");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
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
