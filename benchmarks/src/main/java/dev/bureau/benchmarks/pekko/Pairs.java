package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Pairs of actors that send to each other, in turns.
record Pairs(ActorSystem system, int pairs, int trips) implements Round {
    private enum Ball {
        BALL
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(2 * pairs);
        var props = Props.create(Player.class, () -> new Player(trips, finish));
        long start = System.nanoTime();
        for (int i = 0; i < pairs; i++) {
            var first = system.actorOf(props);
            system.actorOf(props).tell(Ball.BALL, first);
        }
        Round.expect("hits", 2L * pairs * trips, finish.await());
        return Round.nanosEach(start, (long) pairs * trips);
    }

    /// Hits the ball so often, and stops.
    private static final class Player extends AbstractActor {
        private final int all;
        private final Finish finish;
        private int count;

        Player(int all, Finish finish) {
            this.all = all;
            this.finish = finish;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Ball.class, this::hit).build();
        }

        private void hit(Ball ball) {
            getSender().tell(ball, getSelf());
            if (++count < all) return;
            finish.done(count);
            getContext().stop(getSelf());
        }
    }
}
