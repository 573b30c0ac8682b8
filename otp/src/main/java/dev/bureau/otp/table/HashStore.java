package dev.bureau.otp.table;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Cells by the hash of their keys, in the order of their slots, which means nothing.
final class HashStore<K> extends Store<K> {
    private final ConcurrentHashMap<K, Cell<K>> cells = new ConcurrentHashMap<>();
    private final Slots<K> slots = new Slots<>();

    @Override
    @Nullable Cell<K> find(K key) {
        return cells.get(key);
    }

    @Override
    Cell<K> add(Cell<K> fresh) {
        // First the slot: who finds the cell by its key finds it in an iteration too.
        slots.take(fresh);
        Cell<K> there = fresh;
        try {
            there = cells.putIfAbsent(fresh.key(), fresh);
        } finally {
            // The key's equals, which is somebody's code, may have thrown.
            if (there != null) {
                slots.release(fresh);
            }
        }
        return there == null ? fresh : there;
    }

    @Override
    void remove(Cell<K> dead) {
        slots.release(dead);
        forget(dead);
    }

    @Override
    void forget(Cell<K> dead) {
        cells.remove(dead.key(), dead);
    }

    @Override
    Iterator<Cell<K>> iterator() {
        return slots.iterator();
    }

    @Override
    @Nullable Cell<K> first() {
        return slots.atOrAfter(0);
    }

    /// As in Erlang: where the order means nothing there is but one direction.
    @Override
    @Nullable Cell<K> last() {
        return first();
    }

    @Override
    @Nullable Cell<K> after(Cell<K> cell) {
        return slots.atOrAfter(cell.slot + 1);
    }

    @Override
    @Nullable Cell<K> before(Cell<K> cell) {
        return after(cell);
    }

    @Override
    boolean isOrdered() {
        return false;
    }
}
