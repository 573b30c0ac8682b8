package dev.bureau.kernel;

import dev.bureau.kernel.isolation.Immutable;
import java.util.Objects;
import java.util.Optional;

/// A name under which a process can be reached: local to the node, or kept by a registrar of one's own (`via`).
///
/// A `String` wherever a name is asked for means a local name.
public sealed interface Name extends Destination, Immutable {
    /// A name in the table of the node: at most one process has it, and a process has at most one (OTP N-01).
    record Local(String name) implements Name {
        public Local {
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "expected a name that is not blank, got: '" + name + "'");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// A local name on a given node. Sending to one that does not exist is silent, unlike sending to a local name.
    record Remote(String name, NodeId node) implements Name {
        public Remote {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(node, "node");
        }

        @Override
        public String toString() {
            return "{" + name + ", " + node + "}";
        }
    }

    /// A name that `registrar` resolves (OTP N-04).
    record Via(Registrar registrar, Object key) implements Name {
        public Via {
            Objects.requireNonNull(registrar, "registrar");
            Objects.requireNonNull(key, "key");
        }

        @Override
        public String toString() {
            return "{via, " + registrar + ", " + key + "}";
        }
    }

    /// A local name.
    static Name local(String name) {
        return new Local(name);
    }

    /// A local name of another node.
    static Name on(NodeId node, String name) {
        return new Remote(name, node);
    }

    /// A name kept by `registrar`.
    static Name via(Registrar registrar, Object key) {
        return new Via(registrar, key);
    }

    /// Keeps names outside the node's own table: the contract of a `via` module.
    interface Registrar extends Immutable {
        /// Binds `key` to `pid`; false when the key is taken.
        boolean registerName(Object key, Pid pid);

        /// Frees `key`.
        void unregisterName(Object key);

        /// The process bound to `key`.
        Optional<Pid> whereisName(Object key);
    }
}
