package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds out whether the processes that wait for each other wait in a circle: when the time of one is over, or when one is
/// about to wait without limit for room in a mailbox.
///
/*
 * Nobody is held while the chain is followed, so it is followed twice. Each wait is an object of its own: who waits
 * for the same one in both passes has waited for it all the time between them. So all of the chain waited at once.
 * An answer may be on its way to one of them; then it has waited, and the caller has lost its time, for another reason.
 *
 * With mailboxes alone there is no such doubt: who is parked takes nothing out of its own mailbox, so nobody in a circle of such
 * will ever have room. Who closes it must see that. Each publishes what it waits for, then looks at the others', with a full
 * fence between; so of those who close a circle at the same moment one sees it at least.
 */
final class CallCycles {
    /// A longer chain is no cycle of anybody's making.
    private static final int LONGEST = 1000;

    private CallCycles() {}

    /// The cycle behind `last`, which has been waited for in vain; null if there is none.
    static ExitReason.@Nullable CallCycle behind(Wait last) {
        List<Wait> chain = chain(last);
        return chain != null && chain.equals(chain(last)) ? named(chain) : null;
    }

    /// The cycle that `turn`, which was published a moment ago, has closed for ever: all in it are parked, without limit.
    static ExitReason.@Nullable CallCycle closedBy(Turn turn) {
        VarHandle.fullFence();
        List<Wait> chain = around(turn);
        boolean endless =
                chain != null
                        && chain.stream()
                                .allMatch(wait -> wait instanceof Turn other && other.isForever());
        return endless ? named(Objects.requireNonNull(chain)) : null;
    }

    /// The cycle that `turn` is a part of, of whatever else; null if there is none.
    static ExitReason.@Nullable CallCycle with(Turn turn) {
        List<Wait> chain = around(turn);
        return chain == null ? null : named(chain);
    }

    private static @Nullable List<Wait> around(Turn turn) {
        List<Wait> chain = chain(turn);
        return chain != null
                        && chain.getLast().server() == turn.caller()
                        && chain.equals(chain(turn))
                ? chain
                : null;
    }

    private static ExitReason.CallCycle named(List<Wait> chain) {
        List<ExitReason.CallCycle.Waiting> waiting = new ArrayList<>();
        for (Wait wait : chain) {
            LocalPid server = Objects.requireNonNull(wait.server());
            waiting.add(
                    new ExitReason.CallCycle.Waiting(
                            wait.caller(), wait.called(), server, wait instanceof Turn));
        }
        return new ExitReason.CallCycle(waiting);
    }

    /// From `last` on, each by the one that the one before it waits for, until one waits for one that came before; null if
    /// it ends elsewhere.
    private static @Nullable List<Wait> chain(Wait last) {
        List<Wait> chain = new ArrayList<>();
        Wait wait = last;
        while (wait != null && wait.lasts() && chain.size() < LONGEST) {
            chain.add(wait);
            LocalPid server = wait.server();
            if (server == null) {
                return null;
            }
            for (Wait before : chain) {
                if (before.caller() == server) {
                    return chain;
                }
            }
            LocalProcess process = server.process();
            wait = process == null ? null : process.waitsFor();
        }
        return null;
    }
}
