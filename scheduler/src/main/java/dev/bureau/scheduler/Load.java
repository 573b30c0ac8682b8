package dev.bureau.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the carriers of a scheduler are doing and what waits for them; a moment's view, for those who look on.
///
/// @param carriers all that there are: those on duty in the order of their lanes, then the others
/// @param outside ready work that came from outside
/// @param overflow ready work that its lane had no room for
/// @param background who has used up a slice
/// @param low ready work of low priority
/// @param high ready work of high priority
/// @param max ready work of the highest priority
/// @param spares how many carriers there are beyond one a lane
public record Load(
        List<OfCarrier> carriers,
        int outside,
        int overflow,
        int background,
        int low,
        int high,
        int max,
        int spares) {
    /// Where there are no carriers of our own.
    static final Load UNKNOWN = new Load(List.of(), 0, 0, 0, 0, 0, 0, 0);

    /// One carrier.
    ///
    /// @param lane the number of the lane that it serves; -1 if it has none
    /// @param asleep whether it has nothing to do
    /// @param fiber what it runs
    /// @param busyNanos for how long its lane has had something to run, as the clock has sampled it
    /// @param turns how often it has begun to run something; wraps around
    /// @param slices how many slices it has begun; wraps around
    /// @param queued how many wait in the queue and the slot of its lane
    /// @param awayNanos for how long its lane has been another's while it runs something
    public record OfCarrier(
            String thread,
            int lane,
            boolean asleep,
            @Nullable Fiber fiber,
            long busyNanos,
            int turns,
            int slices,
            int queued,
            long awayNanos) {}
}
