package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// A tree of actors, each of which starts ten, down to the leaves; the numbers of those are added up on the way back.
record Skynet(ActorSystem system, int leaves) implements Round {
    private static final int BRANCHES = 10;

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Root.class, () -> new Root(leaves, finish)));
        Round.expect("the sum", (long) leaves * (leaves - 1) / 2, finish.await());
        return Round.nanosEach(start, leaves);
    }

    private static Props branch(long number, int size) {
        return Props.create(Branch.class, () -> new Branch(number, size));
    }

    private static final class Root extends AbstractActor {
        private final int leaves;
        private final Finish finish;

        Root(int leaves, Finish finish) {
            this.leaves = leaves;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            getContext().actorOf(branch(0, leaves));
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Long.class, this::finish).build();
        }

        private void finish(Long sum) {
            finish.done(sum);
            getContext().stop(getSelf());
        }
    }

    private static final class Branch extends AbstractActor {
        private final long number;
        private final int size;
        private int left = BRANCHES;
        private long sum;

        Branch(long number, int size) {
            this.number = number;
            this.size = size;
        }

        @Override
        public void preStart() {
            if (size == 1) {
                tell(number);
                return;
            }
            int part = size / BRANCHES;
            for (int i = 0; i < BRANCHES; i++) {
                getContext().actorOf(branch(number + (long) i * part, part));
            }
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Long.class, this::add).build();
        }

        private void add(Long part) {
            sum += part;
            if (--left == 0) tell(sum);
        }

        private void tell(long result) {
            getContext().getParent().tell(result, getSelf());
            getContext().stop(getSelf());
        }
    }
}
