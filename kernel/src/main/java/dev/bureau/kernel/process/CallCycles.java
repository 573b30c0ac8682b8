package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds out, when the time of a call is over, whether the processes that wait for each other wait in a circle.
///
/*
 * Nobody is held while the chain is followed, so it is followed twice. Each call has a reference of its own: who waits
 * for the same one in both passes has waited for it all the time between them. So all of the chain waited at once.
 * An answer may be on its way to one of them; then it has waited, and the caller has lost its time, for another reason.
 */
final class CallCycles {
    /// A longer chain is no cycle of anybody's making.
    private static final int LONGEST = 1000;

    private CallCycles() {}

    /// The cycle behind the call `tag`, whose caller has waited in vain; null if there is none.
    static @Nullable ExitReason behind(MonitorRef tag) {
        List<MonitorRef> chain = chain(tag);
        if (chain == null || !chain.equals(chain(tag))) {
            return null;
        }
        List<ExitReason.CallCycle.Waiting> waiting = new ArrayList<>();
        for (MonitorRef call : chain) {
            LocalPid target = Objects.requireNonNull(call.target);
            waiting.add(new ExitReason.CallCycle.Waiting(call.owner(), call.watched, target));
        }
        return new ExitReason.CallCycle(waiting);
    }

    /// From `tag` on, each call by the one that the call before it waits for, until one waits for one that came before;
    /// null if it ends elsewhere.
    private static @Nullable List<MonitorRef> chain(MonitorRef tag) {
        List<MonitorRef> chain = new ArrayList<>();
        MonitorRef call = tag;
        while (call != null && chain.size() < LONGEST) {
            chain.add(call);
            LocalPid target = call.target;
            if (target == null) {
                return null;
            }
            for (MonitorRef before : chain) {
                if (before.owner() == target) {
                    return chain;
                }
            }
            LocalProcess server = target.process();
            call = server == null ? null : server.waitsFor();
        }
        return null;
    }
}
