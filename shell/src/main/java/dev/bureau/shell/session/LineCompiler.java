package dev.bureau.shell.session;

import dev.bureau.shell.ProgramCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/// JShell with all that a session imports. It belongs to one session, and to none before [#begin].
final class LineCompiler {
    /// PlainCall knows them, too.
    private static final String IMPORTS =
            """
            import module java.base;
            import dev.bureau.kernel.*;
            import dev.bureau.otp.*;
            import dev.bureau.observer.*;
            import dev.bureau.observer.trace.*;
            import static dev.bureau.kernel.Bureau.*;
            import static dev.bureau.shell.Prompt.*;
            import static dev.bureau.shell.Prompt.info;
            import static dev.bureau.shell.Prompt.stack;
            import static dev.bureau.shell.Prompt.suspend;
            import static dev.bureau.shell.Prompt.resume;
            """;

    private final SnippetControl control = SnippetControl.idle();
    private final List<Snippet> refused = new ArrayList<>();
    private final JShell shell;

    LineCompiler(ProgramCode program) {
        shell =
                JShell.builder()
                        .executionEngine(new Engine(control), Map.of())
                        .compilerOptions(CompilerOptions.of(program))
                        .build();
        for (String line : (IMPORTS + program.imports()).lines().toList()) {
            for (SnippetEvent event : shell.eval(line)) {
                if (event.status() == Status.REJECTED) refused.add(event.snippet());
            }
        }
    }

    /// Compiles something like a line, so that the next one takes less: nothing of it is run, and nothing stays.
    void heat() {
        shell.sourceCodeAnalysis().analyzeCompletion("1 + 1");
        for (SnippetEvent event : shell.eval("int heated = List.of(1, 2).size();")) {
            shell.drop(event.snippet());
        }
    }

    /// From now on it compiles for a session.
    void begin(SnippetLoader loader, Evaluator evaluator, Feedback feedback) {
        control.begin(loader, evaluator);
        refused.forEach(feedback::refused);
    }

    JShell shell() {
        return shell;
    }

    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    SnippetControl control() {
        return control;
    }

    void close() {
        shell.close();
    }

    private record Engine(SnippetControl control) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "bureau";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }
}
