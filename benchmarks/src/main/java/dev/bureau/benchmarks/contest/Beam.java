package dev.bureau.benchmarks.contest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The BEAM of this machine, if there is one, and the modules that it runs: compiled, for what is interpreted is slow.
final class Beam {
    static final String HOW_TO_INSTALL =
            "apt-get install -y erlang-base elixir, brew install elixir, or https://elixir-lang.org/install.html";

    private Beam() {}

    static boolean isInstalled() {
        return Stream.of("erl", "elixir", "elixirc")
                .allMatch(it -> Commands.onPath(it).isPresent());
    }

    /// Compiles the modules of a folder, unless that has been done since they were changed; where they are then.
    ///
    /// @throws IOException if they do not compile, with what the compiler said
    static Path compile(Path sources, Path target) throws IOException {
        var mark = target.resolve("compiled");
        var modules = sources(sources);
        if (Files.exists(mark) && isNewer(mark, modules)) return target;
        Files.createDirectories(target);
        var command = new ArrayList<>(List.of("elixirc", "-o", target.toString()));
        modules.forEach(module -> command.add(module.toString()));
        var said = run(command).orElseThrow(why -> new IOException("elixirc failed:\n" + why));
        if (!said.isBlank()) System.err.println(said.strip());
        Files.writeString(mark, "");
        return target;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".ex")).sorted().toList();
        }
    }

    private static boolean isNewer(Path mark, List<Path> files) throws IOException {
        for (var file : files) {
            if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(mark)) >= 0)
                return false;
        }
        return true;
    }

    /// Its versions, as `Erlang/OTP 28, Elixir 1.19.2`.
    static String version() throws IOException {
        return run(List.of(
                        "elixir",
                        "-e",
                        "IO.write(\"Erlang/OTP #{System.otp_release()}, Elixir #{System.version()}\")"))
                .orElseThrow(IOException::new)
                .strip();
    }

    private record Ran(boolean well, String said) {
        String orElseThrow(java.util.function.Function<String, IOException> otherwise)
                throws IOException {
            if (!well) throw otherwise.apply(said);
            return said;
        }
    }

    private static Ran run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            return new Ran(process.waitFor() == 0, said);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Ran(false, "interrupted");
        }
    }
}
