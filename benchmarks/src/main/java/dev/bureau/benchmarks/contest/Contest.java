package dev.bureau.benchmarks.contest;

import dev.bureau.benchmarks.contest.Runner.RoundFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A row, done by its contestants in turns, A B C A B C, so that what else the machine does meets all of them.
final class Contest {
    private static final int LEAST_WARM_UP = 2;

    private final Commands commands;
    private final int rounds;
    private final Duration warmUp;

    Contest(Commands commands, int rounds, Duration warmUp) {
        this.commands = commands;
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    /// Runs a row in its size, or another.
    Outcome run(Row row, int size, List<Contestant> contestants) throws IOException {
        var up = new EnumMap<Contestant, Runner>(Contestant.class);
        var values = new EnumMap<Contestant, List<Double>>(Contestant.class);
        var failures = new EnumMap<Contestant, String>(Contestant.class);
        try {
            for (var contestant : contestants) {
                if (!row.has(contestant)) continue;
                up.put(contestant, Runner.start(commands.of(contestant, row, size)));
                attempt(contestant, up, failures, this::warm);
            }
            for (int i = 0; i < rounds; i++) {
                for (var contestant : List.copyOf(up.keySet())) {
                    var figures = values.computeIfAbsent(contestant, _ -> new ArrayList<>());
                    attempt(contestant, up, failures, it -> figures.add(it.value()));
                }
            }
        } finally {
            for (var runner : up.values()) runner.close();
        }
        values.keySet().removeAll(failures.keySet());
        var figures = new EnumMap<Contestant, Figures>(Contestant.class);
        values.forEach((contestant, each) -> figures.put(contestant, Figures.of(each)));
        return new Outcome(row, figures, failures);
    }

    private interface Step {
        void on(Runner runner);
    }

    /// Whoever fails has no figure in this row, and the others go on.
    private static void attempt(
            Contestant contestant,
            Map<Contestant, Runner> up,
            Map<Contestant, String> failures,
            Step step)
            throws IOException {
        var runner = up.get(contestant);
        if (runner == null) return;
        try {
            step.on(runner);
        } catch (RoundFailed failure) {
            failures.put(contestant, String.valueOf(failure.getMessage()));
            up.remove(contestant);
            runner.close();
        }
    }

    private void warm(Runner runner) {
        long start = System.nanoTime();
        for (int i = 0; i < LEAST_WARM_UP || System.nanoTime() - start < warmUp.toNanos(); i++) {
            runner.value();
        }
    }
}
