package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// A tree of actors, each of which starts ten, down to the leaves; the numbers of those are added up on the way back.
record Skynet(Guardian guardian, int leaves) implements Round {
    private static final int BRANCHES = 10;

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        guardian.spawn(root(leaves, finish));
        Round.expect("the sum", (long) leaves * (leaves - 1) / 2, finish.await());
        return Round.nanosEach(start, leaves);
    }

    private static Behavior<Long> root(int leaves, Finish finish) {
        return Behaviors.setup(context -> {
            context.spawnAnonymous(branch(0, leaves, context.getSelf()));
            return Behaviors.receiveMessage(sum -> {
                finish.done(sum);
                return Behaviors.stopped();
            });
        });
    }

    private static Behavior<Long> branch(long number, int size, ActorRef<Long> parent) {
        return Behaviors.setup(context -> {
            if (size > 1) return new Branch(context, number, size, parent);
            parent.tell(number);
            return Behaviors.stopped();
        });
    }

    private static final class Branch extends AbstractBehavior<Long> {
        private final ActorRef<Long> parent;
        private int left = BRANCHES;
        private long sum;

        Branch(ActorContext<Long> context, long number, int size, ActorRef<Long> parent) {
            super(context);
            this.parent = parent;
            int part = size / BRANCHES;
            for (int i = 0; i < BRANCHES; i++) {
                context.spawnAnonymous(branch(number + (long) i * part, part, context.getSelf()));
            }
        }

        @Override
        public Receive<Long> createReceive() {
            return newReceiveBuilder().onAnyMessage(this::add).build();
        }

        private Behavior<Long> add(Long part) {
            sum += part;
            if (--left > 0) return this;
            parent.tell(sum);
            return Behaviors.stopped();
        }
    }
}
