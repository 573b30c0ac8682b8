package dev.bureau.otp.table;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Replaces a value by what a function makes of it.
public final class Updating<K, V> implements Change<K> {
    private final Ownership<K> ownership;
    private final @Nullable V otherwise;
    private final UnaryOperator<V> change;
    private @Nullable V result;

    public Updating(Ownership<K> ownership, @Nullable V otherwise, UnaryOperator<V> change) {
        this.ownership = ownership;
        this.otherwise = otherwise;
        this.change = change;
    }

    @Override
    public @Nullable Object of(@Nullable Cell<K> cell, @Nullable Object before) {
        result = null;
        V value = before == null ? otherwise : Crossing.<V>out(before);
        if (value == null) {
            return null;
        }
        V next = change.apply(value);
        // The function may have taken its time.
        ownership.toWrite();
        Object content = Crossing.in(next);
        result = next;
        return before == null ? content : Crossing.replacing(before, content);
    }

    /// The value that is there now; null if there was none.
    public @Nullable V result() {
        return result;
    }
}
