package dev.bureau.testkit;

import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What the processes of a node log by java.util.logging while this is open, to which `System.Logger` writes if nothing
/// else has been chosen. A handler runs in the thread that logs, which tells whose it is.
final class LoggedLines extends Handler implements AutoCloseable {
    private static final SimpleFormatter FORMAT = new SimpleFormatter();

    // Held here: the registry of loggers holds them weakly.
    private static final Logger ALL = Logger.getLogger("");

    private final LocalNode node;
    private final Consumer<String> told;

    private LoggedLines(LocalNode node, Consumer<String> told) {
        this.node = node;
        this.told = told;
    }

    static LoggedLines of(LocalNode node, Consumer<String> told) {
        LoggedLines lines = new LoggedLines(node, told);
        ALL.addHandler(lines);
        return lines;
    }

    @Override
    public void publish(LogRecord event) {
        LocalProcess logging = Current.processOrNull();
        if (logging == null || logging.node() != node) return;
        Throwable thrown = event.getThrown();
        told.accept(FORMAT.formatMessage(event) + (thrown == null ? "" : ": " + thrown));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ALL.removeHandler(this);
    }
}
