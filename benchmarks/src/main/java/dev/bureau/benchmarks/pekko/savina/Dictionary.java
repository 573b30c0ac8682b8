package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Twenty workers that read and write a dictionary, one request after the other each.
record Dictionary(ActorSystem system, int requests) implements Round {
    private static final int WORKERS = 20;
    private static final int WRITES_PERCENT = 10;
    private static final int KEYS = Integer.MAX_VALUE / 4096;

    private record Write(int key, int value) {}

    private record Read(int key) {}

    private record Answer(int value) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(WORKERS);
        long start = System.nanoTime();
        var keeper = system.actorOf(Props.create(Keeper.class, Keeper::new));
        for (int i = 0; i < WORKERS; i++) {
            int number = i;
            system.actorOf(
                    Props.create(Worker.class, () -> new Worker(keeper, number, requests, finish)));
        }
        long done = finish.await();
        system.stop(keeper);
        Round.expect("requests", (long) WORKERS * requests, done);
        return Suite.millisSince(start);
    }

    private static final class Keeper extends Suite.Actor {
        private final Map<Integer, Integer> all = new HashMap<>();

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Write(int key, int value) -> {
                    all.put(key, value);
                    tell(getSender(), new Answer(value));
                }
                case Read(int key) -> tell(getSender(), new Answer(all.getOrDefault(key, 0)));
                default -> unhandled(message);
            }
        }
    }

    private static final class Worker extends Suite.Actor {
        private final ActorRef keeper;
        private final SplittableRandom random;
        private final int requests;
        private final Finish finish;
        private int count;

        Worker(ActorRef keeper, int number, int requests, Finish finish) {
            this.keeper = keeper;
            this.random = new SplittableRandom(number);
            this.requests = requests;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            ask();
        }

        @Override
        public void onReceive(Object answer) {
            if (++count < requests) {
                ask();
                return;
            }
            finish.done(count);
            stop();
        }

        private void ask() {
            int key = random.nextInt(KEYS);
            tell(
                    keeper,
                    random.nextInt(100) < WRITES_PERCENT ? new Write(key, key) : new Read(key));
        }
    }
}
