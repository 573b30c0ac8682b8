package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.Draft;
import dev.bureau.kernel.process.Shown;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.gen.Reports;
import org.jspecify.annotations.Nullable;

/// What supervisors tell: errors of their children, and, for who asks for that much, each start.
final class SupervisorReports {
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
        Reports.report(
                Report.Kind.SUPERVISOR,
                source(supervisor, child),
                () ->
                        about(
                                draft(supervisor, context.text)
                                        .with("context", context)
                                        .with("reason", reason),
                                supervisor,
                                child,
                                pid));
    }

    static void progress(@Nullable Name supervisor, ChildSpec child, Pid pid) {
        Reports.report(
                Report.Kind.PROGRESS,
                source(supervisor, child),
                () ->
                        about(
                                draft(supervisor, "started " + pid + " " + ChildSpecs.text(child)),
                                supervisor,
                                child,
                                pid));
    }

    private static Draft draft(@Nullable Name supervisor, String what) {
        Pid self = Bureau.self();
        String who = supervisor == null ? self.toString() : supervisor + " " + self;
        return new Draft(self, "supervisor " + who + ": " + what);
    }

    private static Draft about(
            Draft draft, @Nullable Name supervisor, ChildSpec child, @Nullable Pid pid) {
        return draft.with("supervisor", supervisor)
                .with("child", child.id(), ChildSpecs.text(child))
                .with("child_pid", pid);
    }

    private static String source(@Nullable Name supervisor, ChildSpec child) {
        String id = "child " + Shown.text(child.id());
        return supervisor == null ? id : id + " of " + supervisor;
    }
}
