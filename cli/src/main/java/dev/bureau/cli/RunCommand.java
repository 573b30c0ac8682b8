package dev.bureau.cli;

import dev.bureau.shell.AttachException;
import dev.bureau.shell.ProgramCode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bureau run`: compiles a program, or finds it compiled, and runs it.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compile a Java program in memory and run it on a node.",
            "",
            "FILE.java is a compact source file or a class with a main method. Other files in its"
                    + " folder are compiled with it when it refers to them. All of Bureau can be"
                    + " imported. main runs as a process; when it ends, the node and all other"
                    + " processes end.",
            "",
            "Without a main, a class that implements Application is started, with all it needs, and"
                    + " runs until ^C, or until it ends. Applications are stopped in order.",
            ""
        },
        customSynopsis = "bureau run [OPTIONS] FILE.java [ARGS...]",
        footer = {
            "",
            "What follows FILE.java belongs to the program, options too.",
            "The exit code is 0 when main ends normally, 1 when it fails or does not compile, or an",
            "application ends that the node cannot do without, 2 when the command line is wrong."
        })
final class RunCommand implements Callable<Integer> {
    private static final int MAX_SCHEDULERS = 1024;

    @Option(
            names = "--schedulers",
            paramLabel = "N",
            description = "Run processes on N schedulers (default: one per core).")
    private @Nullable String schedulers;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Give the node a name, by which 'bureau attach NAME' opens a shell in it while it"
                            + " runs.")
    private @Nullable String name;

    @Option(
            names = "--no-alarms",
            description =
                    "With --name: do not log long mailboxes, slow handlers and the like; the program"
                            + " looks out for what it wants by itself.")
    private boolean withoutAlarms;

    @Option(
            names = {"--class-path", "-cp"},
            paramLabel = "PATH",
            description = "Jars and folders of classes the program uses besides Bureau.")
    private String classPath = "";

    @Option(
            names = "--no-weave",
            description =
                    "Leave the program's classes as they are compiled: a loop then gives way only"
                            + " when the operating system makes it.")
    private boolean unwoven;

    @Option(
            names = "--weave-exclude",
            paramLabel = "PATTERN",
            split = ",",
            description = "Leave these classes as they are: a name, or the start of one and a *.")
    private List<String> excluded = List.of();

    @Parameters(index = "0", paramLabel = "FILE.java", description = "The program.")
    private String file = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ARGS",
            description = "Its arguments.",
            hideParamSyntax = true)
    private List<String> args = List.of();

    @Override
    public Integer call() {
        int carriers = schedulers(schedulers);
        var libraries = libraries(classPath);
        var source = SourceFile.of(file);
        var weaving = weaving();
        var cache = new ProgramCache(Rooms.find(), libraries, weaving, ProgramCache.userFolder());
        var program = cache.program(source);
        var loader = new ProgramLoader(program, libraries, weaving);
        var main = EntryPoint.of(program, loader);
        try (var node = new ProgramNode(carriers, name == null ? "" : name)) {
            if (name != null) {
                var path = ClassFolder.with(program, libraries);
                node.openTo(program.file(), new ProgramCode(loader, path, ""));
                if (!withoutAlarms) node.lookOutForAlarms();
            }
            return node.run(program, new MainProcess(main, List.copyOf(args)));
        } catch (AttachException refused) {
            throw Refusal.usage(refused.getMessage());
        }
    }

    private Weaving weaving() {
        try {
            return unwoven ? Weaving.none() : Weaving.allBut(String.join(",", excluded));
        } catch (IllegalArgumentException failure) {
            throw Refusal.usage("cannot use --weave-exclude: " + failure.getMessage());
        }
    }

    /// As many as the user has said.
    static int schedulers(@Nullable String given) {
        if (given == null) return ProgramNode.ONE_PER_CORE;
        try {
            int number = Integer.parseInt(given);
            if (1 <= number && number <= MAX_SCHEDULERS) return number;
        } catch (NumberFormatException _) {
            // said below, as for a number that is out of range
        }
        throw Refusal.usage(
                "expected --schedulers to be a number from 1 to "
                        + MAX_SCHEDULERS
                        + ", got: "
                        + given);
    }

    static List<Path> libraries(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(RunCommand::library)
                .toList();
    }

    private static Path library(String entry) {
        var path = Path.of(entry);
        if (!Files.exists(path)) throw Refusal.usage("no such class path entry: " + entry);
        return path;
    }
}
