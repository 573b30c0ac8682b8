package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.compute.Computation;
import dev.bureau.benchmarks.contest.Round;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Computes in an actor.
record Computing(ActorSystem system, int size, List<Computation> some) implements Round {
    Computing(ActorSystem system, int size, Computation... some) {
        this(system, size, List.of(some));
    }

    @Override
    public double run() throws InterruptedException {
        var result = new LinkedBlockingQueue<Double>();
        system.actorOf(Props.create(Worker.class, () -> new Worker(this, result)));
        double millis = result.take();
        if (Double.isNaN(millis)) throw new IllegalStateException("it failed");
        return millis;
    }

    private static final class Worker extends AbstractActor {
        private final Computing work;
        private final BlockingQueue<Double> result;

        Worker(Computing work, BlockingQueue<Double> result) {
            this.work = work;
            this.result = result;
        }

        @Override
        public void preStart() {
            double millis = Double.NaN;
            try {
                millis = Computation.millis(work.size(), work.some().toArray(Computation[]::new));
            } finally {
                result.add(millis);
                getContext().stop(getSelf());
            }
        }

        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }
}
