package dev.bureau.cli;

import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.console.Console;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bureau attach`: a prompt in a node that runs.
@Command(
        name = AttachCommand.WORD,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Open a shell inside a running node.",
            "",
            "The node was started with --name, or opens an AttachPoint. Lines run in a process there;"
                    + " leaving ends that process and nothing else.",
            ""
        })
final class AttachCommand implements Callable<Integer> {
    static final String WORD = "attach";
    static final String EVAL = "--eval";

    @Option(
            names = EVAL,
            paramLabel = "LINE",
            description =
                    "Evaluate this, print what it comes to and leave; the exit code is 1 if it fails.")
    private @Nullable String line;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The node; 'bureau nodes' lists them.")
    private String name = "";

    @Override
    public Integer call() {
        return attach(name, line);
    }

    /// Opens the prompt, or has the one line evaluated; returns the exit code.
    static int attach(String name, @Nullable String line) {
        var prompt = line == null ? Console.onTerminal("") : Console.once(line);
        // of a single line it is not known whether it needs the compiler
        boolean startCompiler = line == null;
        return prompt.run(printed -> NodeConnection.to(name, startCompiler, printed));
    }
}
