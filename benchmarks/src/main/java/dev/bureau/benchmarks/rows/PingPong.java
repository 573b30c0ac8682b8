package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;

/// Two processes that receive and send, in turns.
record PingPong(int trips) implements Round {
    record Ping(Pid from) {}

    record Pong() {}

    private static final Pong PONG = new Pong();

    @Override
    public double run() {
        int all = trips;
        long start = System.nanoTime();
        Pid other =
                spawn(() -> {
                    for (int i = 0; i < all; i++) send(receive(Ping.class).from(), PONG);
                });
        Ping ping = new Ping(self());
        for (int i = 0; i < all; i++) {
            send(other, ping);
            receive(Pong.class);
        }
        return Round.nanosEach(start, all);
    }
}
