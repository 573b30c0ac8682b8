package dev.bureau.otp;

import dev.bureau.kernel.Pid;
import java.util.Objects;

/// What came of `Registry.register`: Elixir's `{:ok, pid} | {:error, {:already_registered, pid}}`.
public sealed interface Registration {
    /// The calling process is registered.
    ///
    /// @param partition the process of the registry that it is linked to now
    record Made(Pid partition) implements Registration {
        public Made {
            Objects.requireNonNull(partition, "partition");
        }
    }

    /// The key is unique, and taken.
    ///
    /// @param pid by this process, which may be the calling one
    record AlreadyRegistered(Pid pid) implements Registration {
        public AlreadyRegistered {
            Objects.requireNonNull(pid, "pid");
        }
    }

    /// The process of the registry that the calling one is linked to now.
    ///
    /// @throws IllegalStateException if the key was taken
    default Pid orThrow() {
        return switch (this) {
            case Made(var partition) -> partition;
            case AlreadyRegistered(var pid) ->
                    throw new IllegalStateException(
                            "expected a key that nobody has, it belongs to " + pid);
        };
    }
}
