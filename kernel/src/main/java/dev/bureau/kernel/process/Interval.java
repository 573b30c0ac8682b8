package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.scheduler.Timer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A timer that fires again and again. It belongs to who has the name when it is set (OTP TM-08), and ends with that process.
///
/*
 * Cancelling sets `cancelled`, then cancels `current`. An interval that fires meanwhile puts the next shot into
 * `current`, then reads `cancelled`. So the next shot is stopped by one of the two.
 */
final class Interval extends TimerRef {
    private static final VarHandle CANCELLED;

    static {
        try {
            CANCELLED =
                    MethodHandles.lookup()
                            .findVarHandle(Interval.class, "cancelled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Duration period;

    /// The process with whose end it ends; null if nobody had the name.
    private final @Nullable LocalPid target;

    /// Who carries the message to a mailbox with a limit; it may have to wait there.
    private volatile @Nullable LocalPid courier;

    private volatile Timer current = new Shot();
    private volatile boolean cancelled;

    Interval(LocalProcess maker, Destination to, Object message, Duration period) {
        super(maker, to, message, false);
        this.period = period;
        LocalPid known = addressee();
        this.target = known == null ? Routing.find(maker.node(), to) : known;
    }

    void start(long deadline) {
        schedule(current, deadline);
    }

    @Override
    public Optional<Duration> cancel() {
        Optional<Duration> left = remaining();
        home().scheduler().interleave();
        boolean first = !(boolean) CANCELLED.getAndSet(this, true);
        home().scheduler().interleave();
        current.cancel();
        return first ? left : Optional.empty();
    }

    @Override
    public Optional<Duration> left() {
        return cancelled ? Optional.empty() : remaining();
    }

    /// Between two shots nothing is left of the one and all of the other.
    private Optional<Duration> remaining() {
        Timer shot = current;
        return isTargetGone() ? Optional.empty() : Optional.of(until(shot));
    }

    private boolean isTargetGone() {
        return target == null || isGone(target);
    }

    /// Each shot is a message of its own.
    @Override
    Object message() {
        return Objects.requireNonNull(Isolation.pass(super.message()));
    }

    /// Of an interval one message waits at a time.
    @Override
    void sendByCourier() {
        LocalPid before = courier;
        if (before == null || before.process() == null) {
            courier = courier(this::carry);
        }
    }

    private final class Shot extends Timer {
        @Override
        protected void fire() {
            if (isTargetGone()) {
                return;
            }
            deliver(target);
            if (!cancelled) {
                Shot next = new Shot();
                current = next;
                // From deadline to deadline, so that a late tick does not delay the following ones.
                schedule(next, deadline() + period.toNanos());
                if (cancelled) {
                    next.cancel();
                }
            }
        }
    }
}
