package dev.bureau.shell.session;

import dev.bureau.kernel.Node;
import dev.bureau.observer.trace.Trace;
import dev.bureau.observer.trace.TraceOptions;
import dev.bureau.observer.trace.TraceSummary;
import java.io.PrintStream;

/// A trace whose events are printed as they come, until it ends or the calling process does.
public final class PrintedTrace {
    private PrintedTrace() {}

    /// Runs it to its end.
    public static TraceSummary run(Node node, TraceOptions what, PrintStream screen) {
        try (Trace trace = Trace.start(node, what, screen::println)) {
            for (String method : trace.waitingFor()) {
                screen.println("no class is loaded that has " + method + "; waiting for one");
            }
            return trace.await();
        }
    }
}
