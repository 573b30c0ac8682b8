package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnMonitor;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Pid;

/// Processes that begin and end: each sends one message back, or is monitored and does nothing.
record Spawning(int processes, boolean monitored) implements Round {
    private record Here() {}

    private static final Here HERE = new Here();

    @Override
    public double run() {
        return monitored ? awaitDowns() : awaitMessages();
    }

    private double awaitMessages() {
        Pid me = self();
        long start = System.nanoTime();
        for (int i = 0; i < processes; i++) spawn(() -> send(me, HERE));
        for (int i = 0; i < processes; i++) receive(Here.class);
        return Round.nanosEach(start, processes);
    }

    private double awaitDowns() {
        long start = System.nanoTime();
        for (int i = 0; i < processes; i++) spawnMonitor(() -> {});
        for (int i = 0; i < processes; i++) receive(Down.class);
        return Round.nanosEach(start, processes);
    }
}
