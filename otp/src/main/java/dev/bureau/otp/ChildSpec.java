package dev.bureau.otp;

import java.time.Duration;
import java.util.Objects;

/// How a supervisor starts a child, and what it does when that ends: `worker("stack", () -> ...).restart(TRANSIENT)`.
///
/// Immutable; each method returns a changed one. It is sent to the supervisor, so `start` captures nothing mutable.
///
/// @param id what the supervisor calls it; unique among its children
/// @param start starts it, in the supervisor's process, linked to it; again for each restart
/// @param restart when it is started again
/// @param shutdown how it is told to stop
/// @param type whether it is a supervisor itself
/// @param significant whether its end may end the supervisor
public record ChildSpec(
        Object id,
        Starter start,
        Restart restart,
        Shutdown shutdown,
        Type type,
        boolean significant) {
    private static final Duration DEFAULT_SHUTDOWN = Duration.ofSeconds(5);

    /// When a child that has ended is started again (OTP S-07).
    public enum Restart {
        /// Always.
        PERMANENT,

        /// Unless it ended in order: normally, or told to shut down.
        TRANSIENT,

        /// Never; the supervisor forgets it.
        TEMPORARY
    }

    /// What a child is.
    public enum Type {
        WORKER,
        SUPERVISOR
    }

    /// How a child is told to stop (OTP S-17).
    public sealed interface Shutdown {
        /// Killed at once.
        record BrutalKill() implements Shutdown {}

        /// Told to shut down, and killed if it has not by then.
        record Within(Duration limit) implements Shutdown {
            public Within {
                if (limit.isNegative()) {
                    throw new IllegalArgumentException(
                            "expected a shutdown time of zero or more, got: " + limit);
                }
            }
        }

        /// Told to shut down, and waited for: right for supervisors, which have children to stop.
        record Unlimited() implements Shutdown {}
    }

    /// Starts a child. Runs in the supervisor, which does nothing else meanwhile.
    @FunctionalInterface
    public interface Starter {
        /// Starts it.
        ///
        /// @throws Exception as good as [Start.Failed]
        Start start() throws Exception;
    }

    public ChildSpec {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(restart, "restart");
        Objects.requireNonNull(shutdown, "shutdown");
        Objects.requireNonNull(type, "type");
    }

    /// A worker: permanent, five seconds to shut down.
    public static ChildSpec worker(Object id, Starter start) {
        return new ChildSpec(
                id,
                start,
                Restart.PERMANENT,
                new Shutdown.Within(DEFAULT_SHUTDOWN),
                Type.WORKER,
                false);
    }

    /// A supervisor: permanent, all the time it needs to shut down.
    public static ChildSpec supervisor(Object id, Starter start) {
        return new ChildSpec(
                id, start, Restart.PERMANENT, new Shutdown.Unlimited(), Type.SUPERVISOR, false);
    }

    /// With another id.
    public ChildSpec id(Object other) {
        return new ChildSpec(other, start, restart, shutdown, type, significant);
    }

    /// With another rule of restarting.
    public ChildSpec restart(Restart rule) {
        return new ChildSpec(id, start, rule, shutdown, type, significant);
    }

    /// With another time to shut down.
    public ChildSpec shutdown(Duration limit) {
        return new ChildSpec(id, start, restart, new Shutdown.Within(limit), type, significant);
    }

    /// With another way to be stopped.
    public ChildSpec shutdown(Shutdown how) {
        return new ChildSpec(id, start, restart, how, type, significant);
    }

    /// Its end may end the supervisor.
    public ChildSpec asSignificant() {
        return new ChildSpec(id, start, restart, shutdown, type, true);
    }
}
