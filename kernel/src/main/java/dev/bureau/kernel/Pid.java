package dev.bureau.kernel;

import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.kernel.process.LocalPid;

/// The identity of a process, on this node or another: what one sends to, links to and monitors.
///
/// A pid is never used again for another process (OTP P-09). It is immutable, small, and does not keep a dead process in
/// memory. It is not typed by what the process understands: a process may speak several protocols, as in Erlang.
///
/// Printed as Elixir does: `#PID<0.123.0>`.
public abstract sealed class Pid implements Destination, Immutable, Comparable<Pid>
        permits LocalPid {
    private final NodeId node;
    private final long number;

    /// For the runtime; pids come from spawning.
    protected Pid(NodeId node, long number) {
        this.node = node;
        this.number = number;
    }

    /// The node on which the process lives or has lived.
    public final NodeId node() {
        return node;
    }

    /// The number that is unique among all processes which this incarnation of the node has ever had.
    public final long number() {
        return number;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
                || (other instanceof Pid pid && number == pid.number && node.equals(pid.node));
    }

    @Override
    public final int hashCode() {
        // Numbers are handed out in order; spread them over the bits that hash tables use.
        return Long.hashCode(number * 0x9E3779B97F4A7C15L);
    }

    /// Older before younger on one node; nodes in the order of their names.
    @Override
    public final int compareTo(Pid other) {
        int byNode = node.name().compareTo(other.node.name());
        if (byNode == 0) {
            byNode = Integer.compare(node.creation(), other.node.creation());
        }
        return byNode != 0 ? byNode : Long.compare(number, other.number);
    }

    @Override
    public final String toString() {
        return "#PID<0." + number + ".0>";
    }
}
