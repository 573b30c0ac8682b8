package dev.bureau.otp.table;

import org.jspecify.annotations.Nullable;

/// What can stand in a [Cell] beside a value that is immutable, which stands there itself: so reading one is a lookup.
public abstract sealed class Held
        permits Held.Copied, Held.Keyed, Held.Tomb, Held.Pending, Held.Dead, Values {
    /// The cell is on its way out.
    static final Held DEAD = new Dead();

    /// What belongs to the key; null if nothing.
    abstract @Nullable Object content();

    /// How many objects a content is.
    static int count(@Nullable Object content) {
        return switch (content) {
            case null -> 0;
            case Values values -> values.size();
            default -> 1;
        };
    }

    /// A mutable value, the table's own copy: never changed, and copied again for each reader.
    static final class Copied extends Held {
        final Object value;

        Copied(Object value) {
            this.value = value;
        }

        @Override
        Object content() {
            return this;
        }
    }

    /// A content under a key that compares as equal to the cell's without being equal to it: 1.0 where 1 was.
    static final class Keyed extends Held {
        final Object key;
        final Object inner;

        Keyed(Object key, Object inner) {
            this.key = key;
            this.inner = inner;
        }

        @Override
        Object content() {
            return this;
        }
    }

    /// Nothing: what was there is deleted.
    static final class Tomb<K> extends Held {
        final Cell<K> cell;

        Tomb(Cell<K> cell) {
            this.cell = cell;
        }

        @Override
        @Nullable Object content() {
            return null;
        }
    }

    /// What an insert of many has put here.
    static final class Pending extends Held {
        final Batch batch;
        final @Nullable Object before;
        final Object after;

        Pending(Batch batch, @Nullable Object before, Object after) {
            this.batch = batch;
            this.before = before;
            this.after = after;
        }

        @Override
        @Nullable Object content() {
            return batch.isCommitted() ? after : before;
        }
    }

    private static final class Dead extends Held {
        @Override
        @Nullable Object content() {
            return null;
        }
    }
}
