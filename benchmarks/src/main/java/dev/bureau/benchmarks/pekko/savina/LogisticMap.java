package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import java.util.ArrayDeque;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Ten series, each a worker that has each next term computed by an actor of its own, and waits for the answer.
record LogisticMap(ActorSystem system, int terms) implements Round {
    private static final int SERIES = 10;
    private static final double RATE = 3.46;
    private static final double STEP = 0.0025;

    private enum Message {
        NEXT_TERM,
        GET_TERM
    }

    private record Compute(double term) {}

    private record Result(double term) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(SERIES);
        long start = System.nanoTime();
        var workers = new ActorRef[SERIES];
        for (int i = 0; i < SERIES; i++) {
            double rate = RATE + i * STEP;
            double first = i * STEP;
            workers[i] =
                    system.actorOf(
                            Props.create(Worker.class, () -> new Worker(rate, first, finish)));
        }
        for (int i = 0; i < terms; i++) {
            for (var worker : workers) worker.tell(Message.NEXT_TERM, ActorRef.noSender());
        }
        for (var worker : workers) worker.tell(Message.GET_TERM, ActorRef.noSender());
        Round.expect("series", SERIES, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Worker extends Suite.Actor {
        private final double rate;
        private final Finish finish;
        private final ArrayDeque<Object> aside = new ArrayDeque<>();
        private ActorRef computer = ActorRef.noSender();
        private double term;
        private boolean waiting;

        Worker(double rate, double first, Finish finish) {
            this.rate = rate;
            this.term = first;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            computer = start(Props.create(Computer.class, () -> new Computer(rate)));
        }

        @Override
        public void onReceive(Object message) {
            if (message instanceof Result(double result)) {
                term = result;
                waiting = false;
                for (Object next; !waiting && (next = aside.poll()) != null; ) handle(next);
            } else if (waiting) {
                aside.add(message);
            } else {
                handle(message);
            }
        }

        private void handle(Object message) {
            if (message == Message.NEXT_TERM) {
                waiting = true;
                tell(computer, new Compute(term));
            } else {
                finish.done(term >= 0 ? 1 : 0);
                stop(); // and the computer with it
            }
        }
    }

    private static final class Computer extends Suite.Actor {
        private final double rate;

        Computer(double rate) {
            this.rate = rate;
        }

        @Override
        public void onReceive(Object message) {
            if (message instanceof Compute(double term)) {
                tell(getSender(), new Result(rate * term * (1 - term)));
            }
        }
    }
}
