package dev.bureau.scheduler;

import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the scheduler has to say, written by a thread of its own.
///
/// A log handler takes its time, and may wait for a lock that somebody holds who does not come back: the clock, which fires all timers
/// and ends all slices, and the carriers do not wait for that. What comes while many lines wait is dropped.
final class SystemLog {
    private static final System.Logger LOG = System.getLogger("dev.bureau.scheduler");
    private static final int MOST_WAITING = 64;
    private static final ThreadPoolExecutor WRITER =
            new ThreadPoolExecutor(
                    1,
                    1,
                    1,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofPlatform()
                            .daemon()
                            .name("bureau-log")
                            .inheritInheritableThreadLocals(false)
                            .factory(),
                    new ThreadPoolExecutor.DiscardPolicy());

    static {
        WRITER.allowCoreThreadTimeOut(true);
    }

    private SystemLog() {}

    /// Loads what it needs while there is memory for it.
    static void prepare() {}

    static void error(String what, Throwable failure) {
        write(Level.ERROR, what, failure);
    }

    static void warning(String what) {
        write(Level.WARNING, what, null);
    }

    private static void write(Level level, String what, @Nullable Throwable failure) {
        try {
            if (LOG.isLoggable(level)) {
                WRITER.execute(() -> log(level, what, failure));
            }
        } catch (Throwable lost) {
            // Such as an OutOfMemoryError: there is no thread to be had, and the clock must go on.
        }
    }

    private static void log(Level level, String what, @Nullable Throwable failure) {
        try {
            LOG.log(level, what, failure);
        } catch (Throwable broken) {
            System.err.println("bureau: a log handler failed: " + broken);
        }
    }
}
