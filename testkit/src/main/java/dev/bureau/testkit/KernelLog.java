package dev.bureau.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/// What the runtime logs while it is open: kept, and off the console. Works where System.Logger writes to
/// java.util.logging, which is the JDK's default.
final class KernelLog extends Handler implements AutoCloseable {
    private static final SimpleFormatter FORMAT = new SimpleFormatter();

    // Loggers are weakly held by their registry, and this one keeps our handlers.
    private static final Logger KERNEL = Logger.getLogger("dev.bureau.kernel");
    private static final Logger OTP = Logger.getLogger("dev.bureau.otp");
    private static final Logger SCHEDULER = Logger.getLogger("dev.bureau.scheduler");

    private static volatile @Nullable KernelLog current;

    private final @Nullable KernelLog outer = current;
    private final List<String> messages = new ArrayList<>();
    private final List<String> schedulerErrors = new ArrayList<>();

    private KernelLog() {}

    /// The one opened last and not closed.
    static @Nullable KernelLog current() {
        return current;
    }

    static KernelLog open() {
        KernelLog log = new KernelLog();
        current = log;
        for (Logger logger : List.of(KERNEL, OTP, SCHEDULER)) {
            logger.addHandler(log);
            logger.setUseParentHandlers(false);
        }
        return log;
    }

    @Override
    public void publish(LogRecord event) {
        String text = FORMAT.formatMessage(event);
        Throwable thrown = event.getThrown();
        if (thrown != null) {
            text = text + ": " + thrown;
        }
        synchronized (this) {
            if (SCHEDULER.getName().equals(event.getLoggerName())) {
                if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
                    schedulerErrors.add(text);
                }
            } else {
                messages.add(text);
            }
        }
    }

    /// How many messages the kernel and its behaviours have logged.
    synchronized int size() {
        return messages.size();
    }

    /// What the kernel has logged after the first `from` messages.
    synchronized List<String> since(int from) {
        return List.copyOf(messages.subList(from, messages.size()));
    }

    /// What the scheduler has complained about: never right.
    synchronized List<String> schedulerErrors() {
        return List.copyOf(schedulerErrors);
    }

    /// Forgets what came so far.
    synchronized void clear() {
        messages.clear();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        current = outer;
        for (Logger logger : List.of(KERNEL, OTP, SCHEDULER)) {
            logger.removeHandler(this);
            boolean others = false;
            for (Handler handler : logger.getHandlers()) {
                others |= handler instanceof KernelLog;
            }
            logger.setUseParentHandlers(!others);
        }
    }
}
