import org.jspecify.annotations.NullMarked;

/// What systems are built of: servers, supervisors, tasks, agents, registries, state machines, applications, tables.
@NullMarked
module dev.bureau.otp {
    requires transitive dev.bureau.kernel;
    requires static transitive org.jspecify;

    exports dev.bureau.otp;
    exports dev.bureau.otp.gen to
            dev.bureau.observer,
            dev.bureau.opentelemetry;
    exports dev.bureau.otp.registry to
            dev.bureau.observer;
    exports dev.bureau.otp.supervision to
            dev.bureau.micrometer,
            dev.bureau.observer;
    exports dev.bureau.otp.table to
            dev.bureau.observer,
            dev.bureau.testkit;

    // what goes from process to process is looked at there
    opens dev.bureau.otp to
            dev.bureau.kernel;
    opens dev.bureau.otp.application to
            dev.bureau.kernel;
    opens dev.bureau.otp.events to
            dev.bureau.kernel;
    opens dev.bureau.otp.gen to
            dev.bureau.kernel;
    opens dev.bureau.otp.machine to
            dev.bureau.kernel;
    opens dev.bureau.otp.registry to
            dev.bureau.kernel;
    opens dev.bureau.otp.supervision to
            dev.bureau.kernel;
    opens dev.bureau.otp.table to
            dev.bureau.kernel;
    opens dev.bureau.otp.task to
            dev.bureau.kernel;
}
