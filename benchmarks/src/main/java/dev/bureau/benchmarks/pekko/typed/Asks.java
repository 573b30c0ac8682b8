package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.scaladsl.AskPattern;
import org.apache.pekko.util.Timeout;

/// An actor is asked again and again, each time as soon as the answer to the time before is there.
///
/// By futures of Scala, as with classic actors: those of Java go on in the JDK's common pool here too.
record Asks(Guardian guardian, int asks) implements Round {
    private static final Timeout LIMIT = Timeout.create(Duration.ofSeconds(5));

    private sealed interface Request {}

    private record Increment(ActorRef<Integer> replyTo) implements Request {}

    private enum End implements Request {
        END
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        var counter = guardian.spawn(Behaviors.setup(Counter::new));
        ask(counter, finish);
        Round.expect("the count", asks, finish.await());
        double each = Round.nanosEach(start, asks);
        counter.tell(End.END);
        return each;
    }

    private static final class Counter extends AbstractBehavior<Request> {
        private int count;

        Counter(ActorContext<Request> context) {
            super(context);
        }

        @Override
        public Receive<Request> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Increment.class, this::increment)
                    .onMessage(End.class, _ -> Behaviors.stopped())
                    .build();
        }

        private Behavior<Request> increment(Increment request) {
            request.replyTo().tell(++count);
            return this;
        }
    }

    private void ask(ActorRef<Request> counter, Finish finish) {
        var system = guardian.system();
        new AskPattern.Askable<>(counter)
                .<Integer>ask(Increment::new, LIMIT, system.scheduler())
                .onComplete(
                        answer -> {
                            if (answer.isFailure()) finish.done(-1);
                            else if (answer.get().equals(asks)) finish.done(asks);
                            else ask(counter, finish);
                            return null;
                        },
                        system.executionContext());
    }
}
