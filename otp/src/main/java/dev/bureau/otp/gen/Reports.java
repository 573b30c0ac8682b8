package dev.bureau.otp.gen;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ProcessInfo;
import org.jspecify.annotations.Nullable;

/// What is logged of behaviours (OTP G-26, Y-02): nothing for an orderly end.
///
/// Runs code of others, `toString` and the handlers of the log; whatever fails there, the process ends as it was to.
final class Reports {
    private static final System.Logger LOG = System.getLogger("dev.bureau.otp");

    private Reports() {}

    /// It ends, and not in order.
    static void terminating(
            String module, ExitReason reason, @Nullable Object lastMessage, Object state) {
        report(who(module) + " terminating", reason, lastMessage, state);
    }

    /// Its `init` has failed.
    static void notStarted(String module, ExitReason reason) {
        report(who(module) + " did not start", reason, null, null);
    }

    private static void report(
            String what, ExitReason reason, @Nullable Object lastMessage, @Nullable Object state) {
        try {
            if (!LOG.isLoggable(System.Logger.Level.ERROR)) return;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0}",
                    CrashReport.ofSelf(what, reason, lastMessage, state));
        } catch (Exception | Error broken) {
            System.err.println("bureau: a report could not be logged: " + broken);
        }
    }

    private static String who(String module) {
        String name = Bureau.info(Bureau.self()).flatMap(ProcessInfo::name).orElse("");
        return module + (name.isEmpty() ? " " : " " + name + " ") + Bureau.self();
    }

    /// A message has come that nobody handles.
    static void unexpected(String module, Object message) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> who(module) + " received an unexpected message: " + Snapshot.text(message));
    }
}
