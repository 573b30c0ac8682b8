package dev.bureau.kernel.isolation;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Optional` and map entries.
///
/// An entry taken out of a live map writes to that map, so it is copied into one that does not; entries that cannot be
/// set stay what they are.
final class SmallShell extends Shell {
    private enum Kind {
        OPTIONAL,
        FIXED_ENTRY,
        ENTRY
    }

    private final Kind kind;

    private SmallShell(Kind kind) {
        this.kind = kind;
    }

    static @Nullable Shape of(Class<?> type) {
        if (type == Optional.class) {
            return new SmallShell(Kind.OPTIONAL);
        }
        if (!Map.Entry.class.isAssignableFrom(type)) {
            return null;
        }
        return new SmallShell(
                type == AbstractMap.SimpleImmutableEntry.class
                                || type.getName().equals("java.util.KeyValueHolder")
                        ? Kind.FIXED_ENTRY
                        : Kind.ENTRY);
    }

    @Override
    @Nullable Object[] children(Object source) {
        if (source instanceof Map.Entry<?, ?> entry) {
            return new @Nullable Object[] {entry.getKey(), entry.getValue()};
        }
        return new @Nullable Object[] {((Optional<?>) source).orElse(null)};
    }

    @Override
    @SuppressWarnings("NullAway") // entries take null
    Object rebuild(Object source, @Nullable Object[] children) {
        return switch (kind) {
            case OPTIONAL -> Optional.ofNullable(children[0]);
            case FIXED_ENTRY -> new AbstractMap.SimpleImmutableEntry<>(children[0], children[1]);
            case ENTRY -> new AbstractMap.SimpleEntry<>(children[0], children[1]);
        };
    }

    @Override
    boolean alwaysRebuilt() {
        return kind == Kind.ENTRY;
    }

    @Override
    int look(Object source, int budget) {
        return switch (source) {
            case Optional<?> optional -> lookAt(optional.orElse(null), budget);
            case Map.Entry<?, ?> entry when kind == Kind.FIXED_ENTRY -> {
                int left = lookAt(entry.getKey(), budget);
                yield left < 0 ? -1 : lookAt(entry.getValue(), left);
            }
            default -> -1;
        };
    }

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        return switch (kind) {
            case OPTIONAL -> "Optional";
            case FIXED_ENTRY, ENTRY -> index == 0 ? "Entry key" : "Entry value";
        };
    }
}
