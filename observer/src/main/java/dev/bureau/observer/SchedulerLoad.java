package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How busy the schedulers are, and what waits for them.
///
/// ```java
/// IO.println(Observer.of(node()).schedulers());
/// ```
///
/// @param window how long it was looked
/// @param schedulers how many processes can run at the same time
/// @param carriers those on duty first; none where the JDK schedules, which does not tell
/// @param waiting who waits for any of them
/// @param spares how many carriers there are beyond one a lane
public record SchedulerLoad(
        Duration window, int schedulers, List<Carrier> carriers, Waiting waiting, int spares) {
    public SchedulerLoad {
        carriers = List.copyOf(carriers);
    }

    /// What a carrier is there for.
    public enum Duty {
        /// It serves one of the schedulers' lanes.
        LANE,
        /// Its lane was given to a spare since it did not come back: it has what it runs to itself, and the system shares the
        /// cores among all of them.
        AWAY,
        /// It waits to be needed.
        SPARE
    }

    /// A thread that runs processes.
    ///
    /// @param lane the number of its lane; -1 if it has none
    /// @param utilisation for what part of the window its lane had something to run, sampled each millisecond
    /// @param slicesPerSecond how often it has begun a slice
    /// @param queued how many processes wait for its lane alone
    /// @param asleep whether it has nothing to do
    /// @param running the process that it runs
    /// @param who what to call that
    /// @param pinned whether that process waits and keeps the carrier, since there is native code on its stack
    /// @param away for how long it has had no lane while it runs something
    public record Carrier(
            String thread,
            Duty duty,
            int lane,
            double utilisation,
            double slicesPerSecond,
            int queued,
            boolean asleep,
            Optional<Pid> running,
            Optional<String> who,
            boolean pinned,
            Duration away) {}

    /// Who waits for any carrier.
    ///
    /// @param foreground who has waited for something and is to go on
    /// @param background who has used up a slice, and goes behind
    /// @param low who has low priority
    /// @param high who has high priority
    /// @param max who has the highest
    public record Waiting(int foreground, int background, int low, int high, int max) {}

    /// For what part of the window the lanes had something to run, on average.
    public double utilisation() {
        return carriers.stream()
                .filter(carrier -> carrier.duty == Duty.LANE)
                .mapToDouble(Carrier::utilisation)
                .average()
                .orElse(0);
    }

    /// How many processes wait for a carrier.
    public int runQueue() {
        int lanes = carriers.stream().mapToInt(Carrier::queued).sum();
        return lanes
                + waiting.foreground
                + waiting.background
                + waiting.low
                + waiting.high
                + waiting.max;
    }

    private String doing(Carrier carrier) {
        if (carrier.running.isPresent()) {
            String what = carrier.running.get() + carrier.who.map(who -> " " + who).orElse("");
            return carrier.pinned ? what + ", which waits and keeps it" : what;
        }
        return carrier.asleep || carrier.duty == Duty.SPARE ? "sleeps" : "looks for work";
    }

    /// A line on all, then one for each carrier.
    @Override
    public String toString() {
        if (carriers.isEmpty()) {
            return "the JDK schedules, and does not tell what its carriers do";
        }
        TextTable table =
                new TextTable()
                        .text("carrier")
                        .text("duty")
                        .number("used")
                        .number("slices/s")
                        .number("queue")
                        .number("away")
                        .text("runs");
        for (Carrier each : carriers) {
            table.row(
                    each.thread,
                    each.duty == Duty.LANE
                            ? "lane " + each.lane
                            : each.duty.name().toLowerCase(java.util.Locale.ROOT),
                    each.duty == Duty.LANE ? Figures.percent(each.utilisation) : "-",
                    Figures.rate(each.slicesPerSecond),
                    each.queued,
                    each.away.isZero() ? "-" : Figures.time(each.away),
                    doing(each));
        }
        return String.format(
                        java.util.Locale.ROOT,
                        "%d schedulers %s used in %s, run queue %d: %d foreground, %d background, %d low, %d high, %d max; %d spares",
                        schedulers,
                        Figures.percent(utilisation()),
                        Figures.time(window),
                        runQueue(),
                        waiting.foreground,
                        waiting.background,
                        waiting.low,
                        waiting.high,
                        waiting.max,
                        spares)
                + "\n"
                + table;
    }
}
