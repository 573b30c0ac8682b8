package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Heap;
import dev.bureau.benchmarks.contest.Round;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Terminated;

/// How much memory an actor has that has begun and waits for a message, with all that belongs to it.
record Memory(ActorSystem system, int actors) implements Round {
    @Override
    public double run() throws InterruptedException {
        var up = new Finish(actors);
        var end = new CountDownLatch(1);
        long before = Heap.used();
        var parent = system.actorOf(Props.create(Parent.class, () -> new Parent(actors, up)));
        Round.expect("the actors", actors, up.await());
        double each = (Heap.used() - before) / (double) actors;
        system.actorOf(Props.create(Witness.class, () -> new Witness(parent, end)));
        end.await();
        return each;
    }

    private static final class Parent extends AbstractActor {
        private final int actors;
        private final Finish up;

        Parent(int actors, Finish up) {
            this.actors = actors;
            this.up = up;
        }

        @Override
        public void preStart() {
            var props = Props.create(Idle.class, () -> new Idle(up));
            for (int i = 0; i < actors; i++) getContext().actorOf(props);
        }

        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }

    private static final class Idle extends AbstractActor {
        private int count;

        Idle(Finish up) {
            up.done(1);
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Integer.class, n -> count += n).build();
        }
    }

    /// Stops the others and waits until they have ended.
    private static final class Witness extends AbstractActor {
        private final ActorRef parent;
        private final CountDownLatch end;

        Witness(ActorRef parent, CountDownLatch end) {
            this.parent = parent;
            this.end = end;
        }

        @Override
        public void preStart() {
            getContext().watch(parent);
            parent.tell(PoisonPill.getInstance(), getSelf());
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Terminated.class, _ -> stopped()).build();
        }

        private void stopped() {
            end.countDown();
            getContext().stop(getSelf());
        }
    }
}
