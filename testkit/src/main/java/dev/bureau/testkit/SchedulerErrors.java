package dev.bureau.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What the scheduler complains about while this is open: never right. Works where System.Logger writes to
/// java.util.logging, which is the JDK's default.
final class SchedulerErrors extends Handler implements AutoCloseable {
    private static final SimpleFormatter FORMAT = new SimpleFormatter();

    // Loggers are weakly held by their registry, and this one keeps our handlers.
    private static final Logger SCHEDULER = Logger.getLogger("dev.bureau.scheduler");

    private final List<String> errors = new ArrayList<>();

    private SchedulerErrors() {}

    static SchedulerErrors open() {
        SchedulerErrors errors = new SchedulerErrors();
        SCHEDULER.addHandler(errors);
        return errors;
    }

    @Override
    public void publish(LogRecord event) {
        if (event.getLevel().intValue() < Level.WARNING.intValue()) return;
        Throwable thrown = event.getThrown();
        String text = FORMAT.formatMessage(event) + (thrown == null ? "" : ": " + thrown);
        synchronized (this) {
            errors.add(text);
        }
    }

    synchronized List<String> soFar() {
        return List.copyOf(errors);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        SCHEDULER.removeHandler(this);
    }
}
