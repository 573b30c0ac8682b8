import org.jspecify.annotations.NullMarked;

/// What tests of processes need: assertions on messages, virtual time, a seeded scheduler, leak checks.
@NullMarked
module dev.bureau.testkit {
    requires transitive dev.bureau.kernel;
    requires transitive dev.bureau.otp;
    requires dev.bureau.scheduler;
    requires java.logging;
    requires static org.junit.jupiter.api;
    requires static transitive org.jspecify;

    exports dev.bureau.testkit;

    // what goes from process to process is looked at there
    opens dev.bureau.testkit to
            dev.bureau.kernel;
}
