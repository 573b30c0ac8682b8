package dev.bureau.benchmarks;

import dev.bureau.kernel.isolation.Isolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to pass a message, by the kind of message; `nothing` is the floor.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class IsolationBenchmark {
    record Point(String name, int x, int y) {}

    record Tagged(String name, List<String> tags) {}

    record Any(Object value, Object rest) {}

    @SuppressWarnings("ArrayRecordComponent") // to have it copied
    record Loaded(String name, int[] load) {}

    // fields that are not final, so that nothing is folded into a constant
    private Object point = new Point("p", 1, 2);
    private Object tagged = new Tagged("t", List.of("a", "b", "c"));
    private Object any = new Any(new Point("p", 1, 2), Map.of("a", 1));
    private Object loaded = new Loaded("l", new int[16]);
    private Object list = list(100);
    private Object arrayOfBytes = new byte[1024];
    private Object lambda = lambda("a", 1);
    private final Object[] mixed = {
        "a", 1, new Point("p", 1, 2), point, 'c', 2L, Mode.AverageTime, 1.5
    };
    private int next;

    private static List<Object> list(int size) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add("element " + i);
        }
        return list;
    }

    private static Supplier<String> lambda(String text, int number) {
        return () -> text + number;
    }

    @Benchmark
    public Object nothing() {
        return point;
    }

    @Benchmark
    public @Nullable Object recordOfImmutables() {
        return Isolation.pass(point);
    }

    @Benchmark
    public Object nothingMixed() {
        return mixed[next++ & 7];
    }

    @Benchmark
    public @Nullable Object immutablesOfSevenClasses() {
        return Isolation.pass(mixed[next++ & 7]);
    }

    @Benchmark
    public @Nullable Object lambdaOverImmutables() {
        return Isolation.pass(lambda);
    }

    @Benchmark
    public @Nullable Object recordWithListOf() {
        return Isolation.pass(tagged);
    }

    @Benchmark
    public @Nullable Object recordOfObjects() {
        return Isolation.pass(any);
    }

    @Benchmark
    public @Nullable Object recordWithArray() {
        return Isolation.pass(loaded);
    }

    @Benchmark
    public @Nullable Object arrayListOf100() {
        return Isolation.pass(list);
    }

    @Benchmark
    public @Nullable Object arrayOf1024Bytes() {
        return Isolation.pass(arrayOfBytes);
    }
}
