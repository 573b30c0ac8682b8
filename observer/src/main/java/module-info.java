import org.jspecify.annotations.NullMarked;

/// What a running node does, read without stopping it: processes, trees, tables, schedulers, crashes.
@NullMarked
module dev.bureau.observer {
    requires transitive dev.bureau.kernel;
    requires transitive dev.bureau.otp;
    requires static transitive org.jspecify;

    exports dev.bureau.observer;
}
