package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;

/// The recursive definition, each call of which is a process.
record Fibonacci(int n) implements Round {
    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        spawn(() -> compute(n, me));
        Round.expect("the number", Suite.fibonacci(n), receive(Integer.class));
        return Suite.millisSince(start);
    }

    private static void compute(int n, Pid parent) {
        if (n <= 2) {
            send(parent, 1);
            return;
        }
        Pid me = self();
        spawn(() -> compute(n - 1, me));
        spawn(() -> compute(n - 2, me));
        send(parent, receive(Integer.class) + receive(Integer.class));
    }
}
