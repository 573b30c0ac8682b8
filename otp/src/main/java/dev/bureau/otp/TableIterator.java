package dev.bureau.otp;

import dev.bureau.otp.table.Cell;
import dev.bureau.otp.table.Cells;
import dev.bureau.otp.table.Crossing;
import dev.bureau.otp.table.Ownership;
import dev.bureau.otp.table.Values;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Goes through the objects of a table. The values of one key of a bag are those of one moment.
final class TableIterator<K, V> implements Iterator<Table.Entry<K, V>> {
    private final Ownership<K> ownership;
    private final Cells<K>.Traversal traversal;

    private Iterator<Table.Entry<K, V>> here = List.<Table.Entry<K, V>>of().iterator();

    TableIterator(Ownership<K> ownership) {
        this.ownership = ownership;
        this.traversal = ownership.toRead().traversal();
    }

    @Override
    public boolean hasNext() {
        while (!here.hasNext()) {
            ownership.toRead();
            Cell<K> cell = traversal.next();
            if (cell == null) {
                return false;
            }
            here = objects(cell, cell.content());
        }
        return true;
    }

    private Iterator<Table.Entry<K, V>> objects(Cell<K> cell, @Nullable Object content) {
        if (content == null) {
            return here;
        }
        if (content instanceof Values values) {
            return values.oldestFirst().stream().map(value -> entry(cell, value)).iterator();
        }
        return List.of(entry(cell, content)).iterator();
    }

    private Table.Entry<K, V> entry(Cell<K> cell, Object content) {
        return new Table.Entry<>(Crossing.keyOut(cell, content), Crossing.out(content));
    }

    @Override
    public Table.Entry<K, V> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return here.next();
    }
}
