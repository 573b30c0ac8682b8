package dev.bureau.kernel.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What few processes have, so that the others need no room for it. Guarded by the reception lock.
final class Extras {
    /// Owner: since its unwinding code first came to a yield point.
    @Nullable Grace grace;

    /// Owner: how many operations have been refused to its unwinding code.
    int refused;

    @Nullable Object label;

    /// The local name that it had when it began to exit; kept if somebody hears of abnormal ends.
    @Nullable String formerName;

    /// Who has suspended this process, and how often.
    final Map<LocalPid, Integer> suspendedBy = new HashMap<>();

    /// Whom this process has suspended, and how often.
    final Map<LocalPid, Integer> suspending = new HashMap<>();

    /// Links and monitors that came after it had begun to exit.
    final List<Signal> tooLate = new ArrayList<>(0);

    /// What is closed when the process ends.
    @Nullable Resources resources;
}
