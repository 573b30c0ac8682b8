import org.jspecify.annotations.NullMarked;

/// Processes, and what they do to each other: messages, links, monitors, exits, names, timers.
@NullMarked
module dev.bureau.kernel {
    requires dev.bureau.scheduler;
    requires static transitive org.jspecify;

    exports dev.bureau.kernel;
    exports dev.bureau.kernel.isolation to
            dev.bureau.benchmarks,
            dev.bureau.observer,
            dev.bureau.otp,
            dev.bureau.shell,
            dev.bureau.testkit;
    exports dev.bureau.kernel.process to
            dev.bureau.micrometer,
            dev.bureau.observer,
            dev.bureau.opentelemetry,
            dev.bureau.telemetry,
            dev.bureau.otp,
            dev.bureau.shell,
            dev.bureau.testkit;
}
