package dev.bureau.observer.trace;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that a traced process has done. The `toString` is a line, and no part of it is long, whatever the messages are.
///
/// Messages are as they were sent, immutable or copies, and reasons as they were, unless a behaviour shows less of them: of what is sent
/// to a server there is what its `formatMessage` allows, also of its answers where they are sent, and of why it ends what its
/// `formatReason` does.
public sealed interface TraceEvent {
    /// When.
    Instant time();

    /// Which process.
    Party who();

    /// It has sent a message.
    ///
    /// @param to how it was addressed
    /// @param receiver whom that reached
    record Sent(Instant time, Party who, Destination to, Party receiver, Object message)
            implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(this, "-> " + receiver + ": " + EventText.message(message));
        }
    }

    /// A message has come into its mailbox.
    record Received(Instant time, Party who, Object message) implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(this, "<- " + EventText.message(message));
        }
    }

    /// It was spawned.
    ///
    /// @param parent by whom; empty if by no process
    /// @param initialCall the class of the body it was started with
    record Spawned(Instant time, Party who, Optional<Party> parent, String initialCall)
            implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(
                    this,
                    "is spawned" + parent.map(p -> " by " + p).orElse("") + ": " + initialCall);
        }
    }

    /// It has linked to a process or, if not `made`, taken that back.
    record Linked(Instant time, Party who, Party peer, boolean made) implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(this, (made ? "links to " : "unlinks from ") + peer);
        }
    }

    /// It has ended.
    record Ended(Instant time, Party who, ExitReason reason) implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(this, "ends: " + EventText.of(reason));
        }
    }

    /// It calls a method.
    ///
    /// @param method its class and name
    /// @param arguments what with, as short texts, if that was asked for
    record Called(Instant time, Party who, String method, Optional<List<String>> arguments)
            implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(
                    this,
                    "calls "
                            + method
                            + arguments.map(all -> "(" + String.join(", ", all) + ")").orElse(""));
        }
    }

    /// The method has returned.
    ///
    /// @param value what, as a short text; `null` also if the method returns nothing
    /// @param took since the call
    record Returned(Instant time, Party who, String method, String value, Duration took)
            implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(
                    this,
                    "returns from " + method + " after " + EventText.duration(took) + ": " + value);
        }
    }

    /// The method has thrown.
    ///
    /// @param thrown what, as a short text
    /// @param took since the call
    record Threw(Instant time, Party who, String method, String thrown, Duration took)
            implements TraceEvent {
        @Override
        public String toString() {
            return EventText.line(
                    this,
                    "leaves " + method + " after " + EventText.duration(took) + " by " + thrown);
        }
    }
}
