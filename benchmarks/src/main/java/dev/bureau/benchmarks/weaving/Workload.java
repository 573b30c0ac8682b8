package dev.bureau.benchmarks.weaving;

import java.util.function.IntToLongFunction;

/// What is measured: real work of libraries, and a few loops for orientation.
///
/// Each is a class whose objects do the work as often as they are told to, and return a number that depends on all
/// results.
public enum Workload {
    JSON("Jackson: read and write orders", Json.class, 6),
    REGEX("RE2/J: search and replace", Regex.class, 2),
    DATABASE("H2: inserts, joins, aggregates", Database.class, 1),
    SORT("fastutil: sort", Sort.class, 1),
    MAPS("fastutil: hash maps, trees, heap", Maps.class, 1),
    MARKDOWN("commonmark: parse and render", Markdown.class, 16),
    COMPRESSION("Commons Compress: bzip2", Compression.class, 1),
    FIB("loop: fib, recursive", Loops.Fib.class, 1),
    LCG("loop: linear congruence", Loops.Congruence.class, 1),
    SUM("loop: array sum", Loops.ArraySum.class, 1),
    NBODY("loop: n-body", Loops.Bodies.class, 1);

    private final String title;
    private final Class<? extends IntToLongFunction> work;
    private final int times;

    Workload(String title, Class<? extends IntToLongFunction> work, int times) {
        this.title = title;
        this.work = work;
        this.times = times;
    }

    /// What a table calls it.
    public String title() {
        return title;
    }

    /// How often it is done in a round of some ten milliseconds.
    int times() {
        return times;
    }

    /// An object that does it, of the loader's own class.
    IntToLongFunction in(WorkloadLoader loader) throws ReflectiveOperationException {
        return loader.loadClass(work.getName())
                .asSubclass(IntToLongFunction.class)
                .getDeclaredConstructor()
                .newInstance();
    }
}
