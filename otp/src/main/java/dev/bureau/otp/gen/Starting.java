package dev.bureau.otp.gen;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Tagged;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.Flushing;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.LocalRef;
import dev.bureau.kernel.process.Receiving;
import dev.bureau.kernel.process.Spawning;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Starting a process and waiting until it is up: `proc_lib:start` (OTP Y-01, G-01 to G-09).
///
/*
 * The parent holds a monitor on the child whose reference is an alias as well. The child answers through it when it is
 * up; when it is not, it ends, and the parent learns that by the monitor. What is not told by the end itself (that there
 * was nothing to do, that a name was taken, an error without an exit) the child says before it ends; the parent then
 * waits for the end, so that whoever tries again finds the name free.
 */
public final class Starting {
    private Starting() {}

    /// How the new process is bound to its parent.
    public enum Bond {
        NONE,
        LINK,
        MONITOR
    }

    /// What came of it; the monitor if one was asked for and the process is up.
    public record Outcome(Start start, @Nullable Ref monitor) {}

    /// Starts a behaviour. `loop` makes it, in the new process; what it captures is isolated.
    public static Outcome start(LoopMaker loop, StartOptions options, Bond bond) {
        LocalProcess parent = Loop.process();
        SpawnOptions spawning = options.spawning();
        Spawning.Started child =
                Spawning.spawnAnswering(
                        parent,
                        answer ->
                                new Entry(
                                        loop,
                                        options,
                                        bond == Bond.LINK ? parent.pid() : null,
                                        Ancestry.ofChildOf(parent),
                                        answer),
                        bond == Bond.LINK ? spawning.link() : spawning);
        LocalRef monitor = Objects.requireNonNull(child.monitor());
        return await(parent, child.pid(), monitor, options.limit(), bond);
    }

    private static Outcome await(
            LocalProcess parent,
            LocalPid child,
            LocalRef monitor,
            @Nullable Duration limit,
            Bond bond) {
        Tagged first = await(parent, monitor, limit);
        if (first instanceof Reply(_, Start.Started up)) {
            Bureau.unalias(monitor);
            if (bond == Bond.MONITOR) return new Outcome(up, monitor);
            Bureau.demonitorFlush(monitor);
            return new Outcome(up, null);
        }
        if (first == null) {
            // The caller learns it by what start returns, and does not go down with it.
            Bureau.unlink(child);
            Bureau.exit(child, ExitReason.KILL);
        }
        Down down =
                first instanceof Down already
                        ? already
                        : Receiving.take(parent, Down.class, null, monitor, null);
        Bureau.unalias(monitor);
        // It may have answered at the last moment.
        Reply late = Receiving.take(parent, Reply.class, null, monitor, Duration.ZERO);
        if (bond == Bond.LINK) forgetExit(parent, child, monitor);
        if (first == null) return new Outcome(Start.failed(ExitReason.TIMEOUT), null);
        Reply said = first instanceof Reply reply ? reply : late;
        Start start =
                said != null && said.value() instanceof Start outcome
                        ? outcome
                        : Start.failed(Objects.requireNonNull(down).reason());
        return new Outcome(start, null);
    }

    private static @Nullable Tagged await(
            LocalProcess parent, LocalRef monitor, @Nullable Duration limit) {
        Calling.waits(parent, monitor);
        try {
            return Receiving.take(parent, Tagged.class, null, monitor, limit);
        } finally {
            Calling.waits(parent, null);
        }
    }

    /// A trapping parent is told by what start returns, not twice (OTP G-05).
    private static void forgetExit(LocalProcess parent, LocalPid child, LocalRef monitor) {
        Bureau.unlink(child);
        Flushing.exit(parent, child, monitor);
    }
}
