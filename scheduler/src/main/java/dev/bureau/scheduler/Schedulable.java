package dev.bureau.scheduler;

/// What a run queue holds: a [Fiber], or one step of a [Helper] thread.
abstract sealed class Schedulable permits Fiber, Helper {
    /// Runs until it parks, yields or ends. Called on a carrier.
    abstract void runOn(Carrier carrier);

    /// The class of service it waits in.
    abstract Priority priority();
}
