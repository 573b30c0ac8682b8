import org.jspecify.annotations.NullMarked;

/// What systems are built of: servers, supervisors, tasks, agents, registries, state machines, applications, tables.
@NullMarked
module dev.bureau.otp {
    requires transitive dev.bureau.kernel;
    requires static transitive org.jspecify;

    exports dev.bureau.otp;
}
