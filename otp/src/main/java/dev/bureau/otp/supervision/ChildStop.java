package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.Linking;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.otp.ChildSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stops children, one after the other, as their specs say (OTP S-17, S-18). One object for one occasion.
///
/*
 * A child is waited for by a monitor, since one that has unlinked itself sends no exit. It stays linked, so that it is
 * not left behind if the supervisor is killed meanwhile. Its Exit then stays in the mailbox; the supervisor finds nobody
 * of that pid among its children and ignores it.
 *
 * One that had ended before tells why by its Exit alone. Those in the mailbox are looked at once for all, not for each:
 * with a hundred thousand children that have crashed together that would not come to an end.
 */
final class ChildStop {
    private final Map<Pid, ExitReason> exits = new HashMap<>();

    /// Stops one that runs; why it ended, if that is not as it should have.
    @Nullable ExitReason stop(ChildSpec spec, Pid pid) {
        Ref monitor = Bureau.monitor(pid);
        Bureau.exit(pid, first(spec));
        ExitReason reason = await(monitor, pid, spec.shutdown()).reason();
        if (reason.equals(ExitReason.NOPROC)) reason = before(pid);
        return isExpected(spec, reason) ? null : reason;
    }

    /// What a child is told at first.
    static ExitReason first(ChildSpec spec) {
        return spec.shutdown() instanceof ChildSpec.Shutdown.BrutalKill
                ? ExitReason.KILL
                : ExitReason.SHUTDOWN;
    }

    private static Down await(Ref monitor, Pid pid, ChildSpec.Shutdown how) {
        if (how instanceof ChildSpec.Shutdown.Within(var limit)) {
            Optional<Down> down = within(monitor, limit);
            if (down.isPresent()) return down.get();
            Bureau.exit(pid, ExitReason.KILL);
        }
        return Bureau.receive(monitor, Down.class);
    }

    private static Optional<Down> within(Ref monitor, Duration limit) {
        try {
            return Optional.of(Bureau.receive(monitor, Down.class, limit));
        } catch (dev.bureau.kernel.ReceiveTimeout late) {
            return Optional.empty();
        }
    }

    /// Why a child ended that had ended before it was told to.
    private ExitReason before(Pid pid) {
        ExitReason known = exits.get(pid);
        if (known != null) return known;
        if (isLinked(pid)) {
            return Bureau.receive(Exit.class, exit -> exit.from().equals(pid)).reason();
        }
        // Looks at all and takes none: the supervisor is to find them as they came.
        Bureau.poll(
                Exit.class,
                exit -> {
                    exits.putIfAbsent(exit.from(), exit.reason());
                    return false;
                });
        return exits.getOrDefault(pid, ExitReason.NOPROC);
    }

    /// Whether the exit of a process that has ended is still to come.
    static boolean isLinked(Pid pid) {
        return Linking.isLinked(Current.process(), (LocalPid) pid);
    }

    /// Whether a child that was told to stop may end so.
    static boolean isExpected(ChildSpec spec, ExitReason reason) {
        ExitReason wanted =
                spec.shutdown() instanceof ChildSpec.Shutdown.BrutalKill
                        ? ExitReason.KILLED
                        : ExitReason.SHUTDOWN;
        return reason.equals(wanted)
                || (spec.restart() != ChildSpec.Restart.PERMANENT && ExitReason.isOrderly(reason));
    }
}
