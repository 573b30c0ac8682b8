package dev.bureau.testkit;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.Nodes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs a body as a process of a fresh node on one thread, in virtual time, in the order that a seed decides.
///
/// ```java
/// Simulation.run(42, () -> {
///     Pid echo = spawn(() -> send(receive(Pid.class), "hello"));
///     send(echo, self());
///     assertReceive(String.class);
/// });
/// ```
///
/// The same seed gives the same order, whatever the machine. The body itself may capture anything; what it spawns is
/// isolated as ever. [Scenario] does this for many seeds.
public final class Simulation {
    /// After so many steps without an end there is no progress.
    static final int MOST_STEPS = 1_000_000;

    private static final int CLEAN_UP_ROUNDS = 12;
    private static final int STEPS_OF_FIRST_ROUND = 1000;
    private static final long PATIENCE_MILLIS = 100;

    private final SeededScheduler scheduler;
    private final LocalNode node;
    private final Trial trial;
    private volatile boolean cancelled;

    Simulation(
            long seed, Body body, int maxProcesses, boolean traced, Consumer<Object> observations) {
        scheduler = new SeededScheduler(seed, traced);
        node = Nodes.over(new NodeId(NodeId.NO_NAME, 1), scheduler, maxProcesses);
        trial = new Trial(body, observations);
    }

    /// Runs `body` to its end.
    ///
    /// @throws ScenarioFailure if it fails, waits for ever, or leaves a process that cannot be killed
    public static void run(long seed, Body body) {
        Simulation simulation = new Simulation(seed, body, 1 << 18, true, _ -> {});
        Throwable failure = simulation.run();
        if (failure != null) {
            throw new ScenarioFailure(
                    "with seed " + seed + ": " + failure + simulation.traceText(), failure);
        }
    }

    /// Runs it to its end; returns why it failed, or null.
    @Nullable Throwable run() {
        try (CapturedReports _ = CapturedReports.of(node, System.Logger.Level.OFF)) {
            trial.startOn(node);
            Throwable failure = runToEnd();
            return failure != null ? failure : cleanUp();
        } finally {
            scheduler.close();
            Trial.endOn(node);
        }
    }

    private @Nullable Throwable runToEnd() {
        while (!trial.hasEnded()) {
            if (scheduler.steps() > MOST_STEPS) {
                return stuck("no progress: it has not ended after " + MOST_STEPS + " steps");
            }
            if (cancelled) {
                return stuck("it was given up");
            }
            if (!scheduler.step()
                    && !scheduler.skipToNextTimer()
                    && !scheduler.awaitOutside(PATIENCE_MILLIS)) {
                return node.processCount() == 0
                        ? trial.failure()
                        : stuck("deadlock: every process waits, and no timer is set");
            }
        }
        return trial.failure();
    }

    /// The observer has killed all it found. What has started meanwhile is found by others, who are not interrupted.
    private @Nullable Throwable cleanUp() {
        scheduler.calm();
        for (int round = 0; round < CLEAN_UP_ROUNDS; round++) {
            long limit = scheduler.steps() + ((long) STEPS_OF_FIRST_ROUND << round);
            while (scheduler.steps() < limit && scheduler.step()) {}
            if (node.processCount() == 0) {
                return Leftovers.failure(node);
            }
            Trial.cleanUp(node);
        }
        return stuck("leak: a process has not ended after it was killed");
    }

    private AssertionError stuck(String what) {
        AssertionError failure = new AssertionError(what + "; " + ProcessReport.of(node));
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    /// Another thread: gives it up at the next step.
    void cancel() {
        cancelled = true;
    }

    /// Another thread, when it does not even come to its next step: what its processes do.
    String report() {
        return ProcessReport.of(node);
    }

    long steps() {
        return scheduler.steps();
    }

    /// Virtual time at its end.
    long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(scheduler.clock().now());
    }

    /// A digest of its course: equal for equal courses.
    long fingerprint() {
        return scheduler.fingerprint();
    }

    List<String> trace() {
        return scheduler.trace();
    }

    /// The last steps, to be appended to a message.
    String traceText() {
        List<String> last = trace();
        return last.isEmpty() ? "" : "\nwho ran last:\n  " + String.join("\n  ", last);
    }
}
