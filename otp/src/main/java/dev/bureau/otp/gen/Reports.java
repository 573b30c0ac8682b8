package dev.bureau.otp.gen;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.process.CrashReport;
import dev.bureau.kernel.process.Draft;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Shown;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What is told of behaviours and tasks that fail (OTP G-26, Y-02): nothing of an orderly end, and nothing of one that was
/// told to exit, whose code fails of just that.
public final class Reports {
    private Reports() {}

    /// It ends, and not in order.
    static void terminating(Loop loop, ExitReason reason) {
        crash(
                loop.module(),
                loop.module(),
                "terminating",
                reason,
                draft -> {
                    draft.because(loop.shown(reason));
                    Object message = loop.handled();
                    if (message instanceof Request(var from, var payload)) {
                        draft.with("last_message", loop.shownMessageSafely(payload));
                        CrashReport.client(draft, from);
                    } else if (message != null) {
                        draft.with("last_message", loop.shownMessageSafely(message));
                    }
                    return draft.with("state", loop.shownSafely());
                });
    }

    /// Its `init` has failed.
    static void notStarted(Loop loop, ExitReason reason) {
        crash(
                loop.module(),
                loop.module(),
                "did not start",
                reason,
                draft -> draft.because(loop.shown(reason)));
    }

    /// A task ends, and not in order.
    ///
    /// @param work what it does
    /// @param callers on whose behalf, nearest first
    public static void task(Object work, List<Pid> callers, ExitReason reason) {
        String code = Inspection.nameOf(work);
        String ends = "started from " + callers.getFirst() + " terminating";
        crash(
                "task",
                code,
                ends,
                reason,
                draft -> draft.because(reason).with("function", code).with("callers", callers));
    }

    private static void crash(
            String what,
            String source,
            String ends,
            ExitReason reason,
            UnaryOperator<Draft> details) {
        LocalProcess self = Loop.process();
        if (ExitReason.isOrderly(reason) || !self.isAlive()) return;
        report(
                Report.Kind.CRASH,
                source,
                () -> {
                    ProcessInfo info = Inspection.info(self.pid());
                    Draft draft = CrashReport.draft(self, what, ends, info);
                    return CrashReport.about(details.apply(draft), self, info);
                });
    }

    /// A message has come that nobody handles.
    static void unexpected(String module, Object message) {
        LocalProcess self = Loop.process();
        report(
                Report.Kind.UNEXPECTED_MESSAGE,
                module,
                () -> {
                    String got = "received an unexpected message: " + Shown.text(message);
                    return CrashReport.draft(self, module, got, Inspection.info(self.pid()))
                            .with("message", message);
                });
    }

    /// Makes a report on the node of the calling process.
    public static void report(Report.Kind kind, String source, Supplier<Draft> draft) {
        Loop.process().node().reports().report(kind, source, draft);
    }
}
