package dev.bureau.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// `bureau bench`: Bureau measured, beside others and by itself. The script of a checkout starts it.
@Command(
        name = "bureau bench",
        description = {
            "Measure Bureau beside the BEAM and Pekko.",
            "Without a command, lists what there is to measure."
        },
        mixinStandardHelpOptions = true,
        subcommands = {AllCommand.class, LatencyCommand.class, ScalingCommand.class},
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {"", "Less is better in all rows. docs/benchmarks.md says what they do."})
final class Bench implements Callable<Integer> {
    static final int FAILED = 1;
    static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] args) {
        int code = run(args);
        System.out.flush();
        System.exit(code);
    }

    static int run(String... args) {
        var line = new CommandLine(new Bench());
        line.setParameterExceptionHandler((failure, _) -> misuse(failure));
        line.setExecutionExceptionHandler((failure, _, _) -> failed(failure));
        return line.execute(args);
    }

    @Override
    public Integer call() {
        System.out.println(Table.rows(Rows.all()));
        return 0;
    }

    private static int misuse(ParameterException failure) {
        var message = String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        complain(Character.toLowerCase(message.charAt(0)) + message.substring(1));
        System.err.println(
                "try: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static int failed(Exception failure) throws Exception {
        return switch (failure) {
            case IllegalArgumentException wrong -> {
                complain(String.valueOf(wrong.getMessage()));
                yield USAGE;
            }
            case IOException _, Runner.RoundFailed _ -> {
                complain(String.valueOf(failure.getMessage()));
                yield FAILED;
            }
            default -> throw failure;
        };
    }

    static void complain(String message) {
        System.err.println("bureau: " + message);
    }

    /// The flags of `bureau run`'s JVM, a line each, as the script tells them.
    static List<String> runFlags() {
        var told = System.getenv("BUREAU_RUN_FLAGS");
        return told == null ? Commands.plainFlags() : told.lines().toList();
    }

    /// The folder of the checkout.
    static Path checkout() {
        return Path.of(System.getenv().getOrDefault("BUREAU_CHECKOUT", ""));
    }
}
