package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;

/// Many who send as fast as they can to one who receives.
record FanIn(int senders, int messages) implements Round {
    @Override
    public double run() {
        int each = messages / senders;
        Pid me = self();
        long start = System.nanoTime();
        for (int i = 0; i < senders; i++) {
            spawn(() -> {
                for (int j = 1; j <= each; j++) send(me, j);
            });
        }
        long sum = 0;
        for (int i = 0; i < senders * each; i++) sum += receive(Integer.class);
        Round.expect("the sum", senders * ((long) each * (each + 1) / 2), sum);
        return Round.nanosEach(start, (long) senders * each);
    }
}
