package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.ofSeconds;
import static dev.bureau.kernel.Bureau.priority;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import java.time.Duration;
import java.util.Arrays;

/// A process that sleeps ten milliseconds, again and again, beside endless loops: how late it wakes.
record Fairness(int loops) implements Round {
    private static final Duration PERIOD = ofMillis(10);
    private static final int TICKS = 300;
    private static final long LONGEST = ofSeconds(6).toNanos();

    @Override
    public double run() {
        // who starts and ends them would have to wait behind them, on any system
        priority(Priority.HIGH);
        Pid[] all = new Pid[loops];
        for (int i = 0; i < loops; i++) all[i] = spawn(Fairness::burn);
        sleep(ofMillis(500));
        priority(Priority.NORMAL);
        double late = p99(ticks());
        priority(Priority.HIGH);
        for (Pid pid : all) exit(pid, KILL);
        return late;
    }

    /// How late each was, in nanoseconds: some seconds of them at most, for who is late in all.
    private static long[] ticks() {
        long[] late = new long[TICKS];
        int count = 0;
        long begun = System.nanoTime();
        for (long before = begun; count < TICKS && before - begun < LONGEST; ) {
            sleep(PERIOD);
            long now = System.nanoTime();
            late[count++] = now - before - PERIOD.toNanos();
            before = now;
        }
        return Arrays.copyOf(late, count);
    }

    /// In microseconds.
    static double p99(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[(int) Math.ceil(nanos.length * 0.99) - 1] / 1_000.0;
    }

    private static void burn() {
        int x = 1;
        while (true) x = (x * 31 + 7) % 1_000_003;
    }
}
