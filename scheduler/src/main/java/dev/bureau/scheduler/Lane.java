package dev.bureau.scheduler;

import org.jspecify.annotations.Nullable;

/// The work of one core, for the carrier on duty.
final class Lane {
    final RunQueue queue = new RunQueue();

    /// The background has not had its share of this lane.
    private volatile boolean backgroundDue;

    /// Watchdog: ticks since the lane last ran background work.
    int ticksWithoutBackground;

    /// Watchdog: for how long its carrier has had something to run, sampled at each tick; read by others, for display.
    long busyNanos;

    /// The carrier on duty; changed by the watchdog only.
    volatile @Nullable Carrier carrier;

    void backgroundDue() {
        backgroundDue = true;
    }

    boolean isBackgroundDue() {
        return backgroundDue;
    }

    boolean takeBackgroundDue() {
        if (!backgroundDue) {
            return false;
        }
        backgroundDue = false;
        return true;
    }
}
