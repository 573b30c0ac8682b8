package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Terminated;

/// Actors that begin and end: each sends one message back, or is watched and does nothing.
record Spawning(ActorSystem system, int actors, boolean watched) implements Round {
    private enum Here {
        HERE
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Parent.class, () -> new Parent(actors, watched, finish)));
        Round.expect("actors", actors, finish.await());
        return Round.nanosEach(start, actors);
    }

    private static final class Parent extends AbstractActor {
        private final int all;
        private final boolean watched;
        private final Finish finish;
        private int count;

        Parent(int all, boolean watched, Finish finish) {
            this.all = all;
            this.watched = watched;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            var props =
                    watched
                            ? Props.create(Brief.class, Brief::new)
                            : Props.create(Reporter.class, Reporter::new);
            for (int i = 0; i < all; i++) {
                var child = getContext().actorOf(props);
                if (watched) getContext().watch(child);
            }
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Here.class, _ -> count())
                    .match(Terminated.class, _ -> count())
                    .build();
        }

        private void count() {
            if (++count < all) return;
            finish.done(count);
            getContext().stop(getSelf());
        }
    }

    private static final class Reporter extends AbstractActor {
        @Override
        public void preStart() {
            getContext().getParent().tell(Here.HERE, getSelf());
            getContext().stop(getSelf());
        }

        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }

    private static final class Brief extends AbstractActor {
        @Override
        public void preStart() {
            getContext().stop(getSelf());
        }

        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }
}
