package dev.bureau.benchmarks.rows;

import dev.bureau.benchmarks.compute.Computation;
import dev.bureau.benchmarks.contest.Round;
import java.util.List;

/// Computes in a process.
record Computing(int size, List<Computation> some) implements Round {
    Computing(int size, Computation... some) {
        this(size, List.of(some));
    }

    @Override
    public double run() {
        return Computation.millis(size, some.toArray(Computation[]::new));
    }
}
