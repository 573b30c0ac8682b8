package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The reference of a monitor: it says itself what is watched, so both ends need only a set of them.
sealed class MonitorRef extends LocalRef implements Wait permits CallTag {
    final Destination watched;
    final @Nullable Function<? super Down, ?> as;
    final boolean priority;

    /// The watched process; null when there was none.
    @Nullable LocalPid target;

    MonitorRef(
            LocalPid maker,
            long number,
            long mark,
            Destination watched,
            @Nullable Function<? super Down, ?> as,
            boolean priority) {
        super(maker, number, mark);
        this.watched = watched;
        this.as = as;
        this.priority = priority;
    }

    @Override
    public final LocalPid caller() {
        return owner();
    }

    @Override
    public final Destination called() {
        return watched;
    }

    @Override
    public final @Nullable LocalPid server() {
        return target;
    }

    @Override
    public final boolean lasts() {
        return true;
    }
}
