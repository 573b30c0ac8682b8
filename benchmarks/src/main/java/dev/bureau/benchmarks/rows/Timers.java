package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.cancelTimer;
import static dev.bureau.kernel.Bureau.ofMinutes;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.sendAfter;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import java.time.Duration;

/// Sets timers, none of which fires, and then cancels all.
record Timers(int timers) implements Round {
    private record Late() {}

    private static final Late LATE = new Late();

    @Override
    public double run() {
        Pid me = self();
        Duration time = ofMinutes(1);
        Ref[] all = new Ref[timers];
        long start = System.nanoTime();
        for (int i = 0; i < timers; i++) all[i] = sendAfter(me, LATE, time);
        int cancelled = 0;
        for (Ref timer : all) if (cancelTimer(timer).isPresent()) cancelled++;
        double each = Round.nanosEach(start, timers);
        Round.expect("timers that had not fired", timers, cancelled);
        return each;
    }
}
