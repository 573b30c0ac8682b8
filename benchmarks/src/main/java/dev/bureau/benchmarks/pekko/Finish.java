package dev.bureau.benchmarks.pekko;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What the thread that measures waits for: so many actors that are done, each with a number, which are added up.
public final class Finish {
    private static final long LIMIT_SECONDS = 120;

    private final CountDownLatch open;
    private final AtomicLong sum = new AtomicLong();

    /// For so many.
    public Finish(int parts) {
        open = new CountDownLatch(parts);
    }

    /// One more is done.
    public void done(long part) {
        sum.addAndGet(part);
        open.countDown();
    }

    /// The sum, when all are done.
    ///
    /// @throws IllegalStateException if they are not within two minutes
    public long await() throws InterruptedException {
        if (!open.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "expected all to be done, and wait for " + open.getCount());
        }
        return sum.get();
    }
}
