package dev.bureau.benchmarks.savina;

import dev.bureau.benchmarks.contest.Round;

/// Which benchmark has which name. Each takes the time of all of it, in milliseconds.
public final class Suite {
    private Suite() {}

    /// The benchmark of a row.
    public static Round row(String name, int size) {
        return switch (name) {
            case "savina_count" -> new Count(size);
            case "savina_fjthrput" -> new Throughput(size);
            case "savina_fjcreate" -> new Create(size);
            case "savina_threadring" -> new ThreadRing(size);
            case "savina_chameneos" -> new Chameneos(size);
            case "savina_big" -> new Big(size);
            case "savina_concdict" -> new Dictionary(size);
            case "savina_bndbuffer" -> new BoundedBuffer(size);
            case "savina_philosopher" -> new Philosophers(size);
            case "savina_barber" -> new Barber(size);
            case "savina_logmap" -> new LogisticMap(size);
            case "savina_banking" -> new Banking(size);
            case "savina_uct" -> new CobwebbedTree(size);
            case "savina_fib" -> new Fibonacci(size);
            default -> throw new IllegalArgumentException("expected a row, got: " + name);
        };
    }

    static double millisSince(long start) {
        return Round.nanosEach(start, 1_000_000);
    }

    /// A number of Fibonacci, without processes.
    public static int fibonacci(int n) {
        int before = 0;
        int number = 1;
        for (int i = 1; i < n; i++) {
            int next = before + number;
            before = number;
            number = next;
        }
        return number;
    }
}
