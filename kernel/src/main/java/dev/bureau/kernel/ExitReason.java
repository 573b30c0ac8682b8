package dev.bureau.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a process ended.
///
/// `NORMAL`, `SHUTDOWN` and `ShutdownWith` are the reasons of an orderly end: nothing is logged for them. `KILL` cannot
/// be trapped; the processes that are told of such an end see `KILLED` (OTP X-08). An uncaught exception is a
/// [Crash]. Any object may be a reason of its own: `exit("out of paper")` ends with [Custom].
///
/// Reasons travel in exit signals and in [Exit] and [Down] messages, and are printed by [#format(ExitReason)] alone.
public sealed interface ExitReason {
    /// The work is done.
    ExitReason NORMAL = new Normal();

    /// Told to stop, in order.
    ExitReason SHUTDOWN = new Shutdown();

    /// Ends a process that does not listen; only for sending.
    ExitReason KILL = new Kill();

    /// What others see of a process that was ended by `KILL`.
    ExitReason KILLED = new Killed();

    /// There is no such process.
    ExitReason NOPROC = new NoProc();

    /// The node of the process cannot be reached.
    ExitReason NOCONNECTION = new NoConnection();

    /// The answer did not come in time.
    ExitReason TIMEOUT = new TimedOut();

    /// See [#NORMAL].
    record Normal() implements ExitReason {}

    /// See [#SHUTDOWN].
    record Shutdown() implements ExitReason {}

    /// Told to stop, in order, with a detail for those who are told.
    record ShutdownWith(Object detail) implements ExitReason {
        public ShutdownWith {
            Objects.requireNonNull(detail, "detail");
        }
    }

    /// See [#KILL].
    record Kill() implements ExitReason {}

    /// See [#KILLED].
    record Killed() implements ExitReason {}

    /// See [#NOPROC].
    record NoProc() implements ExitReason {}

    /// See [#NOCONNECTION].
    record NoConnection() implements ExitReason {}

    /// See [#TIMEOUT].
    record TimedOut() implements ExitReason {}

    /// There was no room for a request in the mailbox of the server: it was dropped or refused, or has waited for room in vain.
    record MailboxFull(Pid process, MailboxLimit limit) implements ExitReason {
        public MailboxFull {
            Objects.requireNonNull(process, "process");
            Objects.requireNonNull(limit, "limit");
        }
    }

    /// A process called itself and would have waited for ever.
    record CallingSelf() implements ExitReason {}

    /// The answer did not come in time, since the one that was to give it waits itself, in the end for a process that waits
    /// for it. OTP says [#TIMEOUT] here. The same for room in a mailbox that has a limit.
    ///
    /// @param waiting who waits for whom when the time was over; the last waits for one of those before
    record CallCycle(List<Waiting> waiting) implements ExitReason {
        public CallCycle {
            waiting = List.copyOf(waiting);
        }

        /// A process that waits for another.
        ///
        /// @param called whom it has called, as it did: by pid or name
        /// @param server the process that this is
        /// @param parked whether it waits for room in that one's mailbox, and not for an answer
        public record Waiting(Pid caller, Destination called, Pid server, boolean parked) {
            /// One that waits for an answer.
            public Waiting(Pid caller, Destination called, Pid server) {
                this(caller, called, server, false);
            }
        }
    }

    /// An exception that nobody caught: Erlang's `{Reason, Stack}`.
    record Crash(Throwable error) implements ExitReason {
        public Crash {
            Objects.requireNonNull(error, "error");
        }
    }

    /// A call that failed: Erlang's `{Reason, {gen_server, call, [Server, Request, Timeout]}}`, and whose call it was.
    ///
    /// The request is whole in it and in its text, whatever the server lets be seen of its messages in reports: as in OTP, who
    /// calls knows nothing of the callbacks of who is called. For what no log should show, override the `toString` of the
    /// request.
    ///
    /// @param timeout null if there was none
    record CallFailed(
            ExitReason reason,
            Destination server,
            Object request,
            @Nullable Duration timeout,
            Pid caller)
            implements ExitReason {}

    /// Any other object.
    record Custom(Object term) implements ExitReason {
        public Custom {
            Objects.requireNonNull(term, "term");
        }
    }

    /// The reason that `term` stands for: itself if it is one, a crash for an exception, else [Custom].
    static ExitReason of(Object term) {
        return switch (term) {
            case ExitReason reason -> reason;
            case ExitException exit -> exit.reason();
            case Throwable error -> new Crash(error);
            default -> new Custom(term);
        };
    }

    /// Whether this is an orderly end: normal, or told to shut down.
    static boolean isOrderly(ExitReason reason) {
        return reason instanceof Normal
                || reason instanceof Shutdown
                || reason instanceof ShutdownWith;
    }

    /// The text of a reason, for logs, messages and the shell; nested reasons become an indented tree.
    static String format(ExitReason reason) {
        return ReasonFormat.format(reason);
    }
}
