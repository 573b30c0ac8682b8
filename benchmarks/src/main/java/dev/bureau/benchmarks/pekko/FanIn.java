package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Many who send as fast as they can to one who receives.
record FanIn(ActorSystem system, int senders, int messages) implements Round {
    @Override
    public double run() throws InterruptedException {
        int each = messages / senders;
        var finish = new Finish(1);
        long start = System.nanoTime();
        var sink = system.actorOf(Props.create(Sink.class, () -> new Sink(senders * each, finish)));
        for (int i = 0; i < senders; i++) {
            system.actorOf(Props.create(Source.class, () -> new Source(sink, each)));
        }
        Round.expect("the sum", senders * ((long) each * (each + 1) / 2), finish.await());
        return Round.nanosEach(start, (long) senders * each);
    }

    private static final class Sink extends AbstractActor {
        private final Finish finish;
        private int left;
        private long sum;

        Sink(int all, Finish finish) {
            this.left = all;
            this.finish = finish;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Integer.class, this::take).build();
        }

        private void take(Integer number) {
            sum += number;
            if (--left > 0) return;
            finish.done(sum);
            getContext().stop(getSelf());
        }
    }

    private static final class Source extends AbstractActor {
        private final ActorRef sink;
        private final int count;

        Source(ActorRef sink, int count) {
            this.sink = sink;
            this.count = count;
        }

        @Override
        public void preStart() {
            for (int i = 1; i <= count; i++) sink.tell(i, getSelf());
            getContext().stop(getSelf());
        }

        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }
}
