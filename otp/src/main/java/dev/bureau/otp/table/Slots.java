package dev.bureau.otp.table;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A numbered place for each cell, kept as long as the cell lives: what lets a hash table be walked while others write.
///
/*
 * Numbers of cells that are gone are used again, the last one first; `free` is a stack of them. Its nodes are new for each
 * release, so that a node that is on top is the one that was read there.
 *
 * Blocks are made on demand, each twice as long as the one before, and never move: block b begins at number 16 * (2^b - 1).
 */
final class Slots<K> {
    private static final int FIRST_BITS = 4;
    private static final int FIRST = 1 << FIRST_BITS;
    private static final int BLOCKS = Integer.SIZE - 1 - FIRST_BITS;

    private record Free(int slot, @Nullable Free next) {}

    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell<K>>> blocks =
            new AtomicReferenceArray<>(BLOCKS);
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicReference<@Nullable Free> free = new AtomicReference<>();

    /// Gives a cell its slot.
    void take(Cell<K> cell) {
        cell.slot = number();
        int shifted = cell.slot + FIRST;
        block(shifted).set(offset(shifted), cell);
    }

    private int number() {
        Free top = free.get();
        while (top != null) {
            if (free.compareAndSet(top, top.next())) {
                return top.slot();
            }
            top = free.get();
        }
        int fresh = used.getAndIncrement();
        if (fresh < 0 || fresh > Integer.MAX_VALUE - FIRST) {
            used.set(Integer.MAX_VALUE);
            throw new IllegalStateException("a table holds at most 2^31 keys");
        }
        return fresh;
    }

    /// Takes a cell's slot back; once.
    void release(Cell<K> cell) {
        int shifted = cell.slot + FIRST;
        block(shifted).set(offset(shifted), null);
        Free top;
        do {
            top = free.get();
        } while (!free.compareAndSet(top, new Free(cell.slot, top)));
    }

    /// The first cell whose slot has that number or a higher one.
    @Nullable Cell<K> atOrAfter(int slot) {
        return between(slot, used.get());
    }

    private @Nullable Cell<K> between(int slot, int end) {
        for (int i = slot; i < end; i++) {
            int shifted = i + FIRST;
            AtomicReferenceArray<@Nullable Cell<K>> block = blocks.get(indexOf(shifted));
            Cell<K> cell = block == null ? null : block.get(offset(shifted));
            if (cell != null) {
                return cell;
            }
        }
        return null;
    }

    private AtomicReferenceArray<@Nullable Cell<K>> block(int shifted) {
        int index = indexOf(shifted);
        AtomicReferenceArray<@Nullable Cell<K>> block = blocks.get(index);
        if (block == null) {
            AtomicReferenceArray<@Nullable Cell<K>> made =
                    new AtomicReferenceArray<>(FIRST << index);
            block = blocks.compareAndExchange(index, null, made);
            return block == null ? made : block;
        }
        return block;
    }

    private static int indexOf(int shifted) {
        return Integer.SIZE - 1 - FIRST_BITS - Integer.numberOfLeadingZeros(shifted);
    }

    private static int offset(int shifted) {
        return shifted ^ Integer.highestOneBit(shifted);
    }

    /// The cells that have a slot now and as long as they keep it; some of those that come meanwhile. So it comes to an
    /// end however much is added.
    Iterator<Cell<K>> iterator() {
        int end = used.get();
        return new Iterator<>() {
            private @Nullable Cell<K> next = between(0, end);

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Cell<K> next() {
                Cell<K> cell = next;
                if (cell == null) {
                    throw new NoSuchElementException();
                }
                next = between(cell.slot + 1, end);
                return cell;
            }
        };
    }
}
