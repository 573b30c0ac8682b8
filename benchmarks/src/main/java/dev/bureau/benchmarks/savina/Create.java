package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;

/// Processes that are started, get a message and end: fork-join creation.
record Create(int processes) implements Round {
    private record Go() {}

    private record Done() {}

    private static final Done DONE = new Done();

    @Override
    public double run() {
        Pid me = self();
        Go go = new Go();
        long start = System.nanoTime();
        for (int i = 0; i < processes; i++) {
            Pid pid =
                    spawn(() -> {
                        receive(Go.class);
                        Work.sine(37.2);
                        send(me, DONE);
                    });
            send(pid, go);
        }
        for (int i = 0; i < processes; i++) receive(Done.class);
        return Suite.millisSince(start);
    }
}
