package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Timeout;
import dev.bureau.scheduler.Timer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A timer that sends a message; its reference leads straight to it, so cancelling needs no table.
public abstract sealed class TimerRef extends LocalRef permits OneShot, Interval {
    private final LocalNode node;
    private final Destination to;
    private final Object message;

    TimerRef(LocalProcess maker, Destination to, Object message, boolean wrapped) {
        super(maker.pid(), maker.nextReference(), maker.mark());
        this.node = maker.node();
        this.to = to;
        this.message = wrapped ? new Timeout(this, message) : message;
    }

    /// Starts a timer that fires once; `wrapped` delivers the message in a [Timeout].
    public static TimerRef once(
            LocalProcess maker, Destination to, Object message, Duration delay, boolean wrapped) {
        return at(maker, to, message, maker.node().clock().after(delay), wrapped);
    }

    /// Starts a timer that fires once, at a point of the node's clock; at once if that is over.
    public static TimerRef at(
            LocalProcess maker, Destination to, Object message, long time, boolean wrapped) {
        OneShot timer = new OneShot(maker, to, message, wrapped);
        timer.start(Math.max(time, maker.node().clock().now()));
        return timer;
    }

    /// Starts a timer that fires each `period` until it is cancelled or its target is gone.
    public static TimerRef each(
            LocalProcess maker, Destination to, Object message, Duration period) {
        Interval timer = new Interval(maker, to, message, period);
        timer.start(maker.node().clock().after(period));
        return timer;
    }

    /// Stops it; what was left, or empty when it had fired, was cancelled or its target is gone.
    public abstract Optional<Duration> cancel();

    /// What is left of it.
    public abstract Optional<Duration> left();

    final LocalNode home() {
        return node;
    }

    final Destination destination() {
        return to;
    }

    /// The process that the destination stands for by itself; null for a name.
    final @Nullable LocalPid addressee() {
        return switch (to) {
            case LocalPid pid -> pid;
            case LocalRef alias -> alias.owner();
            default -> null;
        };
    }

    final void schedule(Timer shot, long deadline) {
        node.clock().schedule(shot, deadline);
    }

    final Duration until(Timer shot) {
        return Duration.ofNanos(Math.max(0, shot.deadline() - node.clock().now()));
    }

    static boolean isGone(LocalPid target) {
        LocalProcess process = target.process();
        return process == null || process.has(Attention.EXITING);
    }

    /// What it sends.
    Object message() {
        return message;
    }

    /// Clock: sends the message to this process, or to whom the name leads now.
    final void deliver(@Nullable LocalPid target) {
        LocalPid receiver = target == null ? Routing.find(node, to) : target;
        if (receiver == null) {
            return;
        }
        // Its own timers a process owes to itself. Those of others count as all that others send:
        // they may have to wait, and the clock must not.
        if (receiver.process() instanceof LimitedProcess limited && limited.pid() != owner()) {
            sendByCourier();
        } else {
            Routing.deliver(to, receiver, message());
        }
    }

    /// Has a process of its own send the message.
    void sendByCourier() {
        courier(this::carry);
    }

    /// What that does.
    final void carry() {
        try {
            Sending.send(Current.process(), to, message, false);
        } catch (MailboxFullException | NoSuchName nobodyTakesIt) {
            // Counted and told as refused; or gone meanwhile, which is silent (OTP N-03).
        }
    }

    final LocalPid courier(Body body) {
        SpawnOptions named = SpawnOptions.options().label("timer of " + owner());
        return Spawning.spawn(node, null, body, named, false, null).pid();
    }
}
