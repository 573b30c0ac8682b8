package dev.bureau.testkit;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.Nodes;
import dev.bureau.scheduler.Scheduler;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs a body as a process of a fresh node on the real scheduler.
final class CarrierRun {
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String name = "scenario-" + LAST.incrementAndGet();
    private final int carriers;
    private final int maxProcesses;

    CarrierRun(int carriers, int maxProcesses) {
        this.carriers = carriers;
        this.maxProcesses = maxProcesses;
    }

    /// Runs it to its end, for `nanos` at most; returns why it failed, or null.
    @Nullable Throwable run(Body body, Consumer<Object> observations, long nanos)
            throws InterruptedException {
        LocalNode node =
                Nodes.over(
                        new NodeId(NodeId.NO_NAME, ThreadLocalRandom.current().nextInt(1, 1 << 30)),
                        Scheduler.start(name, carriers),
                        maxProcesses);
        Trial trial = new Trial(body, observations);
        try (CapturedReports _ = CapturedReports.of(node, System.Logger.Level.OFF)) {
            trial.startOn(node);
            if (!trial.await(nanos)) {
                return stuck("the time is over", node);
            }
            Throwable failure = trial.failure();
            if (failure != null) {
                return failure;
            }
            return node.stop(0)
                    ? Leftovers.failure(node)
                    : stuck("leak: a process has not ended after it was killed", node);
        } finally {
            node.stop(0);
            Trial.endOn(node);
        }
    }

    /// The threads of nodes that have been stopped and are still there after a while; none, if all is well.
    List<String> leftThreads() throws InterruptedException {
        return new NodeThreads(name).awaitEnd();
    }

    private static AssertionError stuck(String what, LocalNode node) {
        AssertionError failure = new AssertionError(what + "; " + ProcessReport.of(node));
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }
}
