package dev.bureau.cli;

import dev.bureau.shell.AttachException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Where the `bureau` command starts: parses the command line, and turns what comes out of a
/// subcommand into an exit code.
@Command(
        name = "bureau",
        description = "Isolated, linked, supervised processes for Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            ShellCommand.class,
            NodesCommand.class,
            AttachCommand.class,
            TestCommand.class,
            BenchCommand.class,
            ConformanceCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "BUREAU_JAVA_OPTS holds options for the JVM that runs the program.",
            "'bureau help COMMAND' says more about a command."
        })
public final class Main {
    /// Exit code of a program that failed, and of one that did not compile.
    static final int FAILED = 1;

    /// Exit code when the command line cannot be followed.
    static final int USAGE = 2;

    private Main() {}

    /// Runs the command and ends the JVM with its exit code.
    public static void main(String[] args) {
        int code = run(args);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /// Runs the command and returns its exit code.
    static int run(String... args) {
        var line = commandLine(args.length == 0 ? "" : args[0]);
        line.setParameterExceptionHandler((failure, _) -> misuse(failure));
        line.setExecutionExceptionHandler((failure, _, _) -> failed(failure));
        line.setExecutionStrategy(Main::execute);
        // what follows the file belongs to the program
        for (var subcommand : line.getSubcommands().values()) {
            Object command = subcommand.getCommand();
            if (command instanceof RunCommand || command instanceof TestCommand) {
                subcommand.setStopAtPositional(true);
            }
        }
        return line.execute(args);
    }

    /// With the subcommand that is wanted: who looks into a busy node waits for whatever is done before.
    private static CommandLine commandLine(String wanted) {
        var alone = new CommandLine(CommandSpec.create().name("bureau"));
        if (wanted.equals("attach")) return alone.addSubcommand(new AttachCommand());
        if (NodeCommand.addTo(alone, wanted)) return alone;
        var all = new CommandLine(new Main());
        NodeCommand.addTo(all);
        return all;
    }

    private static int execute(ParseResult parsed) {
        if (!parsed.hasSubcommand()
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested()) {
            parsed.commandSpec().commandLine().usage(System.err);
            return USAGE;
        }
        if (parsed.hasSubcommand()
                && !parsed.subcommand().isUsageHelpRequested()
                && !parsed.subcommand().isVersionHelpRequested()) {
            try {
                Integer code = NodeCommand.run(parsed.subcommand());
                if (code != null) return code;
            } catch (AttachException refused) {
                complain(refused.getMessage());
                return FAILED;
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int misuse(ParameterException failure) {
        var command = failure.getCommandLine().getCommandSpec();
        complain(
                failure instanceof UnmatchedArgumentException unmatched && command.parent() == null
                        ? unknown(unmatched.getUnmatched().getFirst())
                        : oneLine(String.valueOf(failure.getMessage())));
        System.err.println("try: " + command.qualifiedName() + " --help");
        return USAGE;
    }

    private static String unknown(String word) {
        if (word.startsWith("-")) return "unknown option: " + word;
        if (word.endsWith(".java"))
            return "expected a command, got: " + word + "; run " + word + "?";
        return "unknown command: " + word;
    }

    private static String oneLine(String message) {
        var line = message.replaceAll("\\s*\\R\\s*", " ");
        return Character.toLowerCase(line.charAt(0)) + line.substring(1);
    }

    private static int failed(Exception failure) throws Exception {
        return switch (failure) {
            case Refusal refusal -> {
                complain(refusal.getMessage());
                yield refusal.exitCode();
            }
            case AttachException refused -> {
                complain(refused.getMessage());
                yield FAILED;
            }
            default -> throw failure;
        };
    }

    private static void complain(String message) {
        System.err.println("bureau: " + message);
    }
}
