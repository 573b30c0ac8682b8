package dev.bureau.kernel;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one formatter of exit reasons.
final class ReasonFormat {
    /// Frames of the runtime below the body of a process say nothing to its author.
    private static final String RUNTIME = "dev.bureau.kernel.process.";

    private ReasonFormat() {}

    static String format(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Normal _ -> "normal";
            case ExitReason.Shutdown _ -> "shutdown";
            case ExitReason.ShutdownWith(var detail) -> "shutdown: " + detail;
            case ExitReason.Kill _ -> "kill";
            case ExitReason.Killed _ -> "killed";
            case ExitReason.NoProc _ ->
                    "no process: the process is not alive or there is no process associated with the given name";
            case ExitReason.NoConnection _ -> "no connection to the node of the process";
            case ExitReason.TimedOut _ -> "time out";
            case ExitReason.MailboxFull(var process, var limit) ->
                    "the mailbox of " + process + " is full: its limit is " + limit;
            case ExitReason.CallingSelf _ -> "the process called itself";
            case ExitReason.CallCycle(var waiting) ->
                    "time out: these processes wait for each other:\n" + indent(steps(waiting));
            case ExitReason.Crash(var error) -> "an exception was raised:\n" + indent(trace(error));
            case ExitReason.CallFailed(
                            var cause,
                            var server,
                            var request,
                            var timeout,
                            var caller) ->
                    "exited in: call("
                            + server
                            + ", "
                            + request
                            + limit(timeout)
                            + ") by "
                            + caller
                            + "\n"
                            + indent("** (exit) " + format(cause));
            case ExitReason.Custom(var term) -> String.valueOf(term);
        };
    }

    private static String steps(List<ExitReason.CallCycle.Waiting> waiting) {
        return waiting.stream().map(ReasonFormat::step).collect(Collectors.joining("\n"));
    }

    private static String step(ExitReason.CallCycle.Waiting step) {
        String called = step.called() + (step.called() instanceof Name ? " " + step.server() : "");
        return step.caller() + (step.parked() ? " waits to send to " : " has called ") + called;
    }

    private static String limit(@Nullable Duration timeout) {
        return timeout == null ? "" : ", " + timeout.toMillis() + " ms";
    }

    private static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        StringBuilder kept = new StringBuilder();
        String last = "";
        int repeated = 0;
        for (String line : text.toString().split("\\R")) {
            if (line.contains("at " + RUNTIME)
                    || line.contains("/" + RUNTIME)
                    || line.contains("java.lang.VirtualThread.run(")) {
                continue;
            }
            if (line.equals(last)) {
                repeated++;
                continue;
            }
            append(kept, repetition(repeated));
            append(kept, line);
            last = line;
            repeated = 0;
        }
        append(kept, repetition(repeated));
        return kept.toString();
    }

    /// A recursion that overflowed the stack is told once, not a thousand times.
    private static String repetition(int times) {
        return times == 0 ? "" : "\t... and " + times + " more of it";
    }

    private static void append(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
    }

    private static String indent(String text) {
        return "    " + text.replace("\n", "\n    ");
    }
}
