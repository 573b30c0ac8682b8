package dev.bureau.benchmarks.rows;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.otp.Task;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// Applies a small function to each of many numbers, in a task of its own, as many at a time as there are schedulers.
record Tasks(int tasks) implements Round {
    @Override
    public double run() {
        var sum = new LongAdder();
        long start = System.nanoTime();
        Task.asyncStream(IntStream.range(0, tasks).boxed(), n -> n + 1)
                .forEach(outcome -> {
                    if (outcome instanceof Task.Ok<Integer>(var n)) sum.add(n);
                });
        double each = Round.nanosEach(start, tasks);
        Round.expect("the sum", (long) tasks * (tasks + 1) / 2, sum.sum());
        return each;
    }
}
