package dev.bureau.kernel.process;

import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.isolation.Movable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signals that receiving others has called for. They are received after the reception lock is released, since nobody
/// waits for a second lock while holding one. And messages that were dropped.
///
/// What must stay in order with all that the process itself sends is queued at its receiver under the lock already.
final class Outgoing {
    /// `signal` is null when it lies in the receiver's inbox and only has to be looked after.
    private record Addressed(LocalPid to, @Nullable Signal signal) {}

    private final List<Addressed> signals = new ArrayList<>(1);
    private @Nullable Object dropped;

    static Outgoing add(@Nullable Outgoing before, LocalPid to, Signal signal) {
        Outgoing all = before == null ? new Outgoing() : before;
        all.signals.add(new Addressed(to, signal));
        return all;
    }

    /// A message that is not delivered: what it hands over is closed.
    static Outgoing drop(@Nullable Outgoing before, Object message) {
        Outgoing all = before == null ? new Outgoing() : before;
        Object earlier = all.dropped;
        all.dropped = earlier == null ? message : List.of(earlier, message);
        return all;
    }

    /// Lock holder: queues a signal now, before anything that the process sends once the lock is free.
    static @Nullable Outgoing queue(@Nullable Outgoing before, LocalPid to, Signal signal) {
        LocalProcess receiver = to.process();
        if (receiver == null || !receiver.push(signal)) {
            return before;
        }
        receiver.raise(Attention.SIGNALLED);
        Outgoing all = before == null ? new Outgoing() : before;
        all.signals.add(new Addressed(to, null));
        return all;
    }

    static void send(@Nullable Outgoing all) {
        if (all == null) {
            return;
        }
        if (all.dropped != null) {
            Isolation.pass(all.dropped, Movable.NOBODY);
        }
        for (Addressed each : all.signals) {
            Signal signal = each.signal();
            LocalProcess receiver = each.to().process();
            if (receiver == null) {
                continue;
            }
            if (signal == null) {
                receiver.interleave();
                Reception.again(receiver);
            } else {
                Reception.signal(receiver, signal);
            }
        }
    }
}
