package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import dev.bureau.benchmarks.savina.Work;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Messages to each of 60 actors, by one who sends to all in turns: fork-join throughput.
record Throughput(ActorSystem system, int messages) implements Round {
    private static final int ACTORS = 60;

    private enum Message {
        GO
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(ACTORS);
        var props = Props.create(Worker.class, () -> new Worker(messages, finish));
        long start = System.nanoTime();
        var actors = new ActorRef[ACTORS];
        for (int i = 0; i < ACTORS; i++) actors[i] = system.actorOf(props);
        for (int i = 0; i < messages; i++) {
            for (var actor : actors) actor.tell(Message.GO, ActorRef.noSender());
        }
        Round.expect("the messages", (long) ACTORS * messages, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Worker extends Suite.Actor {
        private final int all;
        private final Finish finish;
        private int count;

        Worker(int all, Finish finish) {
            this.all = all;
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            Work.sine(37.2);
            if (++count < all) return;
            finish.done(count);
            stop();
        }
    }
}
