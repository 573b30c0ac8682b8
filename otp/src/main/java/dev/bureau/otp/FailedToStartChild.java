package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import java.util.Objects;

/// Why a supervisor did not come up: a child of it did not. The detail of its reason, which is
/// [ExitReason.ShutdownWith]: Erlang's `{shutdown, {failed_to_start_child, Id, Reason}}` (OTP S-06).
///
/// @param id the child's
/// @param reason why that did not start
public record FailedToStartChild(Object id, ExitReason reason) {
    public FailedToStartChild {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
        return "failed to start child " + id + "\n** (exit) " + ExitReason.format(reason);
    }
}
