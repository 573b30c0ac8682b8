package dev.bureau.benchmarks.contest;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/// The heap of this JVM.
public final class Heap {
    private static final int COLLECTIONS = 3;

    private Heap() {}

    /// How many bytes of it are used by what is reachable: what full collections have left.
    ///
    /// Asked for at this moment, the heap would also count the pieces that threads have reserved for themselves since, of
    /// twenty megabytes each.
    public static long used() {
        for (int i = 0; i < COLLECTIONS; i++) System.gc();
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            if (left != null) used += left.getUsed();
        }
        return used;
    }
}
