package dev.bureau.kernel.isolation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The collections of `java.util` that stand for another one: sub-lists, key sets, reversed and unmodifiable views,
/// synchronized and checked wrappers.
///
/// Their content is copied into a collection of its own with the same interface and the same order. What refuses to be
/// modified gets a copy that does so too; what is synchronized or checked does not need to be, in one process.
final class JdkViews {
    private JdkViews() {}

    static @Nullable Shape shapeOf(Class<?> type) {
        if (!type.getPackageName().equals("java.util")
                && !type.getPackageName().equals("java.util.concurrent")) {
            return null;
        }
        if (Map.class.isAssignableFrom(type)) {
            return (SortedMap.class.isAssignableFrom(type)
                            ? MapShape.sorted(JdkViews::emptyMap)
                            : MapShape.byEquality(JdkViews::emptyMap))
                    .behind(JdkViews::face);
        }
        if (!Collection.class.isAssignableFrom(type)) {
            return null;
        }
        if (type.getName().equals("java.util.Collections$AsLIFOQueue")) {
            return CollectionShape.inOrder(_ -> new ArrayDeque<>())
                    .behind((_, fresh) -> Collections.asLifoQueue((Deque<Object>) fresh));
        }
        CollectionShape shape;
        if (SortedSet.class.isAssignableFrom(type)) {
            shape = CollectionShape.sorted(JdkViews::emptyCollection);
        } else if (Set.class.isAssignableFrom(type)) {
            shape = CollectionShape.byEquality(JdkViews::emptyCollection);
        } else {
            shape = CollectionShape.inOrder(JdkViews::emptyCollection);
        }
        return shape.behind(JdkViews::face);
    }

    private static Map<Object, Object> emptyMap(Map<Object, Object> source) {
        return switch (source) {
            case ConcurrentNavigableMap<Object, Object> _ ->
                    new ConcurrentSkipListMap<>(Sorting.of(source));
            case SortedMap<Object, Object> _ -> new TreeMap<>(Sorting.of(source));
            case ConcurrentMap<Object, Object> _ -> new ConcurrentHashMap<>();
            default -> new LinkedHashMap<>();
        };
    }

    @SuppressWarnings("JdkObsolete") // a LinkedList reversed is a LinkedList
    private static Collection<Object> emptyCollection(Collection<Object> source) {
        return switch (source) {
            case SortedSet<Object> _ -> new TreeSet<>(Sorting.of(source));
            case Set<Object> _ -> new LinkedHashSet<>();
            case LinkedList<Object> _ -> new LinkedList<>();
            case Queue<Object> _ -> new ArrayDeque<>();
            default -> new ArrayList<>();
        };
    }

    private static Object face(Map<Object, Object> source, Map<Object, Object> fresh) {
        if (isModifiable(source.keySet())) {
            return fresh;
        }
        return fresh instanceof NavigableMap<Object, Object> sorted
                ? Collections.unmodifiableNavigableMap(sorted)
                : fresh instanceof LinkedHashMap<Object, Object> ordered
                        ? Collections.unmodifiableSequencedMap(ordered)
                        : Collections.unmodifiableMap(fresh);
    }

    private static Object face(Collection<Object> source, Collection<Object> fresh) {
        if (isModifiable(source)) {
            return fresh;
        }
        return switch (fresh) {
            case NavigableSet<Object> sorted -> Collections.unmodifiableNavigableSet(sorted);
            case LinkedHashSet<Object> set -> Collections.unmodifiableSequencedSet(set);
            case List<Object> list when source instanceof List ->
                    Collections.unmodifiableList(list);
            default -> Collections.unmodifiableCollection(fresh);
        };
    }

    /// Asks by offering to remove nothing: what is unmodifiable says so, and nothing is modified.
    private static boolean isModifiable(Collection<?> collection) {
        try {
            var _ = collection.removeIf(_ -> false);
            return true;
        } catch (UnsupportedOperationException _) {
            return false;
        }
    }
}
