package dev.bureau.otp.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The contents of a table.
///
/*
 * One key: whoever changes it reads the cell's state, makes the next one of it and swaps them by a compare-and-set, or
 * begins again. User code that a change calls runs outside of all locks.
 *
 * Many keys: a batch puts a Pending into each cell, then commits by one write. Readers look through a Pending at what counts
 * and never wait; writers wait for the batch, by way of its lock, since what they would change is not yet decided. One batch
 * at a time, so none waits for another in a circle. A thread that is thrown out of the middle of a batch, by a
 * key's equals, aborts it; what it leaves behind says so, and whoever meets it tidies it up.
 *
 * Deleting: first the content is replaced by a Tomb, which is when the deletion takes effect; then, if the table is not
 * fixed, the cell is declared dead and taken out. In this order: who fixes the table and then finds the key has done both
 * before the Tomb came, so whoever deletes sees that the table is fixed, and leaves the cell, from which one can go on to the
 * next. What is left is removed when the table is fixed no longer.
 *
 * Deleting all replaces the store. An operation that has begun on the former one counts as done before.
 */
public final class Cells<K> {
    private static final Object GONE = new Object();

    private final Supplier<Store<K>> empty;
    private final ReentrantLock batches = new ReentrantLock();

    private final AtomicInteger fixations = new AtomicInteger();
    private final ConcurrentLinkedQueue<Left<K>> left = new ConcurrentLinkedQueue<>();

    private volatile Store<K> store;

    /// A deletion whose cell is still there because the table was fixed.
    private record Left<K>(Store<K> store, Held.Tomb<K> tomb) {}

    /// One object, or several of one key, of an insert of many: `change` puts it in.
    public record Insert<K>(K key, Change<K> change) {}

    /// Where a traversal stands.
    public final class Traversal {
        private final Store<K> walked = store;
        private final Iterator<Cell<K>> cells = walked.iterator();

        /// The next cell, which may be empty; null at the end, also when all was deleted meanwhile.
        public @Nullable Cell<K> next() {
            return store == walked && cells.hasNext() ? cells.next() : null;
        }

        /// Changes what belongs to the key of a cell that was just returned; what was there before.
        public @Nullable Object change(Cell<K> cell, Change<K> change) {
            Object before = attempt(walked, cell, change);
            return before == GONE ? null : before;
        }
    }

    private Cells(Supplier<Store<K>> empty) {
        this.empty = empty;
        this.store = empty.get();
    }

    /// Without an order.
    public static <K> Cells<K> hashed() {
        return new Cells<>(HashStore::new);
    }

    /// In the natural order of the keys or another.
    public static <K> Cells<K> ordered(@Nullable Comparator<? super K> order) {
        return new Cells<>(() -> new OrderedStore<>(order));
    }

    /// How many objects there are, without those that are under way.
    public long size() {
        return Math.max(0, store.size.sum());
    }

    /// What belongs to a key; null if nothing.
    public @Nullable Object content(K key) {
        Cell<K> cell = store.find(key);
        return cell == null ? null : cell.content();
    }

    // ---- one key

    /// Changes what belongs to a key; what was there before.
    public @Nullable Object change(K key, Change<K> change) {
        Store<K> here = store;
        while (true) {
            Cell<K> cell = here.find(key);
            if (cell == null) {
                Object content = change.of(null, null);
                if (content == null) {
                    return null;
                }
                Cell<K> fresh = new Cell<>(Crossing.ownKey(key));
                Object nothing = fresh.state();
                cell = here.add(fresh);
                if (cell == fresh && cell.replace(nothing, content)) {
                    here.size.add(Held.count(content));
                    return null;
                }
            }
            Object before = attempt(here, cell, change);
            if (before != GONE) {
                return before;
            }
        }
    }

    /// What was there before, or [#GONE] if the cell is dead.
    private @Nullable Object attempt(Store<K> here, Cell<K> cell, Change<K> change) {
        while (true) {
            Object state = cell.state();
            if (state == Held.DEAD) {
                here.forget(cell);
                return GONE;
            }
            if (state instanceof Held.Pending pending) {
                settle(here, cell, pending);
                continue;
            }
            Object before = state instanceof Held held ? held.content() : state;
            Object after = change.of(cell, before);
            if (after == before) {
                return before;
            }
            Object next = after == null ? new Held.Tomb<>(cell) : after;
            if (cell.replace(state, next)) {
                long more = Held.count(after) - (long) Held.count(before);
                // A count that does not change is no reason to write where all write.
                if (more != 0) {
                    here.size.add(more);
                }
                buryIfTomb(here, next);
                return before;
            }
        }
    }

    // ---- many keys

    /// Inserts all or, if `onlyNew` and one of the keys has something already, nothing; whether it has inserted.
    public boolean insertAll(List<Insert<K>> inserts, boolean onlyNew) {
        Store<K> here = store;
        List<Cell<K>> touched = new ArrayList<>(inserts.size());
        Batch batch = new Batch();
        batches.lock();
        try {
            for (Insert<K> each : inserts) {
                if (!putPending(here, batch, each, onlyNew, touched)) {
                    return false;
                }
            }
            batch.commit();
            return true;
        } finally {
            batch.abortIfOpen();
            batches.unlock();
            touched.forEach(cell -> tidyUp(here, cell, batch));
        }
    }

