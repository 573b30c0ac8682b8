package dev.bureau.otp.table;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.otp.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The tables of a node, and their names.
public final class Tables {
    private static final NodeLocal<Tables> TABLES = NodeLocal.of(_ -> new Tables());

    private final Map<String, Table<?, ?>> named = new ConcurrentHashMap<>();
    private final Set<Table<?, ?>> all = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();

    private Tables() {}

    /// Those of a node.
    public static Tables of(Node node) {
        return TABLES.get(node);
    }

    /// A number that no other table of the node has.
    public long nextNumber() {
        return numbers.incrementAndGet();
    }

    public @Nullable Table<?, ?> find(String name) {
        return named.get(name);
    }

    public List<Table<?, ?>> all() {
        return List.copyOf(all);
    }

    /// Adds a table, which has that name from now on if there is one.
    ///
    /// @throws IllegalArgumentException if another has it
    synchronized void add(Table<?, ?> table, @Nullable String name) {
        if (name != null) {
            claim(table, name);
        }
        all.add(table);
    }

    /// Gives a table another name.
    ///
    /// @throws IllegalArgumentException if a table has it
    synchronized void rename(Table<?, ?> table, String before, String name) {
        claim(table, name);
        named.remove(before);
    }

    private void claim(Table<?, ?> table, String name) {
        if (named.putIfAbsent(name, table) != null) {
            throw new IllegalArgumentException(
                    "expected a name that no table of this node has, got: '" + name + "'");
        }
    }

    synchronized void remove(Table<?, ?> table, @Nullable String name) {
        all.remove(table);
        if (name != null) {
            named.remove(name, table);
        }
    }
}
