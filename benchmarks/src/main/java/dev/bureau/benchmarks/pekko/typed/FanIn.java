package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// Many who send as fast as they can to one who receives, and who starts them.
record FanIn(Guardian guardian, int senders, int messages) implements Round {
    @Override
    public double run() throws InterruptedException {
        int each = messages / senders;
        var finish = new Finish(1);
        long start = System.nanoTime();
        guardian.spawn(
                Behaviors.<Integer>setup(context -> new Sink(context, senders, each, finish)));
        Round.expect("the sum", senders * ((long) each * (each + 1) / 2), finish.await());
        return Round.nanosEach(start, (long) senders * each);
    }

    private static final class Sink extends AbstractBehavior<Integer> {
        private final Finish finish;
        private int left;
        private long sum;

        Sink(ActorContext<Integer> context, int senders, int each, Finish finish) {
            super(context);
            this.finish = finish;
            this.left = senders * each;
            for (int i = 0; i < senders; i++) {
                context.spawnAnonymous(source(context.getSelf(), each));
            }
        }

        @Override
        public Receive<Integer> createReceive() {
            return newReceiveBuilder().onAnyMessage(this::take).build();
        }

        private Behavior<Integer> take(Integer number) {
            sum += number;
            if (--left > 0) return this;
            finish.done(sum);
            return Behaviors.stopped();
        }
    }

    private static Behavior<Void> source(ActorRef<Integer> sink, int count) {
        return Behaviors.setup(_ -> {
            for (int i = 1; i <= count; i++) sink.tell(i);
            return Behaviors.stopped();
        });
    }
}
