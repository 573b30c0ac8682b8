package dev.bureau.benchmarks.contest;

/// The heap of this JVM.
public final class Heap {
    private static final int COLLECTIONS = 3;

    private Heap() {}

    /// How many bytes of it are used by what is reachable: what is left after full collections.
    public static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
