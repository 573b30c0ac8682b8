package dev.bureau.otp.registry;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Items in the order in which they were added: read by any thread without a lock, changed by one thread at a time.
///
/*
 * Who changes it excludes the others, here by doing so inside `ConcurrentHashMap.compute` of the key it lies under.
 *
 * A link that is taken out keeps its `next`. So a reader that stands on it goes on: to what came behind it then, and from
 * there, by induction over the removals, to everything behind it that is still in. It sees each item that is in during
 * the whole walk, once and in order, and of the others some.
 */
final class Chain<T> {
    /// The place of one item. `item` is null once it has been taken out.
    static final class Link<T> {
        private volatile @Nullable T item;
        private volatile @Nullable Link<T> next;

        // Read and written by who changes the chain.
        private @Nullable Link<T> previous;

        private Link(T item) {
            this.item = item;
        }
    }

    private volatile @Nullable Link<T> first;

    // Written by who changes the chain.
    private @Nullable Link<T> last;
    private int size;

    /// Appends.
    Link<T> add(T item) {
        Link<T> link = new Link<>(item);
        Link<T> before = last;
        link.previous = before;
        if (before == null) {
            first = link;
        } else {
            before.next = link;
        }
        last = link;
        size++;
        return link;
    }

    /// Takes a link of this chain out, if it is in.
    void remove(Link<T> link) {
        if (link.item == null) {
            return;
        }
        link.item = null;
        Link<T> before = link.previous;
        Link<T> after = link.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        // Else each that is gone would keep the one before it in memory.
        link.previous = null;
        size--;
    }

    /// For who changes the chain; to others about how many there are.
    int size() {
        return size;
    }

    void forEach(Consumer<? super T> action) {
        forFirst(Integer.MAX_VALUE, action);
    }

    /// The same for `most` at most; how many there were.
    int forFirst(int most, Consumer<? super T> action) {
        int done = 0;
        for (Link<T> link = first; link != null && done < most; link = link.next) {
            T item = link.item;
            if (item != null) {
                action.accept(item);
                done++;
            }
        }
        return done;
    }
}
