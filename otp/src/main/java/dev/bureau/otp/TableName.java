package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.otp.table.Tables;
import java.util.Optional;

/// The name of a table, and what is in it: the one constant by which its owner makes it and all others find it.
///
/// ```java
/// static final TableName<String, Integer> SCORES = new TableName<>("scores");
///
/// Table<String, Integer> mine = Table.set(SCORES);                  // in its owner
/// int score = SCORES.table().lookup("ada", 0);                      // in any process of the node
/// ```
///
/// A node has one table of a name. That the types are right is checked where this constant is used; two constants of one
/// name and different types are a mistake that shows as a [ClassCastException] when a value is used.
public record TableName<K, V>(String name) {
    public TableName {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "expected a name that is not blank, got: '" + name + "'");
        }
    }

    /// The table of this name on the caller's node.
    ///
    /// @throws NoSuchTable if there is none
    public Table<K, V> table() {
        return find().orElseThrow(() -> new NoSuchTable("the name '" + name + "'"));
    }

    /// The table of this name on the caller's node, if there is one.
    // It was made by a TableName of these types, see above.
    @SuppressWarnings("unchecked")
    public Optional<Table<K, V>> find() {
        return Optional.ofNullable((Table<K, V>) Tables.of(Bureau.node()).find(name));
    }

    @Override
    public String toString() {
        return name;
    }
}
