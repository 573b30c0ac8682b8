package dev.bureau.testkit;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.GuestProcess;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import dev.bureau.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The node of one test, in which the test's thread takes part.
final class TestNode {
    private static final AtomicInteger LAST = new AtomicInteger();
    private static final int MOST_PROCESSES = 1 << 18;
    private static final long ENDS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Leak> allowed;
    private final String threads;
    private final LocalNode node;
    private final SpawnSites sites;
    private final @Nullable VirtualTime time;
    private final @Nullable CapturedReports reports;
    private final Guest guest;

    private TestNode(boolean virtualTime, Set<Leak> allowed) {
        this.allowed = allowed;
        threads = "test-" + LAST.incrementAndGet();
        NodeId id = new NodeId(NodeId.NO_NAME, ThreadLocalRandom.current().nextInt(1, 1 << 30));
        if (virtualTime) {
            SeededScheduler scheduler = new SeededScheduler(1, false);
            node = Nodes.over(id, scheduler, MOST_PROCESSES);
            time = VirtualTime.start(threads + "-time", scheduler, node);
        } else {
            int carriers = Math.max(2, Runtime.getRuntime().availableProcessors());
            node = Nodes.over(id, Scheduler.start(threads, carriers), MOST_PROCESSES);
            time = null;
        }
        sites = SpawnSites.of(node);
        reports =
                allowed.contains(Leak.REPORT)
                        ? null
                        : CapturedReports.of(node, System.Logger.Level.WARNING);
        guest = node.facade().guest();
    }

    /// Starts one; the calling thread is a process of it.
    static TestNode start(boolean virtualTime, Set<Leak> allowed) {
        return new TestNode(virtualTime, allowed);
    }

    /// Ends the test's processes, then the node.
    ///
    /// @throws AssertionError if the test has left something behind that it may not
    void end() throws InterruptedException {
        List<String> left = new ArrayList<>();
        try {
            TestSupervisor.stop(node.facade());
            endTest();
            await(() -> node.processCount() == 0, ENDS_WITHIN_NANOS);
            if (!allowed.contains(Leak.PROCESS)) processes(left);
            if (node.processCount() == 0) left.addAll(Leftovers.of(node));
        } finally {
            boolean orderly = node.stop(GRACE_NANOS);
            if (time != null) time.close();
            if (!orderly && !allowed.contains(Leak.PROCESS)) {
                left.add("a process that does not stop: " + node.runaways());
            }
        }
        if (!allowed.contains(Leak.THREAD)) {
            List<String> going = new NodeThreads(threads).awaitEnd();
            if (!going.isEmpty()) left.add("threads: " + going);
        }
        CapturedReports captured = reports;
        if (captured != null) {
            captured.close();
            for (Report report : captured.soFar()) {
                left.add("a report that nobody has captured: " + report);
            }
        }
        if (!left.isEmpty()) throw failure(left);
    }

    /// As ExUnit's, the process of the test ends with `shutdown`.
    private void endTest() {
        GuestProcess test = GuestProcess.current();
        if (test != null && test.node() == node) test.end(ExitReason.SHUTDOWN);
        guest.close();
    }

    private void processes(List<String> left) {
        for (LocalProcess process : node.processes()) {
            StackTraceElement site = sites.of(process);
            left.add(
                    "a process: "
                            + ProcessReport.of(process)
                            + (site == null ? "" : "\n      spawned at " + site));
        }
    }

    private static void await(BooleanSupplier condition, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (!condition.getAsBoolean() && System.nanoTime() < end) Thread.sleep(1);
    }

    private static AssertionError failure(List<String> left) {
        StringBuilder text = new StringBuilder("the test has left behind");
        for (String each : left) text.append("\n  ").append(each.replace("\n", "\n  "));
        text.append(
                "\n"
                        + "  to mend it, stop what it starts (startSupervised and spawnLink do), and"
                        + " put what is to fail into captureLog; what may be left, @ProcessTest(allows"
                        + " = ...) says");
        AssertionError failure = new AssertionError(text.toString());
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }
}
