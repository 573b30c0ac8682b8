package dev.bureau.otp.table;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The values of one key in a bag: immutable, the newest first, so that adding one costs the same however many there are.
public final class Values extends Held {
    private final @Nullable Values older;
    private final Object newest;
    private final int size;

    private Values(@Nullable Values older, Object newest) {
        this.older = older;
        this.newest = newest;
        this.size = older == null ? 1 : older.size + 1;
    }

    /// With one more.
    public static Values add(@Nullable Values values, Object newest) {
        return new Values(values, newest);
    }

    /// With one more, if there is none that equals it.
    public static Values addOnce(@Nullable Values values, Object newest) {
        return values != null && values.has(Crossing.bare(newest))
                ? values
                : new Values(values, newest);
    }

    private boolean has(Object value) {
        for (Values each = this; each != null; each = each.older) {
            if (Crossing.bare(each.newest).equals(value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    Object content() {
        return this;
    }

    int size() {
        return size;
    }

    /// In the order in which they were inserted.
    public List<Object> oldestFirst() {
        Object[] all = new Object[size];
        for (Values each = this; each != null; each = each.older) {
            all[each.size - 1] = each.newest;
        }
        return Arrays.asList(all);
    }

    /// What `change` makes of each, oldest first, without those of which it makes null; this one if it changes none.
    @Nullable Values changed(Function<Object, @Nullable Object> change) {
        Values result = null;
        boolean same = true;
        for (Object value : oldestFirst()) {
            Object next = change.apply(value);
            same &= next == value;
            if (next != null) {
                result = new Values(result, next);
            }
        }
        return same ? this : result;
    }
}
