package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What came of starting a process: Erlang's `{ok, Pid} | {ok, Pid, Info} | ignore | {error, Reason}`.
///
/// By then the process is up and has initialised itself, or it is gone and its name is free (OTP G-01, G-06).
public sealed interface Start {
    /// It runs.
    ///
    /// @param info what its start function wants the caller of `Supervisor.startChild` to know, if anything
    record Started(Pid pid, @Nullable Object info) implements Start {
        public Started {
            Objects.requireNonNull(pid, "pid");
        }
    }

    /// It found that it is not needed, and has ended normally.
    record Ignored() implements Start {}

    /// Its name is taken, by this process.
    record AlreadyStarted(Pid pid) implements Start {}

    /// It failed.
    record Failed(ExitReason reason) implements Start {
        public Failed {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /// A running process.
    static Start started(Pid pid) {
        return new Started(pid, null);
    }

    /// A running process, with something to know about it.
    static Start started(Pid pid, Object info) {
        return new Started(pid, info);
    }

    /// A process that is not needed.
    static Start ignored() {
        return new Ignored();
    }

    /// A process that failed; `reason` is an [ExitReason] or any object.
    static Start failed(Object reason) {
        return new Failed(ExitReason.of(reason));
    }

    /// The process that runs.
    ///
    /// @throws StartException if none was started
    default Pid orThrow() {
        if (this instanceof Started(var pid, _)) return pid;
        throw new StartException(this);
    }
}
