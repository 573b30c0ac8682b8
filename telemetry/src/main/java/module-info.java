import org.jspecify.annotations.NullMarked;

/// Events that are published by libraries and programs, for whoever wants to measure them.
@NullMarked
module dev.bureau.telemetry {
    requires transitive dev.bureau.kernel;
    requires static transitive org.jspecify;

    exports dev.bureau.telemetry;
}
