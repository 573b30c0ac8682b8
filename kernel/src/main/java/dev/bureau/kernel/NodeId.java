package dev.bureau.kernel;

import dev.bureau.kernel.isolation.Immutable;
import java.util.Objects;

/// The identity of one incarnation of a node: its name, and a creation number that tells a restarted node from the one
/// of the same name before it (OTP D-09).
public record NodeId(String name, int creation) implements Immutable {
    /// The name of a node that was given none.
    public static final String NO_NAME = "nonode@nohost";

    public NodeId {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "expected a node name such as bureau@localhost, got: '" + name + "'");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
