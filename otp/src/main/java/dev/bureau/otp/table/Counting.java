package dev.bureau.otp.table;

import dev.bureau.otp.Table;
import org.jspecify.annotations.Nullable;

/// Adds to a counter, once.
public final class Counting<K> implements Change<K> {
    private final long increment;
    private final Table.@Nullable Wrap wrap;
    private final @Nullable Object otherwise;
    private @Nullable Object found;
    private long result;

    public Counting(long increment, Table.@Nullable Wrap wrap, @Nullable Object otherwise) {
        this.increment = increment;
        this.wrap = wrap;
        this.otherwise = otherwise;
    }

    @Override
    public @Nullable Object of(@Nullable Cell<K> cell, @Nullable Object before) {
        Object counter = before == null ? otherwise : Crossing.bare(before);
        found = counter;
        Object next;
        switch (counter) {
            case Long number -> {
                result = step(number);
                next = result;
            }
            case Integer number -> {
                result = step(number);
                next = Math.toIntExact(result);
            }
            case null, default -> {
                return before;
            }
        }
        return before == null ? next : Crossing.replacing(before, next);
    }

    private long step(long number) {
        long sum = Math.addExact(number, increment);
        boolean passed = wrap != null && (increment < 0 ? sum < wrap.limit() : sum > wrap.limit());
        return wrap != null && passed ? wrap.restart() : sum;
    }

    /// What the counter is now.
    public long resultFor(K key) {
        if (found instanceof Long || found instanceof Integer) {
            return result;
        }
        throw new IllegalArgumentException(
                found == null
                        ? "expected a counter under the key "
                                + key
                                + ", got nothing; a third argument says what it begins with"
                        : "expected a Long or an Integer under the key " + key + ", got: " + found);
    }
}
