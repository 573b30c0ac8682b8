package dev.bureau.kernel.isolation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The collections of the JDK that nothing can modify: `List.of`, `Set.of`, `Map.of`, `Stream.toList`,
/// `Collections.singletonX` and `nCopies`.
final class UnmodifiableShape {
    private UnmodifiableShape() {}

    static @Nullable Shape of(Class<?> type) {
        String name = type.getName();
        if (name.equals("java.util.Collections$CopiesList")) {
            return new Copies();
        }
        if (name.startsWith("java.util.ImmutableCollections$Stable")) {
            return null; // computed by a function of the user's when asked for
        }
        if (!name.startsWith("java.util.ImmutableCollections$")
                && !name.startsWith("java.util.Collections$Singleton")) {
            return null;
        }
        if (List.class.isAssignableFrom(type)) {
            return new OfList();
        }
        if (Set.class.isAssignableFrom(type)) {
            return new OfSet();
        }
        return Map.class.isAssignableFrom(type) ? new OfMap() : null;
    }

    private static final class OfList extends Shell {
        @Override
        @Nullable Object[] children(Object source) {
            return ((List<?>) source).toArray();
        }

        @Override
        @SuppressWarnings("NullAway") // List.of gets no null
        Object rebuild(Object source, @Nullable Object[] children) {
            return hasNull(children) ? Stream.of(children).toList() : List.of(children);
        }

        @Override
        int look(Object source, int budget) {
            List<?> list = (List<?>) source;
            int size = list.size();
            int left = size <= budget ? budget : -1;
            for (int i = 0; i < size && left >= 0; i++) {
                left = lookAt(list.get(i), left);
            }
            return left;
        }

        @Override
        String step(Object source, @Nullable Object[] children, int index) {
            return "List[" + index + "]";
        }
    }

    private static final class OfSet extends Shell {
        @Override
        @Nullable Object[] children(Object source) {
            return ((Set<?>) source).toArray();
        }

        @Override
        @SuppressWarnings("NullAway") // only a singleton holds null, and null does not change
        Object rebuild(Object source, @Nullable Object[] children) {
            return Set.of(children);
        }

        @Override
        boolean holds(Object rebuilt, @Nullable Object[] children) {
            return ((Set<?>) rebuilt).containsAll(Arrays.asList(children));
        }

        @Override
        int look(Object source, int budget) {
            return lookAtAll((Set<?>) source, budget);
        }

        @Override
        String step(Object source, @Nullable Object[] children, int index) {
            return "Set element";
        }
    }

    private static final class OfMap extends Shell {
        @Override
        @Nullable Object[] children(Object source) {
            List<@Nullable Object> children = new ArrayList<>();
            ((Map<?, ?>) source)
                    .forEach((key, value) -> {
                        children.add(key);
                        children.add(value);
                    });
            return children.toArray();
        }

        @Override
        @SuppressWarnings("NullAway") // only a singleton holds null, and that is made as such
        Object rebuild(Object source, @Nullable Object[] children) {
            if (hasNull(children)) {
                return Collections.singletonMap(children[0], children[1]);
            }
            Map.Entry<?, ?>[] entries = new Map.Entry<?, ?>[children.length / 2];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = Map.entry(children[2 * i], children[2 * i + 1]);
            }
            return Map.ofEntries(entries);
        }

        @Override
        boolean holds(Object rebuilt, @Nullable Object[] children) {
            boolean all = true;
            for (int i = 0; i < children.length; i += 2) {
                all &= ((Map<?, ?>) rebuilt).containsKey(children[i]);
            }
            return all;
        }

        @Override
        int look(Object source, int budget) {
            Map<?, ?> map = (Map<?, ?>) source;
            if (2 * map.size() > budget) {
                return -1;
            }
            int left = budget;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                left = lookAt(entry.getKey(), left);
                left = left < 0 ? -1 : lookAt(entry.getValue(), left);
                if (left < 0) {
                    return -1;
                }
            }
            return left;
        }

        @Override
        String step(Object source, @Nullable Object[] children, int index) {
            return index % 2 == 0 ? "Map key" : "Map[" + MapShape.key(children[index - 1]) + "]";
        }
    }

    private static final class Copies extends Shell {
        @Override
        @Nullable Object[] children(Object source) {
            List<?> copies = (List<?>) source;
            return copies.isEmpty() ? NO_CHILDREN : new @Nullable Object[] {copies.get(0)};
        }

        @Override
        @SuppressWarnings("NullAway") // null does not change
        Object rebuild(Object source, @Nullable Object[] children) {
            return Collections.nCopies(((List<?>) source).size(), children[0]);
        }

        @Override
        String step(Object source, @Nullable Object[] children, int index) {
            return "List[0]";
        }
    }

    private static boolean hasNull(@Nullable Object[] children) {
        return Arrays.asList(children).contains(null);
    }

    private static int lookAtAll(Collection<?> collection, int budget) {
        if (collection.size() > budget) {
            return -1;
        }
        int left = budget;
        for (Object element : collection) {
            left = Shape.lookAt(element, left);
            if (left < 0) {
                return -1;
            }
        }
        return left;
    }
}
