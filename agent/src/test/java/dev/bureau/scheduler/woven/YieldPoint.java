package dev.bureau.scheduler.woven;

import java.util.concurrent.atomic.AtomicInteger;

/// Stands in for the scheduler's: ends a program that polls for the hundredth time.
public final class YieldPoint {
    private static final AtomicInteger POLLS = new AtomicInteger();

    private YieldPoint() {}

    public static void poll() {
        if (POLLS.incrementAndGet() < 100) return;
        System.out.println("polled");
        System.exit(0);
    }
}
