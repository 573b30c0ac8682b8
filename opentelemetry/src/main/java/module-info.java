import org.jspecify.annotations.NullMarked;

/// OpenTelemetry's context follows messages, and calls are spans.
@NullMarked
@SuppressWarnings("requires-transitive-automatic") // it is named in its manifest
module dev.bureau.opentelemetry {
    requires transitive dev.bureau.kernel;
    requires dev.bureau.otp;
    requires transitive io.opentelemetry.api;
    requires transitive io.opentelemetry.context;
    requires static transitive org.jspecify;

    exports dev.bureau.opentelemetry;

    provides io.opentelemetry.context.ContextStorageProvider with
            dev.bureau.opentelemetry.ProcessContextStorage.Provider;
}
