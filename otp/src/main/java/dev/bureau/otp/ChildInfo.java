package dev.bureau.otp;

import dev.bureau.kernel.Pid;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One child in the list of a supervisor: Erlang's `{Id, Child, Type, Modules}` (OTP S-20).
///
/// @param id what its spec calls it; null under a [DynamicSupervisor], whose children have none
/// @param status whether it runs
/// @param type what its spec says that it is
public record ChildInfo(@Nullable Object id, Status status, ChildSpec.Type type) {
    /// Whether a child runs.
    public sealed interface Status {
        /// It runs, as this process.
        record Running(Pid pid) implements Status {
            public Running {
                Objects.requireNonNull(pid, "pid");
            }
        }

        /// It has ended, was stopped, or was not needed when it was started.
        record Stopped() implements Status {}

        /// Its last start has failed, and it is about to be started again.
        record Restarting() implements Status {}
    }

    public ChildInfo {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(type, "type");
    }

    /// The process that it is, if it runs.
    public Optional<Pid> pid() {
        return status instanceof Status.Running(var pid) ? Optional.of(pid) : Optional.empty();
    }
}
