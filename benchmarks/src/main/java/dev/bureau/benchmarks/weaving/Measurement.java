package dev.bureau.benchmarks.weaving;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.NORMAL;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawnLink;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// Main program of a JVM that measures one workload: a process of a node with one scheduler does it.
///
/// `java ... dev.bureau.benchmarks.weaving.Measurement WORKLOAD WEAVING COMPANY`
///
/// Warms up, until the time of a round no longer falls, and prints what the work returns. Then prints for each line it
/// reads how many milliseconds a round takes.
///
/// With company, a process that wakes every other millisecond is on the same scheduler during a first warm-up: so polls
/// have been seen to do something by then, as they have in a program that has been up for a while.
public final class Measurement {
    private static final int WINDOW = 20;
    private static final long LEAST_WARM_UP = 4_000_000_000L;
    private static final long MOST_WARM_UP = 20_000_000_000L;
    private static final double STEADY = 0.03;
    private static final int ROUNDS_IN_TURN = 9;

    // One process after another has it, by way of a static field: it is nothing to send.
    private static @Nullable Measurement current;

    private final IntToLongFunction work;
    private final int times;
    private final long expected;

    private Measurement(IntToLongFunction work, int times) {
        this.work = work;
        this.times = times;
        this.expected = work.applyAsLong(times);
    }

    public static void main(String[] args) throws IOException {
        Workload workload = Workload.valueOf(args[0]);
        Weaving weaving = Weaving.valueOf(args[1]);
        boolean company = Boolean.parseBoolean(args[2]);
        try (Node node = Node.start(Node.options().schedulers(1));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            run(node, () -> prepare(workload, weaving));
            if (company) run(node, Measurement::warmUpInCompany);
            run(node, () -> current().warmUp());
            run(node, () -> System.out.println(current().expected));
            System.gc();
            while (lines.readLine() != null) {
                run(node, () -> System.out.println(median(current().rounds(ROUNDS_IN_TURN))));
            }
        }
    }

    private static void run(Node node, Body body) {
        ExitReason reason = node.run(body);
        if (!reason.equals(NORMAL)) throw new IllegalStateException(ExitReason.format(reason));
    }

    private static void prepare(Workload workload, Weaving weaving)
            throws ReflectiveOperationException {
        WorkloadLoader loader = new WorkloadLoader(weaving);
        Thread.currentThread().setContextClassLoader(loader);
        current = new Measurement(workload.in(loader), workload.times());
    }

    private static void warmUpInCompany() {
        Pid other = spawnLink(Measurement::wakeAndSleep);
        current().warmUp();
        exit(other, KILL);
    }

    private static void wakeAndSleep() {
        while (true) sleep(ofMillis(2));
    }

    private static Measurement current() {
        return Objects.requireNonNull(current);
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

    private double[] rounds(int count) {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            long outcome = work.applyAsLong(times);
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (outcome != expected) throw new IllegalStateException("outcome changed");
        }
        return millis;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
