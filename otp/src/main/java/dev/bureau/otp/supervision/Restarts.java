package dev.bureau.otp.supervision;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Report.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The restarts that supervisors of a node have to do with: counted, and told to those who look on.
public final class Restarts {
    private static final NodeLocal<Restarts> OF_NODE = NodeLocal.of(_ -> new Restarts());

    private final AtomicLong count = new AtomicLong();
    private final List<Consumer<? super Restart>> listeners = new CopyOnWriteArrayList<>();

    private Restarts() {}

    /// A child is started again.
    ///
    /// @param reason why it has ended, or why it was not to be started before
    public record Restart(Pid supervisor, Object child, ExitReason reason) {}

    public static Restarts of(Node node) {
        return OF_NODE.get(node);
    }

    /// How many there were.
    public long count() {
        return count.get();
    }

    /// Tells `told` of each from now on, in the supervisor: it does little and throws nothing.
    public Subscription listen(Consumer<? super Restart> told) {
        Consumer<Restart> listener = told::accept;
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(Restart restart) {
        count.incrementAndGet();
        for (Consumer<? super Restart> each : listeners) each.accept(restart);
    }
}
