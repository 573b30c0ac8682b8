package dev.bureau.kernel;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How many messages a mailbox holds, and what becomes of one that finds it full:
///
/// ```java
/// Pid room = spawn(SpawnOptions.options().mailbox(MailboxLimit.park(1_000)), () -> chat());
/// ```
///
/// Without one a mailbox takes all that is sent, as in Erlang; then who sends faster than the receiver reads fills the
/// memory of the virtual machine. The limit is set when the process starts, and holds exactly: never are there more messages
/// that count than it says.
///
/// **What counts** is what others send: `send` to its pid, its name or an alias; casts and calls; messages of timers that
/// others have set. It counts from when it is sent until it is taken, also if a selective `receive` leaves it where it is.
///
/// **What does not count**, and always gets in: exit signals, [Exit] and [Down] messages; answers to what the process has
/// asked (`reply`, aliases that end with the first message); its own timers, and all else that it sends to itself; priority
/// messages (EEP 76), for which it has made an alias; requests of the system (`Sys`, stopping) and what the runtime tells it
/// (a handler that has gone, a table that it is given). None of them is dropped, refused or kept waiting.
///
/// **A call** whose request does not get in fails at once, by [ExitReason.CallFailed] with [ExitReason.MailboxFull]: also if it
/// has been in and had to leave for a younger message. Only [WhenFull#PARK] has it wait, as a part of its time.
///
/// Whatever happens to a message is counted in [MailboxUse], told to [Node#onOverflow], and reported if it was lost. Sending
/// to a process that has ended is silent, and nobody waits for it any more.
///
/// Has no equal in OTP. Not for a server whose callers wait for it anyway: they are as many as they are, and a call brings its
/// own time limit.
///
/// @param messages how many, at least one
/// @param whenFull what happens then
/// @param patience how long a parked sender waits at most; null for as long as it takes
public record MailboxLimit(int messages, WhenFull whenFull, @Nullable Duration patience) {
    /// What becomes of a message that finds a mailbox full.
    public enum WhenFull {
        /// It is dropped; the sender goes on.
        DROP_NEWEST,
        /// The oldest one that counts is dropped for it.
        DROP_OLDEST,
        /// The sender gets a [MailboxFullException], and keeps what it wanted to hand over. So does a `cast`.
        REFUSE,
        /// The sender waits until there is room: first come, first served.
        PARK
    }

    public MailboxLimit {
        Objects.requireNonNull(whenFull, "whenFull");
        if (messages < 1) {
            throw new IllegalArgumentException(
                    "expected a mailbox to hold at least 1 message, got: " + messages);
        }
        if (patience != null && whenFull != WhenFull.PARK) {
            throw new IllegalArgumentException(
                    "expected no patience where nobody waits (" + whenFull + "), got: " + patience);
        }
        if (patience != null && (patience.isNegative() || patience.isZero())) {
            throw new IllegalArgumentException(
                    "expected a patience of more than zero, got: " + patience);
        }
    }

    /// A message that finds `messages` others is dropped.
    public static MailboxLimit dropNewest(int messages) {
        return new MailboxLimit(messages, WhenFull.DROP_NEWEST, null);
    }

    /// For a message that finds `messages` others the oldest of those is dropped: what is left are the latest news.
    public static MailboxLimit dropOldest(int messages) {
        return new MailboxLimit(messages, WhenFull.DROP_OLDEST, null);
    }

    /// Who sends a message that finds `messages` others gets a [MailboxFullException].
    public static MailboxLimit refuse(int messages) {
        return new MailboxLimit(messages, WhenFull.REFUSE, null);
    }

    /// Who sends a message that finds `messages` others waits until there is room. If that cannot be, since all those who
    /// would have to make room wait for each other, the one who closes the circle gets a [MailboxFullException] that names it;
    /// or, if there is a call in the circle that somebody else might answer, after five seconds.
    public static MailboxLimit park(int messages) {
        return new MailboxLimit(messages, WhenFull.PARK, null);
    }

    /// Who sends a message that finds `messages` others waits for room, for `patience` at most; then it gets a
    /// [MailboxFullException].
    public static MailboxLimit park(int messages, Duration patience) {
        return new MailboxLimit(messages, WhenFull.PARK, Objects.requireNonNull(patience));
    }

    @Override
    public String toString() {
        return messages
                + (messages == 1 ? " message, " : " messages, ")
                + whenFull
                + (patience == null ? "" : " for " + patience.toMillis() + " ms");
    }
}
