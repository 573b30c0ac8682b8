package dev.bureau.scheduler.woven;

import dev.bureau.scheduler.Fiber;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The place in a loop at which a process lets others run, or is stopped. Called by woven code, and by nobody else.
///
/// Such a call stands at the back of nearly every loop, so it costs one read of one number that the whole JVM shares: how
/// many carriers have been asked to let another process run and have not done so yet. That is none, but for a few
/// microseconds now and then. Nothing is counted.
public final class YieldPoint {
    private static final VarHandle REQUESTS;

    static {
        try {
            REQUESTS =
                    MethodHandles.lookup()
                            .findStaticVarHandle(YieldPoint.class, "requests", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static volatile int requests;

    private YieldPoint() {}

    /// Returns at once unless some process is to give way or to end; if it is this one, does so.
    public static void poll() {
        if (requests != 0) {
            Fiber.reachYieldPoint();
        }
    }

    /// Makes polls look closer, until [#lower()].
    public static void raise() {
        REQUESTS.getAndAdd(1);
    }

    /// Takes back one [#raise()].
    public static void lower() {
        REQUESTS.getAndAdd(-1);
    }
}
