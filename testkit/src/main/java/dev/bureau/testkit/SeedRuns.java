package dev.bureau.testkit;

import dev.bureau.kernel.Body;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A scenario on the seeded scheduler, once for each seed, on a thread of its own: should a process never come back, the
/// test run goes on.
final class SeedRuns extends ScenarioRuns {
    private static final int ENOUGH_FOR_ALL_OUTCOMES = 1000;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long first;
    private final long last;
    private volatile @Nullable Simulation current;
    private volatile long seed;
    private volatile boolean timeIsOver;
    private volatile @Nullable Throwable failure;

    SeedRuns(Scenario scenario, long first, long last) {
        super(scenario);
        this.first = first;
        this.last = last;
    }

    @Override
    void runAll(Body body) throws Throwable {
        Thread carrier =
                Thread.ofPlatform()
                        .daemon()
                        .name("bureau-simulation")
                        .unstarted(() -> runSeeds(body));
        carrier.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        carrier.start();
        if (!join(carrier, limitNanos())) {
            giveUp(carrier);
        }
        Throwable failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void runSeeds(Body body) {
        try {
            for (long next = first; next <= last; next++) {
                seed = next;
                Throwable failed = simulate(body, first == last).run();
                if (timeIsOver) {
                    failure = overdue(failed);
                    return;
                }
                if (failed != null) {
                    failure = report(failed, body);
                    return;
                }
            }
        } catch (Throwable broken) {
            failure = broken;
        }
    }

    private Simulation simulate(Body body, boolean traced) {
        Simulation simulation =
                new Simulation(seed, body, scenario.maxProcesses(), traced, this::observe);
        current = simulation;
        return simulation;
    }

    private ScenarioFailure report(Throwable failed, Body body) {
        Simulation told = current;
        if (first == last) {
            return new ScenarioFailure(
                    "seed "
                            + seed
                            + ": "
                            + failed.getMessage()
                            + (told == null ? "" : told.traceText()),
                    failed);
        }
        Throwable again = simulate(body, false).run();
        return new ScenarioFailure(
                "seed "
                        + seed
                        + " of "
                        + last
                        + ", replay with -Dbureau.seed="
                        + seed
                        + (again == null
                                ? " (it passed when tried again, so something but the seed decides: real time, "
                                        + "identity hashes, static state, other threads?)"
                                : "")
                        + ": "
                        + failed.getMessage(),
                failed);
    }

    private ScenarioFailure overdue(@Nullable Throwable failed) {
        return new ScenarioFailure(
                "the time is over: seed "
                        + seed
                        + " of "
                        + last
                        + " after "
                        + scenario.timeoutSeconds()
                        + " s"
                        + (failed == null ? "" : ": " + failed.getMessage()),
                failed);
    }

    /// The time is over: the simulation stops at its next step, and if it does not come to one is left behind.
    private void giveUp(Thread carrier) throws InterruptedException {
        timeIsOver = true;
        Simulation running = current;
        if (running != null) {
            running.cancel();
        }
        if (join(carrier, GRACE_NANOS)) {
            return;
        }
        failure =
                new ScenarioFailure(
                        "seed "
                                + seed
                                + " of "
                                + last
                                + ": a process has kept the thread for longer than "
                                + scenario.timeoutSeconds()
                                + " s, by a busy loop or by blocking; "
                                + (running == null ? "" : running.report()),
                        null);
    }

    private static boolean join(Thread thread, long nanos) throws InterruptedException {
        return thread.join(java.time.Duration.ofNanos(nanos));
    }

    @Override
    boolean seesEverything() {
        return last - first + 1 >= ENOUGH_FOR_ALL_OUTCOMES;
    }
}
