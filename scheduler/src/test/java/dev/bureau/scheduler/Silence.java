package dev.bureau.scheduler;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps what a test provokes on purpose out of the output of the build.
final class Silence implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.bureau.scheduler");

    Silence() {
        LOG.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        LOG.setLevel(null);
    }
}
