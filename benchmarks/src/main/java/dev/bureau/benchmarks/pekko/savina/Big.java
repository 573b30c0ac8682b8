package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// A hundred and twenty actors, each of which pings random others, one after the other, and answers pings.
record Big(ActorSystem system, int pings) implements Round {
    private static final int ACTORS = 120;

    private record Begin(List<ActorRef> all) {}

    private enum Message {
        PING,
        PONG,
        END
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(ACTORS);
        long start = System.nanoTime();
        var all =
                IntStream.range(0, ACTORS)
                        .mapToObj(i ->
                                system.actorOf(
                                        Props.create(Peer.class, () -> new Peer(i, pings, finish))))
                        .toList();
        for (var peer : all) peer.tell(new Begin(all), ActorRef.noSender());
        long done = finish.await();
        for (var peer : all) peer.tell(Message.END, ActorRef.noSender());
        Round.expect("pings", (long) ACTORS * pings, done);
        return Suite.millisSince(start);
    }

    private static final class Peer extends Suite.Actor {
        private final SplittableRandom random;
        private final int pings;
        private final Finish finish;
        private List<ActorRef> all = List.of();
        private int count;

        Peer(int number, int pings, Finish finish) {
            this.random = new SplittableRandom(number);
            this.pings = pings;
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Begin(var peers) -> {
                    all = peers;
                    ping();
                }
                case Message.PING -> tell(getSender(), Message.PONG);
                case Message.PONG -> {
                    if (++count < pings) ping();
                    else finish.done(count);
                }
                case Message.END -> stop();
                default -> unhandled(message);
            }
        }

        private void ping() {
            tell(all.get(random.nextInt(all.size())), Message.PING);
        }
    }
}
