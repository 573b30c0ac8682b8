package dev.bureau.kernel.process;

import dev.bureau.scheduler.Clock;
import dev.bureau.scheduler.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The time limit of a `receive`: wakes the owner if it still waits.
///
/// Who calls again and again within a millisecond does so with one timer: the clock has not yet looked at it, and it is set again
/// where it lies.
///
/*
 * LocalProcess.waitTimer names the one of the innermost wait, or one that the owner has stopped and may set again. The owner writes
 * it, but for the clock, which takes away one that it has let go of: a process that waits for nothing keeps none.
 */
final class WaitTimer extends Timer {
    /// From here on it does not matter if a wait is some milliseconds too long.
    private static final Duration LONG = Duration.ofMillis(100);

    /// An int of milliseconds.
    private static final Duration TOO_LONG = Duration.ofMillis(Integer.MAX_VALUE);

    private final LocalProcess owner;

    /// Of a wait around this one: a guard of it receives.
    private final @Nullable WaitTimer outer;

    WaitTimer(LocalProcess owner, @Nullable WaitTimer outer) {
        this.owner = owner;
        this.outer = outer;
    }

    /// Owner: begins to count. Null when the limit is zero: there is nothing to wait for.
    static @Nullable WaitTimer start(LocalProcess self, Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException(
                    "expected a time limit of zero or more, got: " + limit);
        }
        if (limit.isZero()) {
            return null;
        }
        Clock clock = self.node().clock();
        WaitTimer before = self.waitTimer;
        boolean isLong = limit.compareTo(LONG) >= 0 && limit.compareTo(TOO_LONG) < 0;
        if (isLong && before != null && clock.delayAgain(before, millis(limit))) {
            return before;
        }
        boolean nested = before != null && before.isPending();
        WaitTimer timer = new WaitTimer(self, nested ? before : null);
        self.waitTimer = timer;
        if (isLong) {
            clock.delay(timer, millis(limit));
        } else {
            clock.schedule(timer, clock.after(limit));
        }
        return timer;
    }

    private static int millis(Duration limit) {
        // Rounded up: it never ends early.
        return (int) (limit.getSeconds() * 1_000 + Math.ceilDiv(limit.getNano(), 1_000_000));
    }

    /// Owner: it no longer waits.
    void stop(LocalProcess self) {
        boolean mayBeSetAgain = cancel();
        if (outer != null || !mayBeSetAgain) {
            self.waitTimer = outer;
        }
    }

    @Override
    protected void fire() {
        // The state was moved to fired before: an owner about to wait sees that, one that waits is
        // woken here.
        owner.wakeIfWaiting();
    }

    @Override
    protected void dropped() {
        owner.forget(this);
    }
}
