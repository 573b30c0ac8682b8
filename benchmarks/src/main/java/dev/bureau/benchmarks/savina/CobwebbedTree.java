package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// An unbalanced cobwebbed tree: nodes that ask the root whether they may have ten children, until there are enough; then a message
/// goes down the tree, and each node computes.
record CobwebbedTree(int nodes) implements Round {
    private static final int CHILDREN = 10;
    private static final int COST = 500;
    private static final int DEVIATION = 100;

    private sealed interface Message extends Cast {}

    private record MayI(Pid node) implements Message {}

    private record Grow(int cost) implements Message {}

    private record Traverse() implements Message {}

    private record Traversed() implements Message {}

    private static final Traverse TRAVERSE = new Traverse();
    private static final Traversed TRAVERSED = new Traversed();

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        GenServer.start(new Root(me, nodes));
        Round.expect("nodes", nodes / CHILDREN * (long) CHILDREN, receive(Integer.class));
        return Suite.millisSince(start);
    }

    private static List<Pid> children(Pid root, int cost) {
        var children = new ArrayList<Pid>(CHILDREN);
        for (int i = 0; i < CHILDREN; i++) children.add(GenServer.start(new Node(root, cost)));
        return children;
    }

    private record Root(Pid boss, int nodes) implements Server<Root.Tree, Message> {
        static final class Tree {
            private final Random random = new Random(42);
            private List<Pid> children = List.of();
            private int size = CHILDREN;
            private int traversed;
            private boolean full;

            private int cost() {
                return Math.max(1, (int) (COST + DEVIATION * random.nextGaussian()));
            }
        }

        @Override
        public Init<Tree> init() {
            Tree tree = new Tree();
            tree.children = children(self(), tree.cost());
            return ok(tree);
        }

        @Override
        public Next<Tree> handleCast(Message message, Tree tree) {
            switch (message) {
                case MayI(var node) when tree.size + CHILDREN <= nodes -> {
                    // half of those who ask get some, at least one of the first
                    if (tree.random.nextBoolean() || tree.size == CHILDREN) {
                        tree.size += CHILDREN;
                        cast(node, new Grow(tree.cost()));
                    }
                }
                case MayI _ -> {
                    if (!tree.full) for (Pid child : tree.children) cast(child, TRAVERSE);
                    tree.full = true;
                }
                case Traversed _ -> {
                    if (++tree.traversed == tree.size) {
                        send(boss, tree.size);
                        return stop(ExitReason.NORMAL, tree);
                    }
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(tree);
        }
    }

    private record Node(Pid root, int cost) implements Server<Node.Place, Message> {
        static final class Place {
            private List<Pid> children = List.of();
            private boolean traversed;
        }

        @Override
        public Init<Place> init() {
            cast(root, new MayI(self()));
            return ok(new Place());
        }

        @Override
        public Next<Place> handleCast(Message message, Place place) {
            switch (message) {
                case Grow(int childrenCost) -> {
                    place.children = children(root, childrenCost);
                    // who was asked to grow last may be traversed before
                    if (place.traversed) for (Pid child : place.children) cast(child, TRAVERSE);
                }
                case Traverse _ -> {
                    place.traversed = true;
                    Work.steps(cost);
                    for (Pid child : place.children) cast(child, TRAVERSE);
                    cast(root, TRAVERSED);
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(place);
        }
    }
}
