package dev.bureau.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What the kernel logs, from now until closed; kept from the console.
final class KernelLog implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.bureau.kernel");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                private final SimpleFormatter formatter = new SimpleFormatter();

                @Override
                public void publish(LogRecord entry) {
                    lines.add(formatter.formatMessage(entry));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    KernelLog() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
