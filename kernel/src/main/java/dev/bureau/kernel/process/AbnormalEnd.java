package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a process has ended, and not in order; for a log of such ends.
///
/// @param name its local name, if it had one
/// @param label what it called itself; immutable
/// @param initialCall what it was started to do
/// @param reason why it ended; as it was, not a copy
/// @param serving what it did each time there was a message, which says what may be shown of the reason; null if it was none
/// such
/// @param signalled whether an exit signal ended it, sent to it or through a link, rather than its own code
public record AbnormalEnd(
        Instant time,
        LocalPid pid,
        @Nullable String name,
        @Nullable Object label,
        String initialCall,
        ExitReason reason,
        @Nullable Serving serving,
        boolean signalled) {

    /// By whoever ends it, before its body is forgotten; `own` is what its own code has come to.
    static void tell(LocalProcess process, ExitReason reason, ExitReason own, boolean signalled) {
        var told = process.node().onAbnormalEnd();
        if (told == null || ExitReason.isOrderly(reason)) return;
        // One that was refused when it was to be started has never been.
        if (own == ExitReason.NOPROC && !signalled) return;
        Extras extras = process.extras;
        told.accept(
                new AbnormalEnd(
                        Instant.now(),
                        process.pid(),
                        extras == null ? null : extras.formerName,
                        extras == null ? null : extras.label,
                        Inspection.initialCall(process.body()),
                        reason,
                        Inspection.serving(process),
                        signalled));
    }
}
