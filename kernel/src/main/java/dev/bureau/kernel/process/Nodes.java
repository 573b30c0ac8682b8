package dev.bureau.kernel.process;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeId;
import dev.bureau.scheduler.Scheduler;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes nodes over any scheduler: what users must not and the test kit has to.
public final class Nodes {
    private static volatile @Nullable Function<LocalNode, Node> facades;
    private static volatile @Nullable Function<Node, LocalNode> locals;

    private Nodes() {}

    /// Called by [Node], once, with its constructor and what leads back.
    public static void facades(
            Function<LocalNode, Node> constructor, Function<Node, LocalNode> back) {
        facades = constructor;
        locals = back;
    }

    /// What is behind a node, for the rooms of Bureau.
    public static LocalNode local(Node node) {
        return Objects.requireNonNull(locals).apply(node);
    }

    /// A node whose processes run on `scheduler`.
    public static LocalNode over(NodeId id, Scheduler scheduler, int maxProcesses) {
        Node.options();
        LocalNode local = new LocalNode(id, scheduler, maxProcesses);
        local.facade(Objects.requireNonNull(facades).apply(local));
        return local;
    }
}
