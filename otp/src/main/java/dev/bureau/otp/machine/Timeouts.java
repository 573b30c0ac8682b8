package dev.bureau.otp.machine;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Timeout;
import dev.bureau.otp.Action;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The timeouts that a machine has set (OTP SM-04 to SM-06).
///
/*
 * A timer is in `running` or in `due`, or in neither when nothing is set for it. What a timer of the node delivers counts
 * only while its reference is the one in `running`: one that was cancelled or set anew too late is recognised by that.
 */
final class Timeouts {
    /// What the node's timer carries.
    record Due(Action.Timer timer) {}

    private record Set(Ref ref, Object event) {}

    private final Map<Action.Timer, Set> running = new HashMap<>(2);

    /// Those of zero, in the order in which they were set, with their events.
    private final LinkedHashMap<Action.Timer, Object> due = new LinkedHashMap<>(2);

    void set(Action.Timer timer, Duration after, Object event) {
        cancel(timer);
        if (after.isZero()) {
            due.put(timer, event);
        } else {
            Ref ref = Bureau.startTimer(Bureau.self(), new Due(timer), after);
            running.put(timer, new Set(ref, event));
        }
    }

    void cancel(Action.Timer timer) {
        Set set = running.remove(timer);
        if (set != null) Bureau.cancelTimer(set.ref);
        due.remove(timer);
    }

    void update(Action.Timer timer, Object event) {
        Set set = running.get(timer);
        if (set != null) {
            running.put(timer, new Set(set.ref, event));
        } else {
            // Keeps its place if it is due already.
            due.put(timer, event);
        }
    }

    /// The event of the first one that is due; null if none is.
    @Nullable Object poll() {
        var first = due.pollFirstEntry();
        return first == null ? null : first.getValue();
    }

    /// The event of a timer that has run out; null if it was cancelled meanwhile.
    @Nullable Object ranOut(Timeout message, Due what) {
        Set set = running.get(what.timer());
        if (set == null || !set.ref.equals(message.ref())) return null;
        running.remove(what.timer());
        return set.event;
    }
}
