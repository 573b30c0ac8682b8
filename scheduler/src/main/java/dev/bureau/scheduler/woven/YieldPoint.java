package dev.bureau.scheduler.woven;

/// The place in a loop at which a process lets others run, or is stopped. Called by woven code only.
///
/// Such a call stands at the back of every loop, so it is one read of one flag that all processes share; the flag is up
/// for the few microseconds between a request and the answer of the one it is meant for.
public final class YieldPoint {
    private static volatile int requests;

    private YieldPoint() {}

    /// Returns at once unless somebody is to give way.
    public static void poll() {
        if (requests != 0) {
            Thread.onSpinWait();
        }
    }
}