    private boolean putPending(
            Store<K> here, Batch batch, Insert<K> insert, boolean onlyNew, List<Cell<K>> touched) {
        while (true) {
            Cell<K> cell = here.find(insert.key());
            if (cell == null) {
                cell = here.add(new Cell<>(insert.key()));
            }
            touched.add(cell);
            Object state = cell.state();
            if (state == Held.DEAD) {
                here.forget(cell);
            } else if (state instanceof Held.Pending other && other.batch != batch) {
                settle(here, cell, other);
            } else {
                Held.Pending mine = state instanceof Held.Pending own ? own : null;
                Object before =
                        mine != null
                                ? mine.before
                                : state instanceof Held held ? held.content() : state;
                if (onlyNew && before != null) {
                    return false;
                }
                Object after = insert.change().of(cell, mine != null ? mine.after : before);
                Object pending = new Held.Pending(batch, before, Objects.requireNonNull(after));
                if (cell.replace(state, pending)) {
                    return true;
                }
            }
        }
    }

    private void tidyUp(Store<K> here, Cell<K> cell, Batch batch) {
        Object state = cell.state();
        if (state instanceof Held.Pending pending && pending.batch == batch) {
            tidy(here, cell, pending);
        } else {
            // Made for this batch, which came no further.
            buryIfTomb(here, state);
        }
    }

    /// Makes what an insert of many has left in a cell a content or a Tomb, when it is decided.
    private void settle(Store<K> here, Cell<K> cell, Held.Pending pending) {
        if (pending.batch.isOpen()) {
            batches.lock();
            try {
                tidy(here, cell, pending);
            } finally {
                batches.unlock();
            }
        } else {
            tidy(here, cell, pending);
        }
    }

    private void tidy(Store<K> here, Cell<K> cell, Held.Pending pending) {
        Object content = pending.content();
        Object next = content == null ? new Held.Tomb<>(cell) : content;
        if (cell.replace(pending, next)) {
            here.size.add(Held.count(content) - (long) Held.count(pending.before));
            buryIfTomb(here, next);
        }
    }

    // ---- all

    /// Deletes all.
    public void clear() {
        Store<K> fresh = empty.get();
        fresh.former = store;
        store = fresh;
        // In this order: who is in the middle of a fixed traversal has fixed before.
        if (fixations.get() == 0) {
            fresh.former = null;
        }
    }

    /// A traversal of what is there: who is there all along is met once.
    public Traversal traversal() {
        return new Traversal();
    }

    // ---- one after the other

    /// The first cell that holds something.
    public @Nullable Cell<K> first() {
        Store<K> here = store;
        Cell<K> cell = here.first();
        while (cell != null && cell.content() == null) {
            cell = here.after(cell);
        }
        return cell;
    }

    /// The last cell that holds something.
    public @Nullable Cell<K> last() {
        Store<K> here = store;
        Cell<K> cell = here.last();
        while (cell != null && cell.content() == null) {
            cell = here.before(cell);
        }
        return cell;
    }

    /// The first cell behind a key that holds something; null at the end.
    ///
    /// @throws IllegalArgumentException if the key has no place, see [#placeOf]
    public @Nullable Cell<K> next(K key) {
        Store<K> here = store;
        Cell<K> cell = placeOf(here, key);
        do {
            cell = cell == null ? null : here.after(cell);
        } while (cell != null && cell.content() == null);
        return cell;
    }

    /// The first cell before a key that holds something; null at the end.
    ///
    /// @throws IllegalArgumentException if the key has no place, see [#placeOf]
    public @Nullable Cell<K> previous(K key) {
        Store<K> here = store;
        Cell<K> cell = placeOf(here, key);
        do {
            cell = cell == null ? null : here.before(cell);
        } while (cell != null && cell.content() == null);
        return cell;
    }

    /// From where to go on: where keys have an order, from any; else from one that is there or, the table being fixed, has
    /// been. Null if all was deleted since.
    private @Nullable Cell<K> placeOf(Store<K> here, K key) {
        if (here.isOrdered()) {
            return new Cell<>(key);
        }
        Cell<K> cell = here.find(key);
        if (cell != null && (cell.content() != null || isFixed())) {
            return cell;
        }
        for (Store<K> each = here.former; each != null; each = each.former) {
            if (each.find(key) != null) {
                return null;
            }
        }
        throw new IllegalArgumentException(
                "expected a key that is in the table, got: "
                        + key
                        + "; to delete while going from key to key, fix the table: "
                        + "try (var fixation = table.fix()) { ... }");
    }

    // ---- what is left of the deleted

    /// Whether somebody wants to go on from what is deleted.
    public boolean isFixed() {
        return fixations.get() > 0;
    }

    /// From now on the deleted keep their places.
    public void fix() {
        fixations.incrementAndGet();
    }

    /// Takes one [#fix] back.
    public void unfix() {
        if (fixations.decrementAndGet() == 0) {
            store.former = null;
            removeLeft();
        }
    }

    private void buryIfTomb(Store<K> here, Object state) {
        if (!(state instanceof Held.Tomb<?>)) {
            return;
        }
        Held.Tomb<K> tomb = asTomb(state);
        if (!isFixed()) {
            bury(here, tomb);
            return;
        }
        left.add(new Left<>(here, tomb));
        // It may have been unfixed before that was added.
        removeLeft();
    }

    /// It looks before each whether the table was fixed anew: then those who are deleted meanwhile stay. What it has taken
    /// out already cannot be one of these, since each deletion has a Tomb of its own.
    private void removeLeft() {
        while (!isFixed()) {
            Left<K> next = left.poll();
            if (next == null) {
                return;
            }
            bury(next.store(), next.tomb());
        }
    }

    private void bury(Store<K> here, Held.Tomb<K> tomb) {
        if (tomb.cell.replace(tomb, Held.DEAD)) {
            here.remove(tomb.cell);
        }
    }

    @SuppressWarnings("unchecked")
    private Held.Tomb<K> asTomb(Object state) {
        return (Held.Tomb<K>) state;
    }
}
