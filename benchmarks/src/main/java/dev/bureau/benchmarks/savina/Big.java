package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A hundred and twenty servers, each of which pings random others, one after the other, and answers pings.
record Big(int pings) implements Round {
    private static final int SERVERS = 120;

    private sealed interface Message extends Cast {}

    private record Begin(List<Pid> all) implements Message {}

    private record Ping(Pid from) implements Message {}

    private record Pong() implements Message {}

    private record End() implements Message {}

    private record Done(int pings) {}

    private static final Pong PONG = new Pong();

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        List<Pid> all =
                IntStream.range(0, SERVERS)
                        .mapToObj(i -> GenServer.start(new Peer(me, i, pings)))
                        .toList();
        Begin begin = new Begin(all);
        for (Pid peer : all) cast(peer, begin);
        long done = 0;
        for (int i = 0; i < SERVERS; i++) done += receive(Done.class).pings();
        for (Pid peer : all) cast(peer, new End());
        Round.expect("pings", (long) SERVERS * pings, done);
        return Suite.millisSince(start);
    }

    private record Peer(Pid boss, int number, int pings) implements Server<Peer.Game, Message> {
        static final class Game {
            private final SplittableRandom random;
            private final Ping own = new Ping(self());
            private List<Pid> all = List.of();
            private int count;

            Game(int seed) {
                random = new SplittableRandom(seed);
            }

            void ping() {
                cast(all.get(random.nextInt(all.size())), own);
            }
        }

        @Override
        public Init<Game> init() {
            return ok(new Game(number));
        }

        @Override
        public Next<Game> handleCast(Message message, Game game) {
            switch (message) {
                case Begin(var all) -> {
                    game.all = all;
                    game.ping();
                }
                case Ping(var from) -> cast(from, PONG);
                case Pong _ -> {
                    if (++game.count < pings) game.ping();
                    else send(boss, new Done(game.count));
                }
                case End _ -> {
                    return stop(ExitReason.NORMAL, game);
                }
            }
            return noReply(game);
        }
    }
}
