package dev.bureau.kernel.process;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set that costs next to nothing while it has at most one element, which is what most processes need.
///
/// Guarded by the reception lock of the process it belongs to.
final class SmallSet<E> implements Iterable<E> {
    private @Nullable E only;
    private @Nullable LinkedHashSet<E> many;

    /// False when it was there already.
    boolean add(E element) {
        if (many != null) {
            return many.add(element);
        }
        if (only == null) {
            only = element;
            return true;
        }
        if (only.equals(element)) {
            return false;
        }
        many = new LinkedHashSet<>();
        many.add(only);
        many.add(element);
        only = null;
        return true;
    }

    /// False when it was not there.
    boolean remove(E element) {
        if (many != null) {
            boolean removed = many.remove(element);
            if (many.isEmpty()) {
                many = null;
            }
            return removed;
        }
        if (only != null && only.equals(element)) {
            only = null;
            return true;
        }
        return false;
    }

    boolean contains(E element) {
        return many != null ? many.contains(element) : only != null && only.equals(element);
    }

    boolean isEmpty() {
        return only == null && many == null;
    }

    @Override
    public Iterator<E> iterator() {
        return many != null ? many.iterator() : toList().iterator();
    }

    List<E> toList() {
        if (many != null) {
            return List.copyOf(many);
        }
        return only == null ? List.of() : List.of(only);
    }
}
