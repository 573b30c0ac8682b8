package dev.bureau.observer.probe;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// The agent that is loaded into a running JVM, to hand over the leave to change code. It uses nothing of Bureau, for another class loader than
/// Bureau's may have it.
public final class Handover {
    /// Where it is found, for a moment.
    static final String KEY = "dev.bureau.observer.probe.instrumentation";

    private Handover() {}

    /// Called by the JVM.
    public static void agentmain(@Nullable String settings, Instrumentation jvm) {
        System.getProperties().put(KEY, jvm);
    }
}
