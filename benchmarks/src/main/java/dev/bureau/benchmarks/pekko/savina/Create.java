package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import dev.bureau.benchmarks.savina.Work;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Actors that are started, get a message and end: fork-join creation. An actor starts them: for one outside it is slower.
record Create(ActorSystem system, int actors) implements Round {
    private enum Message {
        GO
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(actors);
        var parent = Props.create(Parent.class, () -> new Parent(actors, finish));
        long start = System.nanoTime();
        var all = system.actorOf(parent);
        Round.expect("actors", actors, finish.await());
        double millis = Suite.millisSince(start);
        system.stop(all);
        return millis;
    }

    private static final class Parent extends Suite.Actor {
        private final int actors;
        private final Finish finish;

        Parent(int actors, Finish finish) {
            this.actors = actors;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            var child = Props.create(Child.class, () -> new Child(finish));
            for (int i = 0; i < actors; i++) tell(start(child), Message.GO);
        }

        @Override
        public void onReceive(Object message) {
            unhandled(message);
        }
    }

    private static final class Child extends Suite.Actor {
        private final Finish finish;

        Child(Finish finish) {
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            Work.sine(37.2);
            finish.done(1);
            stop();
        }
    }
}
