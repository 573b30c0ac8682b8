package dev.bureau.kernel;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// A value of which every node has its own: what would be a static field if a JVM held one node only.
///
/// ```java
/// static final NodeLocal<Tables> TABLES = NodeLocal.of(node -> new Tables(node));
/// Tables here = TABLES.get(node());
/// ```
///
/// Made when a node first asks for it, once, and gone with the node. All threads of a node see the same object, so it
/// must be safe to share; what belongs to one process is a [ProcessLocal] or an argument.
public final class NodeLocal<T> {
    private final Function<? super Node, ? extends T> initial;

    private NodeLocal(Function<? super Node, ? extends T> initial) {
        this.initial = initial;
    }

    /// A new variable; `initial` makes the value for a node, and asks for no other `NodeLocal` of that node.
    public static <T> NodeLocal<T> of(Function<? super Node, ? extends T> initial) {
        return new NodeLocal<>(Objects.requireNonNull(initial, "initial"));
    }

    /// The node's value.
    public T get(Node node) {
        Map<NodeLocal<?>, Object> values = node.local().locals();
        // Making it may lock, even where it is there already.
        Object known = values.get(this);
        return cast(known != null ? known : values.computeIfAbsent(this, _ -> initial.apply(node)));
    }

    @SuppressWarnings("unchecked")
    private T cast(Object value) {
        return (T) value;
    }
}
