package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import java.time.Instant;
import java.util.Optional;

/// Something that is not as it should be.
///
/// @param kind what
/// @param pid the process that it is about; empty if it is about the node
/// @param since when it was first seen
/// @param text it in words
public record Alarm(Kind kind, Optional<Pid> pid, Instant since, String text) {
    /// What an alarm tells of.
    public enum Kind {
        /// A mailbox holds more messages than [AlarmLimits#mailbox()].
        LONG_MAILBOX,
        /// A mailbox has grown without a break for [AlarmLimits#growth()].
        GROWING_MAILBOX,
        /// A behaviour has handled one message for longer than [AlarmLimits#handler()].
        SLOW_HANDLER,
        /// A carrier has not come back from what it runs for [AlarmLimits#carrier()]: native code, file I/O, a loop that is not woven.
        CARRIER_AWAY,
        /// There were more restarts than [AlarmLimits#restarts()] within ten seconds.
        RESTART_STORM
    }

    /// `long mailbox #PID<0.12.0>: 20 000 messages`.
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return name + pid.map(of -> " " + of).orElse("") + ": " + text;
    }
}
