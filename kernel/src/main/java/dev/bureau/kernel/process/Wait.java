package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import org.jspecify.annotations.Nullable;

/// What a process waits for from another, one and no other: its answer, or room in its mailbox.
///
/// Each is an object of its own, so who is seen to wait for the same one twice has waited for it all the time between.
interface Wait {
    /// Who waits.
    LocalPid caller();

    /// For whom, as it was called.
    Destination called();

    /// The process that this is; null when there was none.
    @Nullable LocalPid server();

    /// Whether that may still be so: the waiting process itself may not have seen yet that it is over.
    boolean lasts();
}
