package dev.bureau.otp.table;

import java.util.Iterator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The cells of a table by their keys, and in an order.
///
/// Cells that stand here may be empty: who asks looks what is in them.
abstract sealed class Store<K> permits HashStore, OrderedStore {
    /// How many objects there are.
    final LongAdder size = new LongAdder();

    /// What was there before all was deleted, as long as the table is fixed: so that a traversal that was under way then
    /// comes to its end instead of failing.
    volatile @Nullable Store<K> former;

    /// The cell of a key.
    abstract @Nullable Cell<K> find(K key);

    /// Adds a cell, unless its key has one; returns the one that is there.
    abstract Cell<K> add(Cell<K> fresh);

    /// Takes a dead cell out. For whoever has made it dead; others who meet it call [#forget].
    abstract void remove(Cell<K> dead);

    /// Makes room for a new cell of the key of a dead one.
    abstract void forget(Cell<K> dead);

    /// All cells. One that is there from the beginning to the end comes once.
    abstract Iterator<Cell<K>> iterator();

    abstract @Nullable Cell<K> first();

    abstract @Nullable Cell<K> last();

    /// The cell behind that of a key, if the key has a place in the order; see [#isOrdered].
    abstract @Nullable Cell<K> after(Cell<K> cell);

    abstract @Nullable Cell<K> before(Cell<K> cell);

    /// Whether the order is that of the keys, so that any key has a place in it; else only those that have a cell.
    abstract boolean isOrdered();
}
