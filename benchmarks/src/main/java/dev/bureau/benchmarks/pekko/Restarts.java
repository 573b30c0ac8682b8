package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.OneForOneStrategy;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.SupervisorStrategy;
import scala.concurrent.duration.Duration;

/// A supervised actor is made to crash, started again, and asked whether it serves; and again.
record Restarts(ActorSystem system, int crashes) implements Round {
    private enum Message {
        CRASH,
        UP,
        QUESTION
    }

    private record Answer(int number) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Client.class, () -> new Client(crashes, finish)));
        Round.expect("the crashes", crashes, finish.await());
        return Round.nanosEach(start, crashes);
    }

    /// Has a supervisor with one child, and drives it.
    private static final class Client extends AbstractActor {
        private final int crashes;
        private final Finish finish;
        private int count = -1; // the first start is none

        Client(int crashes, Finish finish) {
            this.crashes = crashes;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            var boss = getSelf();
            getContext().actorOf(Props.create(Guard.class, () -> new Guard(boss)));
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .matchEquals(Message.UP, _ -> getSender().tell(Message.QUESTION, getSelf()))
                    .match(Answer.class, this::answered)
                    .build();
        }

        private void answered(Answer answer) {
            Round.expect("the answer", 42, answer.number());
            if (++count < crashes) {
                getSender().tell(Message.CRASH, getSelf());
                return;
            }
            finish.done(count);
            getContext().stop(getSelf());
        }
    }

    private static final class Guard extends AbstractActor {
        private static final SupervisorStrategy STRATEGY =
                new OneForOneStrategy(
                        -1,
                        Duration.Inf(), // in any other time it would be one restart
                        (Throwable _) -> SupervisorStrategy.restart(),
                        false);

        private final ActorRef boss;

        Guard(ActorRef boss) {
            this.boss = boss;
        }

        @Override
        public SupervisorStrategy supervisorStrategy() {
            return STRATEGY;
        }

        @Override
        public void preStart() {
            getContext().actorOf(Props.create(Fragile.class, () -> new Fragile(boss)));
        }

        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }

    private static final class Fragile extends AbstractActor {
        private final ActorRef boss;

        Fragile(ActorRef boss) {
            this.boss = boss;
        }

        @Override
        public void preStart() {
            boss.tell(Message.UP, getSelf());
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .matchEquals(Message.QUESTION, _ -> getSender().tell(new Answer(42), getSelf()))
                    .matchEquals(Message.CRASH, _ -> crash())
                    .build();
        }

        private static void crash() {
            throw new IllegalStateException("as it was told to");
        }
    }
}
