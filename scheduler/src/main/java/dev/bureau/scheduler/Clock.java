package dev.bureau.scheduler;

/// Monotonic time and timers.
public abstract class Clock {
    protected Clock() {}

    /// Monotonic nanoseconds from an arbitrary origin; wall-clock changes have no effect.
    public abstract long now();

    /// Lets `timer` fire at the first millisecond not before `deadline`, a time on the scale of [#now()].
    public abstract void schedule(Timer timer, long deadline);
}
