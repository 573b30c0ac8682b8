package dev.bureau.otp.table;

import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Changes each object of a key by itself.
public final class Rewriting<K> implements Change<K> {
    private final Runnable afterwards;
    private final Rule<K> rule;
    private long hits;

    /// What becomes of one object: another content, null if it is deleted, or `HANDS_OFF`.
    private interface Rule<K> {
        @Nullable Object of(Cell<K> cell, Object content);
    }

    private static final Object HANDS_OFF = new Object();

    private Rewriting(Runnable afterwards, Rule<K> rule) {
        this.afterwards = afterwards;
        this.rule = rule;
    }

    /// Deletes those equal to an object.
    public static <K> Rewriting<K> without(K key, Object value) {
        return new Rewriting<>(
                () -> {},
                (cell, content) ->
                        Crossing.hasKey(cell, content, key) && Crossing.bare(content).equals(value)
                                ? null
                                : HANDS_OFF);
    }

    /// Deletes those that fit.
    public static <K, V> Rewriting<K> deleting(
            Ownership<K> ownership, BiPredicate<? super K, ? super V> fits) {
        return new Rewriting<>(
                ownership::toWrite,
                (cell, content) ->
                        fits.test(Crossing.keyOut(cell, content), Crossing.<V>out(content))
                                ? null
                                : HANDS_OFF);
    }

    /// Replaces the values of those that fit.
    public static <K, V> Rewriting<K> replacing(
            Ownership<K> ownership,
            BiPredicate<? super K, ? super V> fits,
            BiFunction<? super K, ? super V, ? extends V> with) {
        return new Rewriting<>(
                ownership::toWrite,
                (cell, content) -> {
                    K key = Crossing.keyOut(cell, content);
                    V value = Crossing.out(content);
                    return fits.test(key, value)
                            ? Crossing.replacing(content, Crossing.in(with.apply(key, value)))
                            : HANDS_OFF;
                });
    }

    @Override
    public @Nullable Object of(@Nullable Cell<K> cell, @Nullable Object before) {
        hits = 0;
        if (cell == null || before == null) {
            return null;
        }
        Object after =
                before instanceof Values values
                        ? values.changed(value -> one(cell, value))
                        : one(cell, before);
        // The predicate may have taken its time.
        afterwards.run();
        return after;
    }

    private @Nullable Object one(Cell<K> cell, Object content) {
        Object next = rule.of(cell, content);
        if (next == HANDS_OFF) {
            return content;
        }
        hits++;
        return next;
    }

    /// How many objects of the key it was last asked for it has changed.
    public long hits() {
        return hits;
    }
}
