package dev.bureau.benchmarks.weaving;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrays;
import it.unimi.dsi.fastutil.objects.ObjectArrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToLongFunction;

/// Quick, merge and radix sort of 50 000 numbers, and of 20 000 records by two of their fields.
public final class Sort implements IntToLongFunction {
    private static final Comparator<Point> ORDER =
            Comparator.comparingInt(Point::x).thenComparingInt(Point::y);

    private final int[] ints = new Random(5).ints(50_000).toArray();
    private final long[] longs = new Random(6).longs(50_000).toArray();
    private final Point[] points = points();

    record Point(int x, int y) {}

    @Override
    public long applyAsLong(int times) {
        long result = 0;
        for (int i = 0; i < times; i++) result += once();
        return result;
    }

    private long once() {
        int[] quick = ints.clone();
        IntArrays.quickSort(quick);
        int[] descending = ints.clone();
        IntArrays.mergeSort(descending, (a, b) -> Integer.compare(b, a));
        long[] radix = longs.clone();
        LongArrays.radixSort(radix);
        Point[] objects = points.clone();
        ObjectArrays.mergeSort(objects, ORDER);
        Point[] unstable = points.clone();
        ObjectArrays.quickSort(unstable, ORDER);
        return quick[1_000]
                + descending[1_000]
                + radix[1_000]
                + objects[1_000].y
                + unstable[1_000].y;
    }

    private static Point[] points() {
        Random random = new Random(7);
        Point[] points = new Point[20_000];
        for (int i = 0; i < points.length; i++) {
            points[i] = new Point(random.nextInt(500), random.nextInt());
        }
        return points;
    }
}
