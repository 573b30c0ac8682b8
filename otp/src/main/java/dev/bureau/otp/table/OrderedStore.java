package dev.bureau.otp.table;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Cells in the order of their keys. Keys that compare as equal are the same key.
final class OrderedStore<K> extends Store<K> {
    private final ConcurrentSkipListMap<K, Cell<K>> cells;

    OrderedStore(@Nullable Comparator<? super K> order) {
        this.cells = new ConcurrentSkipListMap<>(order);
    }

    @Override
    @Nullable Cell<K> find(K key) {
        return cells.get(key);
    }

    @Override
    Cell<K> add(Cell<K> fresh) {
        Cell<K> there = cells.putIfAbsent(fresh.key(), fresh);
        return there == null ? fresh : there;
    }

    @Override
    void remove(Cell<K> dead) {
        forget(dead);
    }

    @Override
    void forget(Cell<K> dead) {
        cells.remove(dead.key(), dead);
    }

    @Override
    Iterator<Cell<K>> iterator() {
        return cells.values().iterator();
    }

    @Override
    @Nullable Cell<K> first() {
        return cellOf(cells.firstEntry());
    }

    @Override
    @Nullable Cell<K> last() {
        return cellOf(cells.lastEntry());
    }

    @Override
    @Nullable Cell<K> after(Cell<K> cell) {
        return cellOf(cells.higherEntry(cell.key()));
    }

    @Override
    @Nullable Cell<K> before(Cell<K> cell) {
        return cellOf(cells.lowerEntry(cell.key()));
    }

    private @Nullable Cell<K> cellOf(Map.@Nullable Entry<K, Cell<K>> entry) {
        return entry == null ? null : entry.getValue();
    }

    @Override
    boolean isOrdered() {
        return true;
    }
}
