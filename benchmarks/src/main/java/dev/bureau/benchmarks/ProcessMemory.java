package dev.bureau.benchmarks;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Node;
import java.util.concurrent.atomic.AtomicInteger;

/// What a waiting process costs: growth of the heap after a full collection, divided by the number of processes; with
/// the time it took until all of them waited.
///
/// `java ... dev.bureau.benchmarks.ProcessMemory [processes]`
public final class ProcessMemory {
    private static final AtomicInteger STARTED = new AtomicInteger();

    private ProcessMemory() {}

    public static void main(String[] args) throws InterruptedException {
        int processes = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        try (Node node = Node.start()) {
            long before = usedAfterCollection();
            long start = System.nanoTime();
            for (int i = 0; i < processes; i++) {
                node.spawn(() -> {
                    STARTED.incrementAndGet();
                    Bureau.receive();
                });
            }
            while (STARTED.get() < processes) {
                Thread.onSpinWait();
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            long used = usedAfterCollection() - before;
            System.out.printf(
                    "%d processes started in %d ms, %d bytes each, %d MB in all%n",
                    processes, millis, used / processes, used >> 20);
        }
    }

    private static long usedAfterCollection() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
