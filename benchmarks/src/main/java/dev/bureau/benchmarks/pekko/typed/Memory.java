package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Heap;
import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// How much memory an actor has that has begun and waits for a message, with all that belongs to it.
record Memory(Guardian guardian, int actors) implements Round {
    private enum End {
        END
    }

    @Override
    public double run() throws InterruptedException {
        var up = new Finish(actors);
        var down = new Finish(1);
        long before = Heap.used();
        var parent = guardian.spawn(parent(actors, up, down));
        Round.expect("the actors", actors, up.await());
        double each = (Heap.used() - before) / (double) actors;
        parent.tell(End.END);
        Round.expect("the end", 1, down.await());
        return each;
    }

    private static Behavior<End> parent(int actors, Finish up, Finish down) {
        return Behaviors.setup(context -> {
            var idle = Behaviors.<ActorRef<Integer>>setup(child -> new Idle(child, up));
            for (int i = 0; i < actors; i++) context.spawnAnonymous(idle);
            return Behaviors.receive(End.class)
                    .onAnyMessage(_ -> Behaviors.stopped())
                    // comes when the children have ended too
                    .onSignal(
                            PostStop.class,
                            _ -> {
                                down.done(1);
                                return Behaviors.same();
                            })
                    .build();
        });
    }

    /// Has a number, for whoever would ask.
    private static final class Idle extends AbstractBehavior<ActorRef<Integer>> {
        private int count;

        Idle(ActorContext<ActorRef<Integer>> context, Finish up) {
            super(context);
            up.done(1);
        }

        @Override
        public Receive<ActorRef<Integer>> createReceive() {
            return newReceiveBuilder().onAnyMessage(this::answer).build();
        }

        private Behavior<ActorRef<Integer>> answer(ActorRef<Integer> replyTo) {
            replyTo.tell(++count);
            return this;
        }
    }
}
