package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import dev.bureau.benchmarks.savina.Colour;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.jspecify.annotations.Nullable;

/// A hundred creatures that meet in a mall, two at a time, and change their colours.
record Chameneos(ActorSystem system, int meetings) implements Round {
    private static final int CREATURES = 100;

    private record Meet(ActorRef from, Colour colour) {}

    private record Change(Colour colour) {}

    private record Closed() {}

    private record Met(int times) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        var mall = system.actorOf(Props.create(Mall.class, () -> new Mall(meetings, finish)));
        for (int i = 0; i < CREATURES; i++) {
            var colour = Colour.of(i);
            system.actorOf(Props.create(Creature.class, () -> new Creature(mall, colour)));
        }
        Round.expect("meetings", 2L * meetings, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Mall extends Suite.Actor {
        private final Finish finish;
        private int left;
        private int gone;
        private int met;
        private @Nullable ActorRef waiting;

        Mall(int meetings, Finish finish) {
            this.left = meetings;
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Meet meet when left == 0 -> tell(meet.from(), new Closed());
                case Meet meet when waiting == null -> waiting = meet.from();
                case Meet meet -> {
                    left--;
                    tell(waiting, meet);
                    waiting = null;
                }
                case Met(int times) -> {
                    met += times;
                    if (++gone < CREATURES) return;
                    finish.done(met);
                    stop();
                }
                default -> unhandled(message);
            }
        }
    }

    private static final class Creature extends Suite.Actor {
        private final ActorRef mall;
        private Colour colour;
        private int met;

        Creature(ActorRef mall, Colour colour) {
            this.mall = mall;
            this.colour = colour;
        }

        @Override
        public void preStart() {
            tell(mall, new Meet(getSelf(), colour));
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Meet(var other, var theirs) -> {
                    colour = colour.with(theirs);
                    tell(other, new Change(colour));
                }
                case Change(var changed) -> colour = changed;
                case Closed _ -> {
                    tell(mall, new Met(met));
                    stop();
                    return;
                }
                default -> unhandled(message);
            }
            met++;
            tell(mall, new Meet(getSelf(), colour));
        }
    }
}
