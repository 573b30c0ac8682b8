package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// A producer that sends increments to a counter, and asks for the count at last.
record Count(ActorSystem system, int messages) implements Round {
    private enum Message {
        INCREMENT,
        RETRIEVE
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        var counter = system.actorOf(Props.create(Counter.class, () -> new Counter(finish)));
        system.actorOf(Props.create(Producer.class, () -> new Producer(counter, messages)));
        Round.expect("the count", messages, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Counter extends Suite.Actor {
        private final Finish finish;
        private int count;

        Counter(Finish finish) {
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            if (message == Message.INCREMENT) {
                count++;
                return;
            }
            finish.done(count);
            stop();
        }
    }

    private static final class Producer extends Suite.Actor {
        private final ActorRef counter;
        private final int messages;

        Producer(ActorRef counter, int messages) {
            this.counter = counter;
            this.messages = messages;
        }

        @Override
        public void preStart() {
            for (int i = 0; i < messages; i++) tell(counter, Message.INCREMENT);
            tell(counter, Message.RETRIEVE);
            stop();
        }

        @Override
        public void onReceive(Object message) {
            unhandled(message);
        }
    }
}
