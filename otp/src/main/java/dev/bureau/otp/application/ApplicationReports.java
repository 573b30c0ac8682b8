package dev.bureau.otp.application;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.Draft;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.gen.Reports;
import org.jspecify.annotations.Nullable;

/// What is told of applications: that one has ended by itself, however it did (OTP AP-03), and what went wrong as one
/// was stopped. That one was started or stopped hears who has asked for it; here, who asks for that much.
final class ApplicationReports {
    private ApplicationReports() {}

    static void started(String application) {
        progress(application, "started");
    }

    static void stopped(String application) {
        progress(application, "stopped");
    }

    static void notStarted(String application, ApplicationError error) {
        progress(application, "did not start: " + error.getClass().getSimpleName());
    }

    private static void progress(String application, String what) {
        Reports.report(Report.Kind.PROGRESS, source(application), () -> draft(application, what));
    }

    static void ended(String application, @Nullable Restart restart, ExitReason reason) {
        Reports.report(
                Report.Kind.APPLICATION,
                source(application),
                () ->
                        draft(application, "has ended")
                                .with("restart", restart)
                                .with("reason", reason));
    }

    static void callbackFailed(String application, String callback, Throwable failed) {
        Reports.report(
                Report.Kind.APPLICATION,
                source(application),
                () ->
                        draft(application, callback + " has failed, and the end goes on")
                                .with("callback", callback)
                                .with("reason", ExitReason.of(failed)));
    }

    static void tooSlow(String application) {
        Reports.report(
                Report.Kind.APPLICATION,
                source(application),
                () ->
                        draft(
                                application,
                                "has not stopped in time and is killed, since the node stops"));
    }

    private static Draft draft(String application, String what) {
        return new Draft(Bureau.self(), "application " + application + ": " + what)
                .with("application", application);
    }

    private static String source(String application) {
        return "application " + application;
    }
}
