package dev.bureau.kernel.isolation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The comparator of a sorted collection or map: its first child, shared with the copy and hence not to change.
final class Sorting {
    static final String MUST_STAY = "the comparator of a sorted collection is not copied";

    private Sorting() {}

    @SuppressWarnings("unchecked") // never handed anything but what comes from the collection
    static @Nullable Comparator<Object> of(Object sorted) {
        return (Comparator<Object>)
                switch (sorted) {
                    case SortedSet<?> set -> set.comparator();
                    case SortedMap<?, ?> map -> map.comparator();
                    case PriorityQueue<?> queue -> queue.comparator();
                    case PriorityBlockingQueue<?> queue -> queue.comparator();
                    default -> null;
                };
    }
}
