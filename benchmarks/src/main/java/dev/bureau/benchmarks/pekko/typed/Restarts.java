package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// A supervised actor is made to crash, started again, and asked whether it serves; and again.
///
/// There is no supervisor beside it: supervision is around the behavior, in the same actor.
record Restarts(Guardian guardian, int crashes) implements Round {
    private sealed interface Request {}

    private enum Crash implements Request {
        CRASH
    }

    private record Question(ActorRef<Notice> replyTo) implements Request {}

    private sealed interface Notice {}

    private record Up(ActorRef<Request> server) implements Notice {}

    private record Answer(ActorRef<Request> server, int number) implements Notice {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        guardian.spawn(Behaviors.<Notice>setup(context -> new Client(context, crashes, finish)));
        Round.expect("the crashes", crashes, finish.await());
        return Round.nanosEach(start, crashes);
    }

    /// Has a supervised child, and drives it.
    private static final class Client extends AbstractBehavior<Notice> {
        private final int crashes;
        private final Finish finish;
        private int count = -1; // the first start is none

        Client(ActorContext<Notice> context, int crashes, Finish finish) {
            super(context);
            this.crashes = crashes;
            this.finish = finish;
            context.spawnAnonymous(Fragile.create(context.getSelf()));
        }

        @Override
        public Receive<Notice> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Up.class, this::up)
                    .onMessage(Answer.class, this::answered)
                    .build();
        }

        private Behavior<Notice> up(Up up) {
            up.server().tell(new Question(getContext().getSelf()));
            return this;
        }

        private Behavior<Notice> answered(Answer answer) {
            Round.expect("the answer", 42, answer.number());
            if (++count < crashes) {
                answer.server().tell(Crash.CRASH);
                return this;
            }
            finish.done(count);
            return Behaviors.stopped();
        }
    }

    private static final class Fragile extends AbstractBehavior<Request> {
        private Fragile(ActorContext<Request> context, ActorRef<Notice> boss) {
            super(context);
            boss.tell(new Up(context.getSelf()));
        }

        static Behavior<Request> create(ActorRef<Notice> boss) {
            return Behaviors.supervise(
                            Behaviors.<Request>setup(context -> new Fragile(context, boss)))
                    .onFailure(SupervisorStrategy.restart().withLoggingEnabled(false));
        }

        @Override
        public Receive<Request> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Question.class, this::answer)
                    .onMessage(Crash.class, _ -> crash())
                    .build();
        }

        private Behavior<Request> answer(Question question) {
            question.replyTo().tell(new Answer(getContext().getSelf(), 42));
            return this;
        }

        private static Behavior<Request> crash() {
            throw new IllegalStateException("as it was told to");
        }
    }
}
