package dev.bureau.otp.task;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Tagged;
import dev.bureau.kernel.Timeout;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What comes for any of several references, until the time is over. Closed by who opened it: its timer ends then.
public final class Answers implements AutoCloseable {
    private final Set<Ref> awaited;
    private final Ref timer;
    private boolean over;

    /// Begins to wait; `limit` counts from now.
    public Answers(Collection<Ref> awaited, Duration limit) {
        this.awaited = new HashSet<>(awaited);
        this.timer = Bureau.startTimer(Bureau.self(), "the time for tasks is over", limit);
    }

    /// The next message for one of those that are still awaited, which is not from then on; null when the time is over.
    public @Nullable Tagged next() {
        Tagged message =
                Bureau.receive(
                        Tagged.class,
                        tagged -> awaited.contains(tagged.ref()) || timer.equals(tagged.ref()));
        awaited.remove(message.ref());
        over = timer.equals(message.ref());
        return over ? null : message;
    }

    /// Whether nothing more is awaited.
    public boolean areComplete() {
        return awaited.isEmpty();
    }

    @Override
    public void close() {
        if (!over && Bureau.cancelTimer(timer).isEmpty()) {
            // It has fired: its message is there or will be in a moment.
            Bureau.receive(timer, Timeout.class);
        }
    }
}
