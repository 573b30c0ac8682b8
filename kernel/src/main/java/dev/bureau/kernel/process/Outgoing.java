package dev.bureau.kernel.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signals that receiving others has called for. They are sent after the reception lock is released, in order: nobody
/// sends while holding one.
final class Outgoing {
    private record Addressed(LocalPid to, Signal signal) {}

    private final List<Addressed> signals = new ArrayList<>(1);

    static Outgoing add(@Nullable Outgoing before, LocalPid to, Signal signal) {
        Outgoing all = before == null ? new Outgoing() : before;
        all.signals.add(new Addressed(to, signal));
        return all;
    }

    static void send(@Nullable Outgoing all) {
        if (all == null) {
            return;
        }
        for (Addressed each : all.signals) {
            Reception.signal(each.to(), each.signal());
        }
    }
}
