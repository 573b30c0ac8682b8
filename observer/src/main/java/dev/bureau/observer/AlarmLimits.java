package dev.bureau.observer;

import java.time.Duration;

/// When there is an alarm. Begin with [#usual()]; each method returns limits changed in one point.
///
/// @param period how often it is looked at most; where a look takes long, so often that it takes half a percent of a core
/// @param mailbox so many messages in a mailbox are no alarm yet
/// @param growth for how long a mailbox may grow
/// @param handler for how long a message may be handled
/// @param carrier for how long a carrier may be away
/// @param restarts so many restarts within ten seconds are no alarm yet
public record AlarmLimits(
        Duration period,
        int mailbox,
        Duration growth,
        Duration handler,
        Duration carrier,
        int restarts) {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    public AlarmLimits {
        if (period.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "expected a period of 100 milliseconds or more, got: " + period);
        }
        if (mailbox < 1 || restarts < 1) {
            throw new IllegalArgumentException(
                    "expected a limit of 1 or more, got: " + Math.min(mailbox, restarts));
        }
        if (!growth.isPositive() || !handler.isPositive() || !carrier.isPositive()) {
            throw new IllegalArgumentException(
                    "expected a limit of more than no time, got: "
                            + growth
                            + ", "
                            + handler
                            + ", "
                            + carrier);
        }
    }

    /// Each second; 10 000 messages, growth for 30 s, a handler for 5 s, a carrier away for 1 s, 20 restarts.
    public static AlarmLimits usual() {
        return new AlarmLimits(
                Duration.ofSeconds(1),
                10_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                20);
    }

    /// Looks that often.
    public AlarmLimits period(Duration changed) {
        return new AlarmLimits(changed, mailbox, growth, handler, carrier, restarts);
    }

    /// With another limit of messages.
    public AlarmLimits mailbox(int changed) {
        return new AlarmLimits(period, changed, growth, handler, carrier, restarts);
    }

    /// With another time for which a mailbox may grow.
    public AlarmLimits growth(Duration changed) {
        return new AlarmLimits(period, mailbox, changed, handler, carrier, restarts);
    }

    /// With another time for a handler.
    public AlarmLimits handler(Duration changed) {
        return new AlarmLimits(period, mailbox, growth, changed, carrier, restarts);
    }

    /// With another time for a carrier.
    public AlarmLimits carrier(Duration changed) {
        return new AlarmLimits(period, mailbox, growth, handler, changed, restarts);
    }

    /// With another number of restarts.
    public AlarmLimits restarts(int changed) {
        return new AlarmLimits(period, mailbox, growth, handler, carrier, changed);
    }
}
