package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.sleepForever;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnLink;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;

/// A tree of processes, each linked to the ten that it has started, and what it takes to end all of it by one exit signal to its
/// root. Building it does not count.
record LinkTree(int processes) implements Round {
    private static final int BRANCHES = 10;

    private record Up(int processes) {}

    @Override
    public double run() {
        int before = node().processCount();
        Pid me = self();
        Pid root = spawn(() -> grow(processes, me));
        Round.expect("the tree", processes, receive(Up.class).processes());
        long start = System.nanoTime();
        exit(root, "enough");
        while (node().processCount() > before) sleep(ofMillis(1));
        return Round.nanosEach(start, processes);
    }

    /// Grows so many processes, this one among them, tells its parent and waits.
    private static void grow(int size, Pid parent) {
        Pid me = self();
        int left = size - 1;
        int branches = Math.min(BRANCHES, left);
        for (int i = branches; i > 0; i--) {
            int part = left / i;
            left -= part;
            spawnLink(() -> grow(part, me));
        }
        int up = 1;
        for (int i = 0; i < branches; i++) up += receive(Up.class).processes();
        send(parent, new Up(up));
        sleepForever();
    }
}
