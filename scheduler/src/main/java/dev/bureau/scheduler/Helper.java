package dev.bureau.scheduler;

import org.jspecify.annotations.Nullable;

/// One step of a virtual thread that code inside a process has created.
///
/// A virtual thread made inside another inherits its scheduler, so such a thread (an executor of a library, a fork of a
/// structured scope) hands its steps to the fiber that made it. It is not that process and has none of its rights: it
/// runs on the same carriers, at normal priority, and is a guest when it calls Bureau.
final class Helper extends Schedulable {
    private final Runnable step;

    Helper(Runnable step) {
        this.step = step;
    }

    @Override
    void runOn(@Nullable Carrier carrier) {
        Carrier.runStepOn(carrier, step);
    }

    @Override
    int rank() {
        return Rank.NORMAL;
    }

    @Override
    boolean isUrged() {
        return false;
    }

    @Override
    boolean isStillUrged() {
        return false;
    }

    @Override
    Priority priority() {
        return Priority.NORMAL;
    }
}
