package dev.bureau.kernel.process;

import dev.bureau.kernel.Report;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Writes reports to `System.Logger`, on a thread that lives while there is something to write (OTP LG-02).
///
/*
 * A backend may be slow, hang for ever or throw. So nobody waits for it (there is no counterpart of OTP's sync mode, in
 * which callers do), what waits is bounded, and what is beyond is counted.
 *
 * The thread is one of the platform: the JDK's carriers, on which processes run where there is no scheduler of our own, are
 * not ours to block. It is no daemon: the reports of a program that comes to its end are written.
 *
 * Invariant, under the lock: the queue is empty and the limit owes nothing, or `writer` is set (or there was no memory for
 * it). It is cleared by the writer alone, when it ends.
 */
final class ReportLog {
    private static final int MOST_WAITING = 200;

    private final ReportLimit limit = new ReportLimit();
    private final Queue<Report> queue = new ArrayDeque<>();
    private final Map<Report.Kind, System.Logger> loggers = new ConcurrentHashMap<>();
    private @Nullable Thread writer;
    private boolean flushing;
    private boolean isWriting;

    /// Written by the writer.
    private boolean hasFailed;

    /// Whether a report of that kind and source is to be made for the log; if not because there are too many, it is
    /// counted.
    boolean wants(Report.Kind kind, String source) {
        try {
            if (!logger(kind).isLoggable(kind.level())) return false;
        } catch (Throwable broken) {
            // The writer will see that too, and say so.
        }
        synchronized (this) {
            if (queue.size() < MOST_WAITING && limit.admits(kind, source, System.nanoTime())) {
                return true;
            }
            limit.holdBack(kind, source, System.nanoTime());
            work();
            return false;
        }
    }

    /// To be written. [#wants] has said that there is room; others may have taken it meanwhile, but no more than the limit
    /// has admitted.
    synchronized void add(Report report) {
        queue.add(report);
        work();
    }

    private void work() {
        if (writer != null) return;
        Thread thread =
                Thread.ofPlatform()
                        .daemon(false)
                        .name("bureau-reports")
                        .inheritInheritableThreadLocals(false)
                        .unstarted(this::write);
        try {
            thread.start();
            writer = thread;
        } catch (OutOfMemoryError noThread) {
            // It is tried again with the next report.
        }
    }

    private System.Logger logger(Report.Kind kind) {
        System.Logger known = loggers.get(kind);
        if (known != null) return known;
        System.Logger found = System.getLogger(kind.logger());
        loggers.put(kind, found);
        return found;
    }

    private void write() {
        Report next = next();
        while (next != null) {
            log(next);
            next = next();
        }
    }

    /// Writer: what to write next, also what has been held back, at its time; null when there is nothing more.
    private synchronized @Nullable Report next() {
        isWriting = false;
        notifyAll();
        while (true) {
            long now = System.nanoTime();
            long untilTold = limit.nanosUntilTold(now);
            if (untilTold <= 0 || (flushing && queue.isEmpty() && limit.owes())) {
                isWriting = true;
                return limit.tell(now);
            }
            Report next = queue.poll();
            if (next != null) {
                isWriting = true;
                return next;
            }
            if (!limit.owes()) {
                writer = null;
                return null;
            }
            await(untilTold);
        }
    }

    private void log(Report report) {
        try {
            logger(report.kind()).log(report.level(), "{0}", report);
            hasFailed = false;
        } catch (Throwable broken) {
            // Once for all that it does not take.
            if (!hasFailed) {
                System.err.println(
                        "bureau: the log has failed: " + Shown.text(broken) + "; it did not take:");
                System.err.println(report);
            }
            hasFailed = true;
        }
    }

    /// Waits until all is written, for `limit` at most.
    synchronized void flush(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        flushing = true;
        notifyAll();
        try {
            while (isWriting || !queue.isEmpty() || this.limit.owes()) {
                long left = end - System.nanoTime();
                if (left <= 0 || !await(left)) return;
            }
        } finally {
            flushing = false;
        }
    }

    /// False if it was interrupted.
    @SuppressWarnings("WaitNotInLoop") // those who call it loop
    private boolean await(long nanos) {
        try {
            wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
