package dev.bureau.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process a test has started, whose output goes to files.
record Launched(Process process, Path out, Path err) {
    private static final long LIMIT_SECONDS = 60;

    /// How it ended and what it wrote.
    record Result(int code, String out, String err) {}

    /// Runs the `bureau` command from the classes under test, in a folder.
    static Result bureau(Path folder, String... args) throws Exception {
        return start(folder, args).finish();
    }

    /// Starts the `bureau` command; its cached programs go into the folder as well.
    static Launched start(Path folder, String... args) throws IOException {
        return start(folder, List.of(), args);
    }

    /// Starts the `bureau` command in a JVM with these options, too.
    static Launched start(Path folder, List<String> options, String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseCompactObjectHeaders",
                        "-Djdk.pollerMode=1"));
        command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(args));
        return start(folder, Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()), command);
    }

    /// Starts any command.
    static Launched start(Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        var out = Files.createTempFile("launched", ".out");
        var err = Files.createTempFile("launched", ".err");
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "BUREAU_JAVA_OPTS"));
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Launched(builder.start(), out, err);
    }

    /// Gives it something to read, and then the end of its input.
    Launched reading(String input) throws IOException {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        }
        return this;
    }

    /// Waits until it has written this to its standard output.
    Launched saying(String text) throws Exception {
        return writing(text, out);
    }

    /// Waits until it has written this to its standard error.
    Launched complaining(String text) throws Exception {
        return writing(text, err);
    }

    private Launched writing(String text, Path file) throws Exception {
        while (!Files.readString(file).contains(text)) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("ended without saying " + text + ": " + finish());
            }
        }
        return this;
    }

    /// Waits for its end.
    Result finish() throws Exception {
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly().waitFor();
        var result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        if (!ended)
            throw new AssertionError("ran for more than " + LIMIT_SECONDS + " s: " + result);
        return result;
    }
}
