package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// Pairs of actors that send to each other, in turns.
record Pairs(Guardian guardian, int pairs, int trips) implements Round {
    private record Ball(ActorRef<Ball> from) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        guardian.spawn(
                Behaviors.<Integer>setup(context -> new Umpire(context, pairs, trips, finish)));
        Round.expect("hits", 2L * pairs * trips, finish.await());
        return Round.nanosEach(start, (long) pairs * trips);
    }

    /// Starts the players, and adds up what they tell at the end.
    private static final class Umpire extends AbstractBehavior<Integer> {
        private final Finish finish;
        private int left;
        private long hits;

        Umpire(ActorContext<Integer> context, int pairs, int trips, Finish finish) {
            super(context);
            this.finish = finish;
            this.left = 2 * pairs;
            var player = Player.create(trips, context.getSelf());
            for (int i = 0; i < pairs; i++) {
                var first = context.spawnAnonymous(player);
                context.spawnAnonymous(player).tell(new Ball(first));
            }
        }

        @Override
        public Receive<Integer> createReceive() {
            return newReceiveBuilder().onAnyMessage(this::add).build();
        }

        private Behavior<Integer> add(Integer count) {
            hits += count;
            if (--left > 0) return this;
            finish.done(hits);
            return Behaviors.stopped();
        }
    }

    /// Hits the ball so often, and stops.
    private static final class Player extends AbstractBehavior<Ball> {
        private final int all;
        private final ActorRef<Integer> umpire;
        private final Ball back; // a message without state, so one is enough
        private int count;

        private Player(ActorContext<Ball> context, int all, ActorRef<Integer> umpire) {
            super(context);
            this.all = all;
            this.umpire = umpire;
            this.back = new Ball(context.getSelf());
        }

        static Behavior<Ball> create(int all, ActorRef<Integer> umpire) {
            return Behaviors.setup(context -> new Player(context, all, umpire));
        }

        @Override
        public Receive<Ball> createReceive() {
            return newReceiveBuilder().onAnyMessage(this::hit).build();
        }

        private Behavior<Ball> hit(Ball ball) {
            ball.from().tell(back);
            if (++count < all) return this;
            umpire.tell(count);
            return Behaviors.stopped();
        }
    }
}
