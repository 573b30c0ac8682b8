package dev.bureau.otp.task;

import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.unlink;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SystemLimit;
import org.jspecify.annotations.Nullable;

/// Ends a task without feeling its end through the link.
///
/// Unlinked first, then told: else its exit signal could come back before the link is gone. Who is killed between the two
/// would leave behind a task that nobody has told; so a third process stands by.
public final class Dismissal {
    private Dismissal() {}

    private record Told() {}

    /// Lets go of a process and tells it to exit. Returns at once.
    public static void dismiss(Pid task, ExitReason reason) {
        Pid standby = standBy(self(), task, reason);
        unlink(task);
        exit(task, reason);
        if (standby != null) {
            send(standby, new Told());
        }
    }

    private static @Nullable Pid standBy(Pid caller, Pid task, ExitReason reason) {
        try {
            return spawn(() -> {
                monitor(caller);
                if (receive() instanceof Down) {
                    exit(task, reason);
                }
            });
        } catch (SystemLimit full) {
            // Ending processes is what helps then; better without a standby than not at all.
            return null;
        }
    }
}
