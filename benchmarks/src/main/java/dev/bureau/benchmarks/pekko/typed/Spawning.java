package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// Actors that begin and end: each sends one message back, or is watched and does nothing.
record Spawning(Guardian guardian, int actors, boolean watched) implements Round {
    private enum Here {
        HERE
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        guardian.spawn(
                Behaviors.<Here>setup(context -> new Parent(context, actors, watched, finish)));
        Round.expect("actors", actors, finish.await());
        return Round.nanosEach(start, actors);
    }

    private static final class Parent extends AbstractBehavior<Here> {
        private final int all;
        private final Finish finish;
        private int count;

        Parent(ActorContext<Here> context, int all, boolean watched, Finish finish) {
            super(context);
            this.all = all;
            this.finish = finish;
            var behavior = watched ? brief() : reporter(context.getSelf());
            for (int i = 0; i < all; i++) {
                var child = context.spawnAnonymous(behavior);
                if (watched) context.watch(child);
            }
        }

        @Override
        public Receive<Here> createReceive() {
            return newReceiveBuilder()
                    .onAnyMessage(_ -> count())
                    .onSignal(Terminated.class, _ -> count())
                    .build();
        }

        private Behavior<Here> count() {
            if (++count < all) return this;
            finish.done(count);
            return Behaviors.stopped();
        }
    }

    private static Behavior<Void> reporter(ActorRef<Here> parent) {
        return Behaviors.setup(_ -> {
            parent.tell(Here.HERE);
            return Behaviors.stopped();
        });
    }

    private static Behavior<Void> brief() {
        return Behaviors.setup(_ -> Behaviors.stopped());
    }
}
