package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `bureau run` of an example in a JVM of its own, from the classes under test. Its output goes to files.
public record BureauRun(Process process, Path out, Path err) implements AutoCloseable {
    /// Gives Bureau carriers of its own.
    static final List<String> OWN_CARRIERS =
            List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED");

    /// How a program ended and what it printed.
    public record Result(int code, String out, String err) {}

    /// Runs an example to its end.
    static Result finish(String program, String... args) throws Exception {
        return finish(Example.file(program), args);
    }

    /// Runs a program to its end.
    public static Result finish(Path program, String... args) throws Exception {
        try (var run = start(List.of(), List.of("-Xmx1g"), List.of(), program, args)) {
            return run.finish();
        }
    }

    /// The options that `./bureau run` gives the JVM, as it says itself.
    static List<String> flagsOfTheCommand() throws Exception {
        var command = Example.file("Counter").getParent().resolveSibling("bureau");
        var function = "eval \"$(sed -n '/^jvm_flags()/,/^}/p' \"$0\")\"";
        var print = "jvm_flags; printf '%s\\n' \"${flags[@]}\"";
        var builder = new ProcessBuilder("bash", "-c", function + "; " + print, command.toString());
        builder.environment().remove("BUREAU_JAVA_OPTS");
        var bash = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var flags = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        assertThat(flags).contains("-XX:CompileCommand=");
        return flags.lines().toList();
    }

    /// Starts a program.
    ///
    /// @param before the command that is to run the JVM, or nothing
    static BureauRun start(
            List<String> before,
            List<String> jvmOptions,
            List<String> bureauOptions,
            String program,
            String... args)
            throws IOException {
        return start(before, jvmOptions, bureauOptions, Example.file(program), args);
    }

    /// Starts a program that is no example.
    static BureauRun start(
            List<String> before,
            List<String> jvmOptions,
            List<String> bureauOptions,
            Path program,
            String... args)
            throws IOException {
        var options = new ArrayList<>(OWN_CARRIERS);
        options.addAll(jvmOptions);
        return startWith(before, options, bureauOptions, program, args);
    }

    /// Starts a program, on the JDK's scheduler unless the options give Bureau its own.
    static BureauRun startWith(
            List<String> before,
            List<String> jvmOptions,
            List<String> bureauOptions,
            Path program,
            String... args)
            throws IOException {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseCompactObjectHeaders", "-XX:+UseParallelGC"));
        command.addAll(List.of("-Djdk.trackAllThreads=false", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.bureau.cli.Main", "run"));
        command.addAll(bureauOptions);
        command.add(program.toString());
        command.addAll(List.of(args));
        var folder = Files.createTempDirectory("bureau-run");
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "BUREAU_JAVA_OPTS"));
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new BureauRun(builder.start(), out, err);
    }

    /// The port the chat has printed.
    int port() throws Exception {
        var line = "chat on port (\\d+)\n";
        awaitOut(line);
        return Integer.parseInt(Files.readString(out).replaceFirst("(?s).*" + line + ".*", "$1"));
    }

    /// Waits until it has printed what matches.
    void awaitOut(String pattern) throws Exception {
        await(out, pattern);
    }

    /// Waits until it has written to standard error what matches.
    void awaitError(String pattern) throws Exception {
        await(err, pattern);
    }

    private void await(Path file, String pattern) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Limit.SECONDS);
        while (!java.util.regex.Pattern.compile(pattern).matcher(Files.readString(file)).find()) {
            assertThat(System.nanoTime()).as("time to say " + pattern).isLessThan(deadline);
            boolean ended = process.waitFor(10, TimeUnit.MILLISECONDS);
            if (ended)
                throw new AssertionError("ended without saying " + pattern + ": " + result());
        }
    }

    /// What it has written to standard error so far.
    String errors() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    /// Tells it to end, as ^C does.
    Result stop() throws Exception {
        process.destroy();
        return finish();
    }

    /// Waits for its end.
    Result finish() throws Exception {
        assertThat(process.waitFor(Limit.SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        return result();
    }

    private Result result() throws IOException {
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
