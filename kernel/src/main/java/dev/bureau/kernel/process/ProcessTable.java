package dev.bureau.kernel.process;

import dev.bureau.kernel.SystemLimit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// All processes of a node. It is what keeps a waiting process alive that nobody refers to.
///
/*
 * After the BEAM's process table: numbers are counted up, and number n wants slot n modulo the size in use; where the
 * slot is taken the number is skipped. The size doubles when half of it is used. Slots lie in blocks that are made on
 * demand and never move, so growing copies nothing and readers need no lock; a process keeps its slot for life. To find
 * a number all sizes that have been in use are tried: rare, and at most twenty.
 */
final class ProcessTable {
    private static final int BLOCK_BITS = 10;
    private static final int BLOCK = 1 << BLOCK_BITS;
    private static final int SMALLEST = 1 << 12;

    private final int limit;
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable LocalProcess>>
            blocks;
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private volatile int size = SMALLEST;

    ProcessTable(int limit) {
        this.limit = limit;
        int most = SMALLEST;
        while (most / 2 < limit && most < 1 << 30) {
            most *= 2;
        }
        this.blocks = new AtomicReferenceArray<>(most >>> BLOCK_BITS);
    }

    /// Gives the process its number and slot.
    void insert(LocalProcess process) {
        int now = count.incrementAndGet();
        if (now > limit) {
            count.decrementAndGet();
            throw new SystemLimit(limit);
        }
        if (now > size / 2) {
            grow();
        }
        while (true) {
            long number = lastNumber.incrementAndGet();
            int slot = (int) (number & (size - 1));
            AtomicReferenceArray<@Nullable LocalProcess> block = block(slot);
            if (block.getPlain(slot & (BLOCK - 1)) == null) {
                process.identify(number, slot);
                if (block.compareAndSet(slot & (BLOCK - 1), null, process)) {
                    return;
                }
            }
            skipped.incrementAndGet();
        }
    }

    private synchronized void grow() {
        if (count.get() > size / 2 && size >>> BLOCK_BITS < blocks.length()) {
            size *= 2;
        }
    }

    private AtomicReferenceArray<@Nullable LocalProcess> block(int slot) {
        int index = slot >>> BLOCK_BITS;
        AtomicReferenceArray<@Nullable LocalProcess> block = blocks.get(index);
        if (block == null) {
            AtomicReferenceArray<@Nullable LocalProcess> fresh = new AtomicReferenceArray<>(BLOCK);
            block = blocks.compareAndExchange(index, null, fresh);
            if (block == null) {
                return fresh;
            }
        }
        return block;
    }

    void remove(LocalProcess process) {
        if (block(process.slot).compareAndSet(process.slot & (BLOCK - 1), process, null)) {
            count.decrementAndGet();
        }
    }

    /// The process of that number, if it is alive.
    @Nullable LocalProcess find(long number) {
        for (int tried = size; tried >= SMALLEST; tried /= 2) {
            int slot = (int) (number & (tried - 1));
            AtomicReferenceArray<@Nullable LocalProcess> block = blocks.get(slot >>> BLOCK_BITS);
            LocalProcess process = block == null ? null : block.get(slot & (BLOCK - 1));
            if (process != null && process.pid().number() == number) {
                return process;
            }
        }
        return null;
    }

    int count() {
        return count.get();
    }

    /// How many there have been, those included that are alive.
    long inserted() {
        return lastNumber.get() - skipped.get();
    }

    /// Every process that is alive from here to the end of the iteration, and some of the others; nobody is stopped for
    /// it. One thread at a time.
    Iterator<LocalProcess> iterator() {
        return new Walk();
    }

    private final class Walk implements Iterator<LocalProcess> {
        private int slot;
        private @Nullable LocalProcess next;

        @Override
        public boolean hasNext() {
            // Looked up anew: one who waits in a slot of a larger size counts from when the table
            // has grown.
            while (next == null && slot < size) {
                AtomicReferenceArray<@Nullable LocalProcess> block =
                        blocks.get(slot >>> BLOCK_BITS);
                if (block == null) {
                    slot = (slot | (BLOCK - 1)) + 1;
                } else {
                    next = block.get(slot++ & (BLOCK - 1));
                }
            }
            return next != null;
        }

        @Override
        public LocalProcess next() {
            if (!hasNext()) {
                throw new NoSuchElementException("there are no more processes");
            }
            LocalProcess found = Objects.requireNonNull(next);
            next = null;
            return found;
        }
    }
}
