package dev.bureau.benchmarks.contest;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How contestants are started: their programs, and the settings they run with.
///
/// @param runFlags those of the JVM that `bureau run` uses
/// @param beam where the compiled modules for the BEAM are
record Commands(List<String> runFlags, Path beam) {
    static final String BUREAU = "dev.bureau.benchmarks.rows.BureauContestant";
    static final String PEKKO = "dev.bureau.benchmarks.pekko.PekkoContestant";
    static final String PEKKO_TYPED = "dev.bureau.benchmarks.pekko.typed.PekkoTypedContestant";

    private static final List<String> HEAP = List.of("-Xms4g", "-Xmx4g");

    // New memory costs what the system takes to give a page, which on some machines is more than
    // all else that is measured: a young generation that is used over and over is the same for all.
    private static final String YOUNG = "-Xmn64m";

    /// In a JVM in which none of `bureau run`'s flags are known, as in tests.
    static List<String> plainFlags() {
        return List.of(
                "-XX:+UseCompactObjectHeaders",
                "-Djdk.trackAllThreads=false",
                "-XX:+UseParallelGC",
                "-XX:+UseCondCardMark");
    }

    List<String> of(Contestant contestant, Row row, int size) {
        return switch (contestant) {
            case BUREAU -> java(BUREAU, bureau(heap(row)), row.name(), String.valueOf(size));
            case PEKKO -> java(PEKKO, pekko(heap(row)), row.name(), String.valueOf(size));
            case PEKKO_TYPED ->
                    java(PEKKO_TYPED, pekko(heap(row)), row.name(), String.valueOf(size));
            case BEAM ->
                    List.of(
                            "elixir",
                            "--erl",
                            "+P 5000000",
                            "-pa",
                            beam.toString(),
                            "-e",
                            "Bench.main(\"%s\", %d)".formatted(row.name(), size));
        };
    }

    private static List<String> heap(Row row) {
        return row.memory() ? HEAP : Stream.concat(HEAP.stream(), Stream.of(YOUNG)).toList();
    }

    /// The options of a JVM with Bureau in it, and others.
    List<String> bureau(List<String> others) {
        var options = new ArrayList<String>();
        options.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
        options.add("--enable-native-access=ALL-UNNAMED");
        options.addAll(runFlags);
        options.addAll(others);
        return options;
    }

    /// The options of a JVM without: what is no matter of Bureau's is the same.
    private List<String> pekko(List<String> others) {
        var options = new ArrayList<String>();
        options.add("-XX:+UseCompactObjectHeaders");
        runFlags.stream()
                .filter(it -> it.matches("-XX:\\+Use(\\w+GC|CondCardMark)"))
                .forEach(options::add);
        // what its libraries reach for is warned of otherwise
        options.add("--sun-misc-unsafe-memory-access=allow");
        options.addAll(others);
        return options;
    }

    /// A JVM with the class path of this one.
    static List<String> java(String main, List<String> options, String... arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /// Where a program is on the path of this system, if it is.
    static Optional<Path> onPath(String program) {
        var path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
