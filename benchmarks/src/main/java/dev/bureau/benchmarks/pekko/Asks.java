package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import java.time.Duration;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.util.Timeout;

/// An actor is asked again and again, each time as soon as the answer to the time before is there.
///
/// By futures of Scala, as `ask` has them by itself: those of Java that it gives on request go on in the JDK's common pool, which
/// takes many times as long.
record Asks(ActorSystem system, int asks) implements Round {
    private static final Timeout LIMIT = Timeout.create(Duration.ofSeconds(5));

    private enum Increment {
        INCREMENT
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        var counter = system.actorOf(Props.create(Counter.class, Counter::new));
        ask(counter, finish);
        Round.expect("the count", asks, finish.await());
        double each = Round.nanosEach(start, asks);
        system.stop(counter);
        return each;
    }

    private static final class Counter extends AbstractActor {
        private int count;

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Increment.class, _ -> getSender().tell(++count, getSelf()))
                    .build();
        }
    }

    private void ask(ActorRef counter, Finish finish) {
        Patterns.ask(counter, Increment.INCREMENT, LIMIT)
                .onComplete(
                        answer -> {
                            if (answer.isFailure()) finish.done(-1);
                            else if (answer.get().equals(asks)) finish.done(asks);
                            else ask(counter, finish);
                            return null;
                        },
                        system.dispatcher());
    }
}
