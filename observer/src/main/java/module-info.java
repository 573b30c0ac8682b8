import org.jspecify.annotations.NullMarked;

/// What a running node does, read without stopping it: processes, trees, tables, schedulers, crashes.
@NullMarked
module dev.bureau.observer {
    requires transitive dev.bureau.kernel;
    requires transitive dev.bureau.otp;
    requires dev.bureau.scheduler;
    requires transitive dev.bureau.telemetry;
    requires java.instrument;
    requires jdk.jfr;
    requires static jdk.attach; // by a program of its own
    requires static transitive org.jspecify;

    exports dev.bureau.observer;
    exports dev.bureau.observer.events;
    exports dev.bureau.observer.probe;
    exports dev.bureau.observer.trace;
}
