package dev.bureau.kernel.process;

import dev.bureau.scheduler.Timer;

/// The time limit of a `receive`: wakes the owner if it still waits.
final class WaitTimer extends Timer {
    private final SignalQueue owner;

    WaitTimer(SignalQueue owner) {
        this.owner = owner;
    }

    @Override
    protected void fire() {
        // The state was moved to fired before: an owner about to wait sees that, one that waits is
        // woken here.
        owner.wakeIfWaiting();
    }
}
