package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import dev.bureau.benchmarks.savina.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// An unbalanced cobwebbed tree: nodes that ask the root whether they may have ten children, until there are enough; then a message
/// goes down the tree, and each node computes.
record CobwebbedTree(ActorSystem system, int nodes) implements Round {
    private static final int CHILDREN = 10;
    private static final int COST = 500;
    private static final int DEVIATION = 100;

    private enum Message {
        MAY_I,
        TRAVERSE,
        TRAVERSED
    }

    private record Grow(int cost) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Root.class, () -> new Root(nodes, finish)));
        Round.expect("nodes", nodes / CHILDREN * (long) CHILDREN, finish.await());
        return Suite.millisSince(start);
    }

    private abstract static class Growing extends Suite.Actor {
        List<ActorRef> children = List.of();

        final void grow(ActorRef root, int cost) {
            var node = Props.create(Node.class, () -> new Node(root, cost));
            children = new ArrayList<>(CHILDREN);
            for (int i = 0; i < CHILDREN; i++) children.add(start(node));
        }

        final void tellChildren() {
            for (var child : children) tell(child, Message.TRAVERSE);
        }
    }

    private static final class Root extends Growing {
        private final Random random = new Random(42);
        private final int nodes;
        private final Finish finish;
        private int size = CHILDREN;
        private int traversed;
        private boolean full;

        Root(int nodes, Finish finish) {
            this.nodes = nodes;
            this.finish = finish;
        }

        private int cost() {
            return Math.max(1, (int) (COST + DEVIATION * random.nextGaussian()));
        }

        @Override
        public void preStart() {
            grow(getSelf(), cost());
        }

        @Override
        public void onReceive(Object message) {
            if (message == Message.TRAVERSED) {
                if (++traversed < size) return;
                finish.done(size);
                stop();
            } else if (size + CHILDREN <= nodes) {
                // half of those who ask get some, at least one of the first
                if (random.nextBoolean() || size == CHILDREN) {
                    size += CHILDREN;
                    tell(getSender(), new Grow(cost()));
                }
            } else if (!full) {
                full = true;
                tellChildren();
            }
        }
    }

    private static final class Node extends Growing {
        private final ActorRef root;
        private final int cost;
        private boolean traversed;

        Node(ActorRef root, int cost) {
            this.root = root;
            this.cost = cost;
        }

        @Override
        public void preStart() {
            tell(root, Message.MAY_I);
        }

        @Override
        public void onReceive(Object message) {
            if (message instanceof Grow(int childrenCost)) {
                grow(root, childrenCost);
                // who was asked to grow last may be traversed before
                if (traversed) tellChildren();
                return;
            }
            traversed = true;
            Work.steps(cost);
            tellChildren();
            tell(root, Message.TRAVERSED);
        }
    }
}
