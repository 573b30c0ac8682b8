package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import org.jspecify.annotations.Nullable;

/// The reference of a call: monitor of the server, alias for the answer and tag of it.
///
/*
 * It is open from the start. What ends the call closes it, by compare-and-set: its answer, or the Down of the server,
 * when it is received; or the caller that gives up. So one of them counts, and what finds it closed is dropped. That
 * takes the place of the lock, and of the caller's set of monitors: a tag is in no set of its owner.
 *
 * The server is told of the monitor by the request itself (Signal.Ask) where that goes straight into its inbox. Who
 * closes the tag otherwise than by the server's own answer, takes the monitor back (Demonitor); the server that answers
 * has forgotten it before, and says so by `target`.
 */
final class CallTag extends MonitorRef {
    CallTag(
            LocalPid maker,
            long number,
            long mark,
            Destination watched,
            @Nullable LocalPid target) {
        super(maker, number, mark, watched, null, false);
        this.target = target;
        alias(AliasMode.REPLY_DEMONITOR);
    }

    /// Whether the call goes on; of another thread's, as it was a moment ago.
    boolean isOpen() {
        return alias() != AliasMode.NONE;
    }

    /// Ends the call; false if it was over.
    boolean close() {
        return endAlias(AliasMode.REPLY_DEMONITOR);
    }

    /// Who has closed it: what is to be sent for that.
    @Nullable Outgoing takeBack(@Nullable Outgoing effects) {
        LocalPid server = target;
        return server == null || server.process() == null
                ? effects
                : Outgoing.add(effects, server, new Signal.Demonitor(this));
    }
}
