package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Twenty philosophers who ask an arbiter for their forks, again at once if they do not get them.
record Philosophers(ActorSystem system, int rounds) implements Round {
    private static final int PHILOSOPHERS = 20;

    private record Hungry(int seat) {}

    private enum Message {
        EAT,
        DENIED
    }

    private record Eaten(int seat) {}

    private record Leave(int meals) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        var arbiter = system.actorOf(Props.create(Arbiter.class, () -> new Arbiter(finish)));
        for (int i = 0; i < PHILOSOPHERS; i++) {
            int seat = i;
            system.actorOf(
                    Props.create(Philosopher.class, () -> new Philosopher(arbiter, seat, rounds)));
        }
        Round.expect("meals", (long) PHILOSOPHERS * rounds, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Arbiter extends Suite.Actor {
        private final Finish finish;
        private final boolean[] taken = new boolean[PHILOSOPHERS];
        private int gone;
        private int meals;

        Arbiter(Finish finish) {
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Hungry(int seat) when isFree(seat) -> {
                    set(seat, true);
                    tell(getSender(), Message.EAT);
                }
                case Hungry _ -> tell(getSender(), Message.DENIED);
                case Eaten(int seat) -> set(seat, false);
                case Leave(int eaten) -> {
                    meals += eaten;
                    if (++gone < PHILOSOPHERS) return;
                    finish.done(meals);
                    stop();
                }
                default -> unhandled(message);
            }
        }

        private void set(int seat, boolean value) {
            taken[seat] = value;
            taken[(seat + 1) % PHILOSOPHERS] = value;
        }

        private boolean isFree(int seat) {
            return !taken[seat] && !taken[(seat + 1) % PHILOSOPHERS];
        }
    }

    private static final class Philosopher extends Suite.Actor {
        private final ActorRef arbiter;
        private final int seat;
        private final int rounds;
        private final Hungry hungry;
        private int meals;

        Philosopher(ActorRef arbiter, int seat, int rounds) {
            this.arbiter = arbiter;
            this.seat = seat;
            this.rounds = rounds;
            this.hungry = new Hungry(seat);
        }

        @Override
        public void preStart() {
            tell(arbiter, hungry);
        }

        @Override
        public void onReceive(Object message) {
            if (message == Message.EAT) {
                tell(arbiter, new Eaten(seat));
                if (++meals == rounds) {
                    tell(arbiter, new Leave(meals));
                    stop();
                    return;
                }
            }
            tell(arbiter, hungry);
        }
    }
}
