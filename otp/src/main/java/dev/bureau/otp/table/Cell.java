package dev.bureau.otp.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The place of one key in a table.
/*
 * `state` is one of
 *
 *   a content        what belongs to the key: an immutable value as it is, Copied, Keyed or Values
 *   Tomb             nothing, for the moment; a new one for each deletion, so that who removes what was deleted cannot
 *                    mistake a later deletion for his own
 *   Pending          part of an insert of many: the content before until that is committed, the one after from then on
 *   Held.DEAD        final: the cell is on its way out of the store, a new content needs a new cell
 *
 *   Tomb -> content, Pending, DEAD      content -> content, Tomb, Pending      Pending -> content, Tomb
 *
 * Each change is one compare-and-set, which is the moment at which all others see it. A cell is in the store, and has
 * its slot, before it has its first content: so who finds a key meets it in an iteration too.
 */
public final class Cell<K> {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Cell.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final K key;

    /// Its place in the order of a [HashStore]; set before the cell is published.
    int slot;

    private volatile Object state;

    /// A cell with nothing in it.
    @SuppressWarnings("this-escape")
    Cell(K key) {
        this.key = key;
        this.state = new Held.Tomb<>(this);
    }

    /// The key of its first content; a later one may have one of its own, see [Held.Keyed].
    public K key() {
        return key;
    }

    Object state() {
        return state;
    }

    boolean replace(Object expected, Object next) {
        return STATE.compareAndSet(this, expected, next);
    }

    /// What belongs to the key at this moment; null if nothing.
    public @Nullable Object content() {
        Object now = state;
        return now instanceof Held held ? held.content() : now;
    }
}
