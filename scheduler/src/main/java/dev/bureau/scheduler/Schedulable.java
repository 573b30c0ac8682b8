package dev.bureau.scheduler;

import org.jspecify.annotations.Nullable;

/// What a run queue holds: a [Fiber], or one step of a [Helper] thread.
public abstract sealed class Schedulable permits Fiber, Helper {
    /// Runs until it parks, yields or ends. Called on a carrier; null where there are none.
    abstract void runOn(@Nullable Carrier carrier);

    /// Who it goes before, see [Rank].
    abstract int rank();

    /// Whether it has to stop at its next yield point.
    abstract boolean isUrged();

    /// Whether there is still a reason for that: it may have passed no yield point since.
    abstract boolean isStillUrged();

    /// The class of service it waits in.
    abstract Priority priority();

    /// Runs until it parks, yields or ends, on the calling platform thread: for a scheduler without carriers.
    public final void step() {
        runOn(null);
    }
}
