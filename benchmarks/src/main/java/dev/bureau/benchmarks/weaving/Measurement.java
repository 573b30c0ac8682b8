package dev.bureau.benchmarks.weaving;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.NORMAL;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawnLink;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/// Main program of a JVM that measures one workload: a process of a node with one scheduler does it until the time it
/// takes no longer falls, and is timed then. Prints one line, a [Result].
///
/// `java ... dev.bureau.benchmarks.weaving.Measurement WORKLOAD WEAVING COMPANY`
///
/// With company, a process that wakes every other millisecond runs on the same scheduler meanwhile, except in the end
/// when time is taken: so polls have been seen to do something by then, as they have in a program that has been up for
/// a while.
public final class Measurement {
    private static final int WINDOW = 10;
    private static final int TIMED = 30;
    private static final long LEAST_WARM_UP = 4_000_000_000L;
    private static final long MOST_WARM_UP = 20_000_000_000L;
    private static final double STEADY = 0.02;

    private final IntToLongFunction work;
    private final int times;
    private long sum;

    private Measurement(IntToLongFunction work, int times) {
        this.work = work;
        this.times = times;
    }

    public static void main(String[] args) {
        Workload workload = Workload.valueOf(args[0]);
        Weaving weaving = Weaving.valueOf(args[1]);
        boolean company = Boolean.parseBoolean(args[2]);
        ExitReason reason;
        try (Node node = Node.start(Node.options().schedulers(1))) {
            reason = node.run(() -> measure(workload, weaving, company));
        }
        if (!reason.equals(NORMAL)) {
            System.err.println(ExitReason.format(reason));
            System.exit(1);
        }
    }

    private static void measure(Workload workload, Weaving weaving, boolean company)
            throws ReflectiveOperationException {
        WorkloadLoader loader = new WorkloadLoader(weaving);
        Thread.currentThread().setContextClassLoader(loader);
        Measurement measurement = new Measurement(workload.in(loader), workload.times());
        if (company) {
            Pid other = spawnLink(Measurement::wakeAndSleep);
            measurement.warmUp();
            exit(other, KILL);
        }
        measurement.warmUp();
        System.out.println(measurement.take());
    }

    private static void wakeAndSleep() {
        while (true) sleep(ofMillis(2));
    }

    private void warmUp() {
        long start = System.nanoTime();
        double before = Double.MAX_VALUE;
        int steady = 0;
        while (true) {
            double now = median(rounds(WINDOW));
            steady = Math.abs(now / before - 1) < STEADY ? steady + 1 : 0;
            before = now;
            long spent = System.nanoTime() - start;
            if (spent > MOST_WARM_UP || (spent > LEAST_WARM_UP && steady >= 3)) return;
        }
    }

    private Result take() {
        long once = work.applyAsLong(1);
        System.gc();
        Machine machine = new Machine();
        double[] millis = new double[0];
        int discarded = 0;
        boolean quiet = machine.awaitQuiet();
        rounds(WINDOW);
        while (millis.length < TIMED) {
            machine.watch();
            double[] more = rounds(WINDOW);
            if (quiet && !machine.wasQuiet()) {
                discarded += WINDOW;
                quiet = machine.awaitQuiet();
                rounds(WINDOW);
                continue;
            }
            int known = millis.length;
            millis = Arrays.copyOf(millis, known + WINDOW);
            System.arraycopy(more, 0, millis, known, WINDOW);
        }
        double least = Arrays.stream(millis).min().orElseThrow();
        return new Result(median(millis), least, discarded, quiet, once);
    }

    private double[] rounds(int count) {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            sum += work.applyAsLong(times);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
