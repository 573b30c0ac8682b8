package dev.bureau.kernel.process;

import dev.bureau.scheduler.Load;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the carriers of a node are doing and what waits for them, one moment's view; for those who look on.
///
/// @param nanoTime when that was
/// @param carriers none where the JDK schedules
/// @param outside what was made ready by timers, devices and threads outside, and waits for any carrier
/// @param overflow what did not fit into the queue of a lane
/// @param background who has used up a slice
/// @param low who has low priority, @param high high, @param max the highest
/// @param spares how many carriers there are beyond one a lane
public record Carriers(
        long nanoTime,
        List<Carrier> carriers,
        int outside,
        int overflow,
        int background,
        int low,
        int high,
        int max,
        int spares) {
    /// What a carrier is there for.
    public enum Duty {
        /// It serves a lane.
        LANE,
        /// Its lane was given to another, since it did not come back; what it runs has it to itself.
        AWAY,
        /// It waits for a lane.
        SPARE
    }

    /// One carrier.
    ///
    /// @param lane the number of its lane; -1 if it has none
    /// @param running the process that it runs
    /// @param pinned whether that waits and keeps the carrier, since it cannot leave its thread
    /// @param busyNanos for how long its lane has been at work, sampled by the clock
    /// @param queued how many processes wait in the queue of its lane
    /// @param awayNanos for how long its lane has been another's
    public record Carrier(
            String thread,
            Duty duty,
            int lane,
            boolean asleep,
            @Nullable LocalPid running,
            boolean pinned,
            long busyNanos,
            int turns,
            int slices,
            int queued,
            long awayNanos) {}

    /// Those of a node.
    public static Carriers of(LocalNode node) {
        Load load = node.scheduler().load();
        return new Carriers(
                System.nanoTime(),
                load.carriers().stream().map(Carriers::carrier).toList(),
                load.outside(),
                load.overflow(),
                load.background(),
                load.low(),
                load.high(),
                load.max(),
                load.spares());
    }

    private static Carrier carrier(Load.OfCarrier known) {
        LocalProcess process = known.fiber() instanceof LocalProcess found ? found : null;
        Duty duty = known.lane() >= 0 ? Duty.LANE : known.fiber() != null ? Duty.AWAY : Duty.SPARE;
        return new Carrier(
                known.thread(),
                duty,
                known.lane(),
                known.asleep(),
                process == null ? null : process.pid(),
                process != null && process.isWaiting() && process.isMounted(),
                known.busyNanos(),
                known.turns(),
                known.slices(),
                known.queued(),
                known.awayNanos());
    }
}
