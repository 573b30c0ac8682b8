package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;

/// Pairs of servers that cast to each other.
record ServerPairs(int pairs, int trips) implements Round {
    record Ball(Pid from) implements Cast {}

    private record Done(int hits) {}

    @Override
    public double run() {
        long start = System.nanoTime();
        for (int i = 0; i < pairs; i++) {
            Pid first = GenServer.start(new Player(self(), trips));
            Pid second = GenServer.start(new Player(self(), trips));
            cast(second, new Ball(first));
        }
        long hits = 0;
        for (int i = 0; i < 2 * pairs; i++) hits += receive(Done.class).hits();
        Round.expect("hits", 2L * pairs * trips, hits);
        return Round.nanosEach(start, (long) pairs * trips);
    }

    /// Hits the ball so often, and stops.
    private record Player(Pid boss, int all) implements GenServer<Player.Hits, Call<?>, Ball> {
        static final class Hits {
            private final Ball own = new Ball(self());
            private int count;
        }

        @Override
        public Init<Hits> init() {
            return ok(new Hits());
        }

        @Override
        public Next<Hits> handleCast(Ball ball, Hits hits) {
            cast(ball.from(), hits.own);
            if (++hits.count < all) return noReply(hits);
            send(boss, new Done(hits.count));
            return stop(dev.bureau.kernel.ExitReason.NORMAL, hits);
        }
    }
}
