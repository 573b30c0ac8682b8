package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Runaway;
import dev.bureau.scheduler.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The processes that the [Undertaker] has ended and whose threads go on.
///
/// Most of them clean up, or get the lock they waited for, and are gone in a moment. Of the others the log tells, some
/// seconds apart however many there are.
final class Runaways {
    private static final long WORTH_A_WARNING_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_WARNINGS_NANOS = Duration.ofSeconds(10).toNanos();

    private final LocalNode node;

    /// When each was told to exit.
    private final Map<LocalProcess, Long> since = new ConcurrentHashMap<>();

    private final Set<LocalProcess> untold = ConcurrentHashMap.newKeySet();

    /// Whether a look at the untold ones is to come.
    private final AtomicBoolean lookScheduled = new AtomicBoolean();

    Runaways(LocalNode node) {
        this.node = node;
    }

    /// False if it is known already.
    boolean add(LocalProcess process, long toldToExit) {
        return since.putIfAbsent(process, toldToExit) == null;
    }

    /// Its thread has come to its end after all.
    void remove(LocalProcess process) {
        since.remove(process);
        untold.remove(process);
    }

    /// It is dead to the others. Unless its thread has ended meanwhile, the log is to tell of it.
    void ended(LocalProcess process) {
        untold.add(process);
        if (since.containsKey(process)) {
            lookAfter(WORTH_A_WARNING_NANOS);
        } else {
            untold.remove(process);
        }
    }

    List<Runaway> list() {
        long now = node.clock().now();
        List<Runaway> found = new ArrayList<>();
        since.forEach((process, toldToExit) -> {
            Thread thread = process.thread();
            if (thread != null) {
                found.add(
                        new Runaway(
                                process.pid(),
                                Duration.ofNanos(now - toldToExit),
                                List.of(thread.getStackTrace())));
            }
        });
        return found;
    }

    private void lookAfter(long nanos) {
        if (lookScheduled.compareAndSet(false, true)) {
            node.clock().schedule(new Look(), node.clock().now() + nanos);
        }
    }

    private final class Look extends Timer {
        @Override
        protected void fire() {
            if (!node.isStopped()) {
                // Not here: a logger may block.
                Thread.ofVirtual().name("bureau-runaways").start(Runaways.this::tell);
            }
        }
    }

    private void tell() {
        long now = node.clock().now();
        List<LocalProcess> old = new ArrayList<>();
        for (LocalProcess process : untold) {
            Long toldToExit = since.get(process);
            if (toldToExit != null && now - toldToExit >= WORTH_A_WARNING_NANOS) {
                old.add(process);
            }
        }
        old.forEach(untold::remove);
        if (!old.isEmpty()) {
            warn(old);
        }
        lookScheduled.set(false);
        if (!untold.isEmpty() || !old.isEmpty()) {
            lookAfter(old.isEmpty() ? WORTH_A_WARNING_NANOS : BETWEEN_WARNINGS_NANOS);
        }
    }

    private void warn(List<LocalProcess> old) {
        LocalProcess first = old.getFirst();
        ExitReason reason = first.exitReason;
        String others = old.size() == 1 ? "" : " and " + (old.size() - 1) + " others";
        node.reports()
                .report(
                        Report.Kind.RUNAWAY,
                        "code that does not stop",
                        () -> {
                            String headline =
                                    first.pid()
                                            + others
                                            + ": told to exit, code does not stop. Links and monitors have been told,"
                                            + " the thread is left behind: see Node.runaways()";
                            return new Draft(first.pid(), headline)
                                    .with("reason", reason)
                                    .with("pids", old.stream().map(LocalProcess::pid).toList());
                        });
    }
}
