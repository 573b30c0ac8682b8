package dev.bureau.otp.table;

import dev.bureau.kernel.isolation.Isolation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The way of keys and values into a table and out of it: nobody outside has what is inside, unless it is immutable.
public final class Crossing {
    private Crossing() {}

    /// What may be shared with whoever gets it.
    public static <T> T isolated(T object) {
        return cast(Objects.requireNonNull(Isolation.pass(object), "expected an object, got null"));
    }

    /// The content that a value becomes.
    public static Object in(Object value) {
        Object own = Isolation.pass(Objects.requireNonNull(value, "a table holds no null"));
        return own == value ? value : new Held.Copied(Objects.requireNonNull(own));
    }

    /// The value that a content is; not for [Values].
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public static <V> V out(Object content) {
        return switch (content) {
            case Held.Copied copied -> cast(Objects.requireNonNull(Isolation.pass(copied.value)));
            case Held.Keyed keyed -> out(keyed.inner);
            default -> cast(content);
        };
    }

    /// The value that a content is, itself: to be looked at only.
    public static Object bare(Object content) {
        return switch (content) {
            case Held.Copied copied -> copied.value;
            case Held.Keyed keyed -> bare(keyed.inner);
            default -> content;
        };
    }

    /// The key as the table keeps it.
    public static <K> K ownKey(K key) {
        return isolated(Objects.requireNonNull(key, "a table has no null as a key"));
    }

    /// The key of a content.
    public static <K> K keyOut(Cell<K> cell, @Nullable Object content) {
        Object key = content instanceof Held.Keyed keyed ? keyed.key : cell.key();
        return cast(Objects.requireNonNull(Isolation.pass(key)));
    }

    /// `value` as the content of `key` in a cell, whose own key need only compare as equal to it.
    public static <K> Object keyed(@Nullable Cell<K> cell, K key, Object value) {
        return cell == null || cell.key().equals(key) ? value : new Held.Keyed(ownKey(key), value);
    }

    /// `value` in place of `content`, under the same key.
    public static Object replacing(Object content, Object value) {
        return content instanceof Held.Keyed keyed ? new Held.Keyed(keyed.key, value) : value;
    }

    /// Whether the content belongs to just that key.
    public static <K> boolean hasKey(Cell<K> cell, Object content, K key) {
        return (content instanceof Held.Keyed keyed ? keyed.key : cell.key()).equals(key);
    }

    // What is inside came in by the methods of a Table of these types.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object object) {
        return (T) object;
    }
}
