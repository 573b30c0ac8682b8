package dev.bureau.otp.task;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Tagged;
import dev.bureau.kernel.Timeout;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What comes for any of several references, until the time is over. Closed by who opened it: its timer ends then.
public final class Answers implements AutoCloseable {
    private final Set<Ref> awaited;

    /// Tells when the time is over; null if that is never.
    private final @Nullable Ref timer;

    private boolean over;

    /// Begins to wait; `limit` counts from now, null is as long as it takes.
    public Answers(Collection<Ref> awaited, @Nullable Duration limit) {
        this.awaited = new HashSet<>(awaited);
        this.timer =
                limit == null
                        ? null
                        : Bureau.startTimer(Bureau.self(), "the time for tasks is over", limit);
    }

    /// The next message for one of those that are still awaited, which is not from then on; null when the time is over.
    public @Nullable Tagged next() {
        Tagged message =
                Bureau.receive(
                        Tagged.class,
                        tagged ->
                                awaited.contains(tagged.ref())
                                        || Objects.equals(tagged.ref(), timer));
        awaited.remove(message.ref());
        over = Objects.equals(message.ref(), timer);
        return over ? null : message;
    }

    /// Whether nothing more is awaited.
    public boolean areComplete() {
        return awaited.isEmpty();
    }

    @Override
    public void close() {
        if (timer != null && !over && Bureau.cancelTimer(timer).isEmpty()) {
            // It has fired: its message is there or will be in a moment.
            Bureau.receive(timer, Timeout.class);
        }
    }
}
