package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;

/// A token that goes round, from one receiving process to the next.
record Ring(int members, int hops) implements Round {
    @Override
    public double run() {
        long start = System.nanoTime();
        int laps = hops / members;
        Pid next = self();
        for (int i = 1; i < members; i++) {
            Pid behind = next;
            next = spawn(() -> pass(laps, behind));
        }
        for (int lap = 0; lap < laps; lap++) {
            send(next, lap);
            Round.expect("the token", lap, receive(Integer.class));
        }
        return Round.nanosEach(start, (long) laps * members);
    }

    private static void pass(int laps, Pid next) {
        for (int i = 0; i < laps; i++) send(next, receive(Integer.class));
    }
}
