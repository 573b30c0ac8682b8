package dev.bureau.kernel.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What is done about code that catches its end and goes on: `while (true) try { receive() } catch (Throwable t) {}`.
///
/*
 * Woven code is stopped by its yield points, which lie outside of all handlers. Of other code this is seen by how often an
 * operation has ended it. Then the others are told of its end as for any code that does not stop, and each further
 * operation takes its time before it throws, so that the loop costs next to nothing.
 */
final class Swallowing {
    /// A deep recursion whose finally blocks each send something comes to less.
    private static final int TOO_OFTEN = 1_000;

    private static final long SLOWED_DOWN_NANOS = Duration.ofMillis(20).toNanos();

    private Swallowing() {}

    /// Owner: another operation of it is about to throw, after the first.
    static void again(LocalProcess process) {
        if (process.has(Attention.ENDING)) {
            if (process.isUnstopped()) {
                LockSupport.parkNanos(SLOWED_DOWN_NANOS);
            }
            return;
        }
        Extras extras = process.extrasOfOwner();
        if (++extras.refused == TOO_OFTEN) {
            process.node().undertaker().bury(process);
        }
    }
}
