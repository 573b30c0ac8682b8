package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec;
import org.jspecify.annotations.Nullable;

/// What supervisors log: errors of their children, and, for who asks for that much, each start.
final class SupervisorReports {
    private static final System.Logger LOG = System.getLogger("dev.bureau.otp");

    private SupervisorReports() {}

    /// What a report is about.
    enum Context {
        START_ERROR("a child has not started"),
        CHILD_TERMINATED("a child has ended"),
        SHUTDOWN_ERROR("a child did not stop as it should"),
        SHUTDOWN("too many restarts: the supervisor shuts down");

        private final String text;

        Context(String text) {
            this.text = text;
        }
    }

    static void error(
            Context context,
            @Nullable Name supervisor,
            ChildSpec child,
            @Nullable Pid pid,
            ExitReason reason) {
        LOG.log(
                System.Logger.Level.ERROR,
                () ->
                        "supervisor "
                                + text(supervisor)
                                + ": "
                                + context.text
                                + "\n  reason: "
                                + ExitReason.format(reason)
                                + "\n  child: "
                                + text(child, pid));
    }

    static void progress(@Nullable Name supervisor, ChildSpec child, Pid pid) {
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> "supervisor " + text(supervisor) + ": started " + text(child, pid));
    }

    private static String text(@Nullable Name supervisor) {
        return supervisor == null ? Bureau.self().toString() : supervisor + " " + Bureau.self();
    }

    private static String text(ChildSpec child, @Nullable Pid pid) {
        return (pid == null ? "" : pid + " ") + ChildSpecs.text(child);
    }
}
