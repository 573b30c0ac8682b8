package dev.bureau.shell.session;

import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.shell.session.Session.Detail;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// What is told of a line: its value, what it has declared, or what is wrong with it.
final class Feedback {
    private static final int MOST_FRAMES = 12;
    private static final int MOST_LINES = 6;

    private final JShell shell;
    private final PrintStream out;
    private final PrintStream values;

    /// @param values where goes a value as it is, however long that is
    Feedback(JShell shell, PrintStream out, PrintStream values) {
        this.shell = shell;
        this.out = out;
        this.values = values;
    }

    /// What a line has come to.
    void value(Snippet snippet, Evaluation evaluation, Detail detail) {
        switch (detail) {
            case NONE -> {}
            case VALUE -> values.println(evaluation.shown());
            case NAMED -> {
                String text = evaluation.shown();
                boolean tall = text.indexOf('\n') >= 0;
                out.println(name(snippet) + " ==>" + (tall ? "\n" : " ") + text.stripTrailing());
            }
        }
    }

    private static String name(Snippet snippet) {
        return switch (snippet) {
            case VarSnippet variable -> variable.name();
            case ExpressionSnippet expression -> expression.name();
            default -> "value";
        };
    }

    /// What has been declared, and what it still lacks.
    void declaration(DeclarationSnippet snippet, Status before) {
        String what =
                switch (snippet) {
                    case MethodSnippet method ->
                            "method " + method.name() + "(" + method.parameterTypes() + ")";
                    case TypeDeclSnippet type -> kind(type) + " " + type.name();
                    default -> snippet.name();
                };
        String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        out.println(
                "|  "
                        + (before == Status.NONEXISTENT ? "created " : "replaced ")
                        + what
                        + (missing.isEmpty()
                                ? ""
                                : ", which cannot be used until there is " + missing));
    }

    private static String kind(TypeDeclSnippet type) {
        return type.subKind().name().replace("_SUBKIND", "").toLowerCase(Locale.ROOT);
    }

    /// What the compiler says of code that it refuses.
    void refused(Snippet snippet) {
        var all = shell.diagnostics(snippet).filter(Diag::isError).toList();
        for (Diag diag : all) refused(snippet.source(), diag);
        if (all.isEmpty()) out.println("|  error: cannot be compiled");
    }

    void refused(String source, Diag diag) {
        String[] said = diag.getMessage(Locale.ENGLISH).split("\\R");
        out.println("|  error: " + said[0]);
        for (int i = 1; i < said.length; i++) {
            if (i > MOST_LINES) {
                out.println("|    ... " + (said.length - i) + " more lines");
                break;
            }
            if (!said[i].matches("\\s*location: class\\s*")) out.println("|  " + said[i]);
        }
        int start = (int) diag.getStartPosition();
        int end = (int) diag.getEndPosition();
        if (start < 0 || start > source.length()) return;
        int lineStart = source.lastIndexOf('\n', start - 1) + 1;
        int lineEnd = source.indexOf('\n', start);
        if (lineEnd < 0) lineEnd = source.length();
        int width = Math.max(1, Math.min(end, lineEnd) - start);
        out.println("|    " + source.substring(lineStart, lineEnd).stripTrailing());
        out.println("|    " + " ".repeat(start - lineStart) + "^".repeat(width));
    }

    /// What a line has thrown.
    void thrown(JShellException told, @Nullable Evaluation evaluation) {
        Throwable failure = evaluation == null ? null : evaluation.failure();
        if (told instanceof UnresolvedReferenceException unresolved) {
            String missing =
                    shell.unresolvedDependencies(unresolved.getSnippet())
                            .collect(Collectors.joining(", "));
            out.println(
                    "** "
                            + unresolved.getSnippet().name()
                            + " cannot be used until there is "
                            + missing);
        } else if (failure instanceof ExitException exit) {
            out.println("** (exit) " + ExitReason.format(exit.reason()));
        } else {
            crashed(told, failure);
        }
    }

    private void crashed(JShellException told, @Nullable Throwable failure) {
        String what =
                failure != null
                        ? failure.toString()
                        : told instanceof EvalException thrown
                                ? thrown.getExceptionClassName() + ": " + thrown.getMessage()
                                : told.toString();
        out.println("** " + bounded(what));
        frames(List.of(told.getStackTrace()), out);
        causes(failure, out);
    }

    /// The same of what was not compiled.
    static void thrown(Throwable failure, PrintStream out) {
        if (failure instanceof ExitException exit) {
            out.println("** (exit) " + ExitReason.format(exit.reason()));
            return;
        }
        out.println("** " + bounded(failure.toString()));
        frames(List.of(failure.getStackTrace()), out);
        causes(failure, out);
    }

    private static void causes(@Nullable Throwable failure, PrintStream out) {
        Throwable cause = failure == null ? null : failure.getCause();
        for (int depth = 0; cause != null && depth < 5; cause = cause.getCause(), depth++) {
            out.println("   caused by " + bounded(cause.toString()));
        }
    }

    private static void frames(List<StackTraceElement> frames, PrintStream out) {
        int told = 0;
        for (StackTraceElement frame : frames) {
            if (frame.getClassName().startsWith("dev.bureau.shell.session.")) break;
            if (frame.getMethodName().isEmpty()) break; // the line itself
            if (frame.getClassName().startsWith("jdk.internal.reflect.")) break; // a plain call
            if (told++ == MOST_FRAMES) {
                out.println("    ...");
                break;
            }
            out.println("    at " + text(frame));
        }
    }

    private static String text(StackTraceElement frame) {
        String type = frame.getClassName();
        String of = type.isEmpty() ? "" : type + ".";
        String where =
                frame.getFileName() == null
                        ? ""
                        : "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
        return (of + frame.getMethodName() + " " + where).strip();
    }

    private static String bounded(String text) {
        return text.length() <= ValueText.MOST ? text : text.substring(0, ValueText.MOST) + "...";
    }

    /// The process of the lines has exited, with the one that takes its place.
    static void ended(Evaluator.Ended end, Pid next, boolean interrupted, PrintStream out) {
        if (interrupted) {
            out.println("** stopped; self() was " + end.pid() + " and is " + next + " now");
        } else {
            out.println(
                    "** (EXIT from "
                            + end.pid()
                            + ") the shell's process has exited: "
                            + ExitReason.format(end.reason()));
            out.println("   self() is " + next + " now; the variables are still there");
        }
    }

    /// The last event of a snippet that concerns itself.
    static @Nullable SnippetEvent own(List<SnippetEvent> events) {
        SnippetEvent own = null;
        for (SnippetEvent event : events) {
            if (event.causeSnippet() == null) own = event;
        }
        return own;
    }
}
