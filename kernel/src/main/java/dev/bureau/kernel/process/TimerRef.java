package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Timeout;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.scheduler.Timer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A timer that sends a message; its reference leads straight to it, so cancelling needs no table.
public final class TimerRef extends LocalRef {
    private static final VarHandle CANCELLED;

    static {
        try {
            CANCELLED =
                    MethodHandles.lookup()
                            .findVarHandle(TimerRef.class, "cancelled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LocalNode node;
    private final Destination to;
    private final Object message;
    private final @Nullable Duration period;

    /// The process with whose end it ends; null for a name that is looked up when it fires.
    private final @Nullable LocalPid target;

    /// Who carries the message to a mailbox with a limit; it may have to wait there.
    private volatile @Nullable LocalPid courier;

    private volatile Timer current;
    private volatile boolean cancelled;

    /// `period` is null for a timer that fires once.
    private TimerRef(
            LocalProcess maker,
            Destination to,
            Object message,
            boolean wrapped,
            @Nullable Duration period) {
        super(maker.pid(), maker.nextReference(), maker.mark());
        this.node = maker.node();
        this.to = to;
        this.message = wrapped ? new Timeout(this, message) : message;
        this.period = period;
        this.target = target(maker.node(), to, period != null);
        this.current = new Shot();
    }

    /// A timer that fires once leaves it to that moment who has a name; an interval belongs to who has it now (OTP TM-08).
    private static @Nullable LocalPid target(LocalNode node, Destination to, boolean interval) {
        return switch (to) {
            case LocalPid pid -> pid;
            case LocalRef alias -> alias.owner();
            default -> interval ? Routing.find(node, to) : null;
        };
    }

    /// Starts a timer that fires once; `wrapped` delivers the message in a [Timeout].
    public static TimerRef once(
            LocalProcess maker, Destination to, Object message, Duration delay, boolean wrapped) {
        return at(maker, to, message, maker.node().clock().after(delay), wrapped);
    }

    /// Starts a timer that fires once, at a point of the node's clock; at once if that is over.
    public static TimerRef at(
            LocalProcess maker, Destination to, Object message, long time, boolean wrapped) {
        TimerRef ref = new TimerRef(maker, to, message, wrapped, null);
        ref.schedule(Math.max(time, ref.node.clock().now()));
        return ref;
    }

    /// Starts a timer that fires each `period` until it is cancelled or its target is gone.
    public static TimerRef each(
            LocalProcess maker, Destination to, Object message, Duration period) {
        TimerRef ref = new TimerRef(maker, to, message, false, period);
        ref.schedule(ref.node.clock().after(period));
        return ref;
    }

    private void schedule(long deadline) {
        node.clock().schedule(current, deadline);
    }

    /// Stops it; what was left, or empty when it had fired, was cancelled or its target is gone.
    public Optional<Duration> cancel() {
        Optional<Duration> left = remaining();
        node.scheduler().interleave();
        boolean first = !(boolean) CANCELLED.getAndSet(this, true);
        node.scheduler().interleave();
        boolean stopped = current.cancel();
        return (period == null ? stopped : first) ? left : Optional.empty();
    }

    /// What is left of it.
    public Optional<Duration> left() {
        return cancelled ? Optional.empty() : remaining();
    }

    private Optional<Duration> remaining() {
        Timer shot = current;
        // Between two shots of an interval nothing is left of the one and all of the other.
        if (isTargetGone() || (!shot.isPending() && period == null)) {
            return Optional.empty();
        }
        long nanos = Math.max(0, shot.deadline() - node.clock().now());
        return Optional.of(Duration.ofNanos(nanos));
    }

    private boolean isTargetGone() {
        if (target == null) {
            return period != null;
        }
        LocalProcess process = target.process();
        return process == null || process.has(SignalQueue.EXITING);
    }

    private static Object isolated(Object message) {
        return Objects.requireNonNull(Isolation.pass(message));
    }

    private void deliver() {
        LocalPid receiver = target == null ? Routing.find(node, to) : target;
        if (receiver == null) {
            return;
        }
        if (receiver.process() instanceof LimitedProcess limited && limited.pid() != owner()) {
            sendByCourier();
        } else {
            // Each shot of an interval is a message of its own.
            Routing.deliver(to, receiver, period == null ? message : isolated(message));
        }
    }

    /// Its own timers a process owes to itself. Those of others count as all that others send, so what they send may have to
    /// wait, and the clock must not. Of an interval one message waits at a time.
    private void sendByCourier() {
        LocalPid before = courier;
        if (before != null && before.process() != null) {
            return;
        }
        courier =
                spawnCourier(() -> {
                    try {
                        Sending.send(Current.process(), to, message, false);
                    } catch (MailboxFullException | NoSuchName nobodyTakesIt) {
                        // Counted and told as refused; or gone meanwhile, which is silent (OTP
                        // N-03).
                    }
                });
    }

    private LocalPid spawnCourier(Body body) {
        SpawnOptions named = SpawnOptions.options().label("timer of " + owner());
        return Spawning.spawn(node, null, body, named, false, null).pid();
    }

    /*
     * Cancelling sets `cancelled`, then cancels `current`. An interval that fires meanwhile puts the next shot into
     * `current`, then reads `cancelled`. So the next shot is stopped by one of the two.
     */
    private final class Shot extends Timer {
        @Override
        protected void fire() {
            if (period != null && isTargetGone()) {
                return;
            }
            if (target == null && to instanceof Name.Via) {
                // A registrar is somebody's code: it may block, and the clock must not.
                spawnCourier(TimerRef.this::deliver);
            } else {
                deliver();
            }
            if (period != null && !cancelled) {
                Shot next = new Shot();
                current = next;
                // From deadline to deadline, so that a late tick does not delay the following ones.
                node.clock().schedule(next, deadline() + period.toNanos());
                if (cancelled) {
                    next.cancel();
                }
            }
        }
    }
}
