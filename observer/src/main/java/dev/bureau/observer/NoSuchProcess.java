package dev.bureau.observer;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.io.Serial;

/// Thrown when a process is looked at that has ended, or that is none of the node that is observed.
public final class NoSuchProcess extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    private NoSuchProcess(String message) {
        super(message);
    }

    static NoSuchProcess ended(Pid pid) {
        return new NoSuchProcess(
                "expected a process that is alive, got: " + pid + ", which has ended");
    }

    static NoSuchProcess ofAnother(Node node, Pid pid) {
        String there =
                pid.node().name().equals(node.id().name())
                        ? "another node of that name"
                        : "node " + pid.node();
        return new NoSuchProcess(
                "expected a process of " + node + ", got: " + pid + " of " + there);
    }
}
