package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;

/// A tree of processes, each of which starts ten, down to the leaves; the numbers of those are added up on the way back.
record Skynet(int leaves) implements Round {
    private static final int BRANCHES = 10;

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        spawn(() -> grow(0, leaves, me));
        Round.expect("the sum", (long) leaves * (leaves - 1) / 2, receive(Long.class));
        return Round.nanosEach(start, leaves);
    }

    private static void grow(long number, int size, Pid parent) {
        if (size == 1) {
            send(parent, number);
            return;
        }
        Pid me = self();
        int part = size / BRANCHES;
        for (int i = 0; i < BRANCHES; i++) {
            long first = number + (long) i * part;
            spawn(() -> grow(first, part, me));
        }
        long sum = 0;
        for (int i = 0; i < BRANCHES; i++) sum += receive(Long.class);
        send(parent, sum);
    }
}
