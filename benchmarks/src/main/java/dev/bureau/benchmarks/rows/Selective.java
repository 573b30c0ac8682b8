package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;

/// Takes the last of many messages, the only one of its type, again and again.
record Selective(int backlog) implements Round {
    private static final long LOOKED_AT = 10_000_000;

    private record Other(int number) {}

    private record Wanted(int number) {}

    @Override
    public double run() {
        for (int i = 0; i < backlog; i++) send(self(), new Other(i));
        int times = (int) (LOOKED_AT / backlog);
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            send(self(), new Wanted(i));
            Round.expect("the message", i, receive(Wanted.class).number());
        }
        return Round.nanosEach(start, times);
    }
}
