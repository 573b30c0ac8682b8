package dev.bureau.cli;

import dev.bureau.shell.AttachException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `bureau` command with all that it can do: parses the command line, and turns what comes out of a subcommand into an
/// exit code.
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
final class BureauCommand {
    private BureauCommand() {}

    /// Runs the command and returns its exit code.
    static int run(String... args) {
        var line = new CommandLine(new BureauCommand());
        NodeCommand.addTo(line);
        line.setParameterExceptionHandler((failure, _) -> misuse(failure));
        line.setExecutionExceptionHandler((failure, _, _) -> failed(failure));
        line.setExecutionStrategy(BureauCommand::execute);
        // what follows the file belongs to the program
        for (var subcommand : line.getSubcommands().values()) {
            Object command = subcommand.getCommand();
            if (command instanceof RunCommand || command instanceof TestCommand) {
                subcommand.setStopAtPositional(true);
            }
        }
        return line.execute(args);
    }

    private static int execute(ParseResult parsed) {
        if (!parsed.hasSubcommand()
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested()) {
            parsed.commandSpec().commandLine().usage(System.err);
            return Main.USAGE;
        }
        if (parsed.hasSubcommand()
                && !parsed.subcommand().isUsageHelpRequested()
                && !parsed.subcommand().isVersionHelpRequested()) {
            try {
                Integer code = NodeCommand.run(parsed.subcommand());
                if (code != null) return code;
            } catch (AttachException refused) {
                Main.complain(refused.getMessage());
                return Main.FAILED;
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int misuse(ParameterException failure) {
        var command = failure.getCommandLine().getCommandSpec();
        Main.complain(
                failure instanceof UnmatchedArgumentException unmatched && command.parent() == null
                        ? unknown(unmatched.getUnmatched().getFirst())
                        : oneLine(String.valueOf(failure.getMessage())));
        System.err.println("try: " + command.qualifiedName() + " --help");
        return Main.USAGE;
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
                Main.complain(refusal.getMessage());
                yield refusal.exitCode();
            }
            case AttachException refused -> {
                Main.complain(refused.getMessage());
                yield Main.FAILED;
            }
            default -> throw failure;
        };
    }
}
