package dev.bureau.testkit;

import dev.bureau.kernel.Body;
import java.util.List;

/// A scenario on the real scheduler, several times.
final class CarrierRuns extends ScenarioRuns {
    private final int carriers;

    CarrierRuns(Scenario scenario, int carriers) {
        super(scenario);
        this.carriers = carriers;
    }

    @Override
    void runAll(Body body) throws Throwable {
        CarrierRun run = new CarrierRun(carriers, scenario.maxProcesses());
        int runs = Integer.getInteger("bureau.runs", scenario.runs());
        long end = System.nanoTime() + limitNanos();
        for (int i = 1; i <= runs; i++) {
            Throwable failure = run.run(body, this::observe, end - System.nanoTime());
            if (failure != null) {
                throw new ScenarioFailure(
                        "in run " + i + " of " + runs + ": " + failure.getMessage(), failure);
            }
        }
        List<String> threads = run.leftThreads();
        if (!threads.isEmpty()) {
            throw new ScenarioFailure("leak: threads of stopped nodes go on: " + threads, null);
        }
    }

    @Override
    boolean seesEverything() {
        return false;
    }
}
