package dev.bureau.conformance.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs scenarios on the Erlang/OTP and Elixir of the PATH: all in one start, through oracle.exs.
///
/// @param release that of OTP
record Beam(int release, String elixir) {
    private static final String HOW_TO_INSTALL =
            "install it: apt-get install -y erlang-base elixir, brew install elixir, or"
                    + " https://elixir-lang.org/install.html";

    /// What keeps the oracle from running; its message says how to mend it.
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message);
        }
    }

    /// That of the PATH.
    static Beam find() {
        for (String tool : List.of("erl", "elixir")) {
            if (!isOnPath(tool)) {
                throw new Missing(
                        "needs Erlang/OTP and Elixir, and found no %s on the PATH; %s"
                                .formatted(tool, HOW_TO_INSTALL));
            }
        }
        List<String> versions =
                run(
                        60,
                        "elixir",
                        "-e",
                        "IO.puts(\"#{:erlang.system_info(:otp_release)}\\n#{System.version()}\")");
        int release = Integer.parseInt(versions.get(versions.size() - 2));
        if (release < Scenario.OLDEST) {
            throw new Missing(
                    "needs Erlang/OTP %d or newer, and found %d; %s"
                            .formatted(Scenario.OLDEST, release, HOW_TO_INSTALL));
        }
        return new Beam(release, versions.getLast());
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    /// Those that run on this release, each so many times.
    Outcomes run(List<Scenario> scenarios, Runs runs) {
        List<Scenario> able = scenarios.stream().filter(each -> each.needs() <= release).toList();
        Outcomes outcomes = new Outcomes();
        if (able.isEmpty()) {
            return outcomes;
        }
        try {
            Path result = Files.createTempFile("oracle", ".txt");
            List<String> command = new ArrayList<>();
            command.addAll(
                    List.of(
                            "elixir",
                            Scenario.folder().resolve("oracle.exs").toString(),
                            String.valueOf(runs.count()),
                            String.valueOf(runs.limit().toMillis()),
                            String.valueOf(runs.atOnce()),
                            result.toString()));
            able.forEach(each -> command.add(each.elixir().toString()));
            run(runs.longest(able.size()).toSeconds(), command.toArray(String[]::new));
            for (String line : Files.readAllLines(result).stream().skip(1).toList()) {
                String[] parts = line.split("\t", 2);
                outcomes.add(parts[0], parts[1].replace("\\n", "\n"));
            }
            Files.delete(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return outcomes;
    }

    /// What the command prints, which must succeed in that many seconds.
    private static List<String> run(long seconds, String... command) {
        try {
            Path printed = Files.createTempFile("oracle", ".log");
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(printed.toFile())
                            .start();
            boolean done = process.waitFor(seconds, TimeUnit.SECONDS);
            process.destroyForcibly();
            List<String> lines = Files.readAllLines(printed);
            Files.delete(printed);
            if (!done || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "%s %s:\n%s"
                                .formatted(
                                        command[0],
                                        done ? "failed" : "was not done after " + seconds + " s",
                                        String.join("\n", lines)));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
