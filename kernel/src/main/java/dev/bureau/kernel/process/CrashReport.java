package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;

/// What is logged for a process that died of an exception nobody caught. An `exit(reason)`, whatever the reason, is no
/// crash and logs nothing (OTP P-03).
final class CrashReport {
    private static final System.Logger LOG = System.getLogger("dev.bureau.kernel");

    private CrashReport() {}

    static void log(LocalProcess process, ExitReason.Crash crash) {
        try {
            LOG.log(System.Logger.Level.ERROR, () -> text(process, crash));
        } catch (Throwable broken) {
            // A log handler that fails must not keep links and monitors from being told.
            process.node().reportFailed(broken);
        }
    }

    private static String text(LocalProcess process, ExitReason.Crash crash) {
        Extras extras = process.extras;
        Object label = extras == null ? null : extras.label;
        return "process "
                + process.pid()
                + (label == null ? "" : " (" + label + ")")
                + " ended: "
                + ExitReason.format(crash);
    }
}
