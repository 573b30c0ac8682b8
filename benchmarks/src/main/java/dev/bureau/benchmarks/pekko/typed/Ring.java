package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// A token that goes round, from one actor to the next.
record Ring(Guardian guardian, int members, int hops) implements Round {
    @Override
    public double run() throws InterruptedException {
        int laps = hops / members;
        var finish = new Finish(1);
        long start = System.nanoTime();
        guardian.spawn(
                Behaviors.<Integer>setup(context -> new Driver(context, members, laps, finish)));
        Round.expect("laps", laps, finish.await());
        return Round.nanosEach(start, (long) laps * members);
    }

    /// The first, which makes the others and counts.
    private static final class Driver extends AbstractBehavior<Integer> {
        private final int laps;
        private final Finish finish;
        private final ActorRef<Integer> next;

        Driver(ActorContext<Integer> context, int members, int laps, Finish finish) {
            super(context);
            this.laps = laps;
            this.finish = finish;
            var last = context.getSelf();
            for (int i = 1; i < members; i++) last = context.spawnAnonymous(member(last));
            next = last;
            next.tell(0);
        }

        @Override
        public Receive<Integer> createReceive() {
            return newReceiveBuilder().onAnyMessage(this::lap).build();
        }

        private Behavior<Integer> lap(Integer lap) {
            if (lap + 1 < laps) {
                next.tell(lap + 1);
                return this;
            }
            finish.done(lap + 1);
            return Behaviors.stopped();
        }
    }

    private static Behavior<Integer> member(ActorRef<Integer> next) {
        return Behaviors.receiveMessage(token -> {
            next.tell(token);
            return Behaviors.same();
        });
    }
}
