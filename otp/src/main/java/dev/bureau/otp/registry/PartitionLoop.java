package dev.bureau.otp.registry;

import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.hibernate;
import static dev.bureau.kernel.Bureau.poll;
import static dev.bureau.kernel.Bureau.reply;
import static dev.bureau.kernel.Bureau.trapExits;

import dev.bureau.kernel.Exit;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalPid;
import java.util.Optional;

/// The process of a partition: takes the entries of the dead out and keeps locks. While it has nothing to do it has no
/// stack.
final class PartitionLoop {
    /// Answered when it hears of exits.
    record Ready(From<Boolean> from) {}

    private final Owners owners;
    private final Pid supervisor;
    private final Locks locks = new Locks();

    private PartitionLoop(Owners owners, Pid supervisor) {
        this.owners = owners;
        this.supervisor = supervisor;
    }

    static void run(Owners owners, Pid supervisor) {
        trapExits(true);
        new PartitionLoop(owners, supervisor).serve();
    }

    private void serve() {
        for (Optional<Object> next = poll(Object.class);
                next.isPresent();
                next = poll(Object.class)) {
            handle(next.get());
        }
        hibernate(this::serve);
    }

    private void handle(Object message) {
        switch (message) {
            case Exit(var from, var reason) when from.equals(supervisor) -> exit(reason);
            case Exit(var from, _) -> ended((LocalPid) from);
            case Ready(var from) -> reply(from, true);
            case Locks.Acquire wanted -> locks.acquire(wanted);
            case Locks.Release released -> locks.release(released);
            default -> {}
        }
    }

    /// An exit signal that a living process has sent by hand takes nothing away from it.
    private void ended(LocalPid pid) {
        if (pid.process() == null) {
            owners.removeAll(pid);
        }
    }
}
