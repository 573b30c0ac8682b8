package dev.bureau.scheduler;

import java.time.Duration;

/// Monotonic time and timers.
public abstract class Clock {
    protected Clock() {}

    /// Twice this still fits into the scale of [#now()]: 146 years.
    private static final long FARTHEST = Long.MAX_VALUE / 2;

    /// Monotonic nanoseconds from an arbitrary origin; wall-clock changes have no effect.
    public abstract long now();

    /// The time on that scale at which `delay` will be over. Longer ones than 146 years count as 146 years.
    public final long after(Duration delay) {
        return now() + (delay.toSeconds() < FARTHEST / 1_000_000_000 ? delay.toNanos() : FARTHEST);
    }

    /// Lets `timer` fire at the first millisecond not before `deadline`, a time on the scale of [#now()].
    public abstract void schedule(Timer timer, long deadline);

    /// Lets `timer` fire when `delay` milliseconds have passed since the clock has next looked at its timers: some milliseconds late.
    /// Unlike a deadline it costs no look at the time. `delay` is more than 0.
    public abstract void delay(Timer timer, int delay);

    /// The same for a timer that the caller has cancelled. False, and nothing has happened, if the clock has let go of it since.
    public abstract boolean delayAgain(Timer timer, int delay);
}
