package dev.bureau.cli;

import dev.bureau.kernel.Node;
import dev.bureau.shell.ProgramCode;
import dev.bureau.shell.attach.HostNode;
import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.console.Console;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bureau shell`: a prompt in a node of its own.
@Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Open an interactive shell: each line is Java, and runs in a process.",
            "",
            "All of Bureau is imported. With FILE.java, what it declares can be used at the prompt:"
                    + " its methods, records and classes; its main is not called.",
            "",
            "When the input is no terminal, lines are read from it, and the exit code is 1 if one fails.",
            ""
        },
        footer = {"", "help() at the prompt says what there is. exit or ^D leaves."})
final class ShellCommand implements Callable<Integer> {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Let other terminals in, by 'bureau attach NAME'.")
    private @Nullable String name;

    @Option(
            names = "--schedulers",
            paramLabel = "N",
            description = "Run processes on N schedulers (default: one per core).")
    private @Nullable String schedulers;

    @Option(
            names = {"--class-path", "-cp"},
            paramLabel = "PATH",
            description = "Jars and folders of classes to use besides Bureau.")
    private String classPath = "";

    @Option(
            names = "--eval",
            paramLabel = "LINE",
            description = "Evaluate this and leave; the exit code is 1 if it fails.")
    private @Nullable String line;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE.java",
            description = "Declarations to begin with.")
    private @Nullable String file;

    @Override
    public Integer call() {
        var libraries = RunCommand.libraries(classPath);
        var source = file == null ? null : SourceFile.of(file);
        var program = new Program("the shell", List.of(), Map.of());
        var loader = new ProgramLoader(program, libraries, Weaving.allBut(""));
        var code = new ProgramCode(loader, libraries, "");
        String called = name == null ? "bureau" : name;
        try (var running = new ProgramNode(RunCommand.schedulers(schedulers), called)) {
            if (name != null) running.openTo("shell", code);
            Node node = running.node();
            var host = HostNode.of(node, called, "shell", code);
            var prompt =
                    line == null
                            ? Console.onTerminal(source == null ? "" : source.text())
                            : Console.once(line);
            int exitCode = prompt.run(printed -> NodeConnection.local(host, printed));
            node.stop();
            return exitCode;
        }
    }
}
