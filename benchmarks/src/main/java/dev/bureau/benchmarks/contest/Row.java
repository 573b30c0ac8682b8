package dev.bureau.benchmarks.contest;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// A row of the table: work that has a size, how many processes or messages there are, and of which is measured what one
/// operation costs. Less is better in all of them.
///
/// @param name by which it is asked for, and by which contestants know what to do
/// @param unit of what is measured: ns, us, ms or bytes
/// @param what the work is, and of what that is the cost
/// @param size in the full table
/// @param peers who else takes part, and how much of its cost Bureau's may be; NaN if that is open
/// @param growing whether it has sense in other sizes than this one
/// @param memory whether it fills the memory: contestants in Java then have the young generation that the JVM gives them
record Row(
        String name,
        String unit,
        String what,
        int size,
        Map<Contestant, Double> peers,
        boolean growing,
        boolean memory) {
    Row {
        peers = Map.copyOf(peers);
    }

    static Row row(String name, String unit, String what, int size) {
        return new Row(name, unit, what, size, Map.of(), true, false);
    }

    Row beam(double goal) {
        return with(Contestant.BEAM, goal);
    }

    Row pekko(double goal) {
        return with(Contestant.PEKKO, goal);
    }

    /// Pekko's typed actors, beside which nothing is asked of Bureau.
    Row pekkoTyped() {
        return with(Contestant.PEKKO_TYPED, Double.NaN);
    }

    private Row with(Contestant peer, double goal) {
        var more = new EnumMap<Contestant, Double>(Contestant.class);
        more.putAll(peers);
        more.put(peer, goal);
        return new Row(name, unit, what, size, more, growing, memory);
    }

    Row ofOneSize() {
        return new Row(name, unit, what, size, peers, false, memory);
    }

    Row ofMemory() {
        return new Row(name, unit, what, size, peers, growing, true);
    }

    /// Whether a contestant takes part.
    boolean has(Contestant contestant) {
        return contestant == Contestant.BUREAU || peers.containsKey(contestant);
    }

    /// How much of a peer's cost Bureau's may be, if that was said.
    OptionalDouble goal(Contestant peer) {
        double goal = peers.getOrDefault(peer, Double.NaN);
        return Double.isNaN(goal) ? OptionalDouble.empty() : OptionalDouble.of(goal);
    }

    /// Whether somebody who asks for `wanted` means this row: by its name, or by that of its family.
    boolean isMeantBy(String wanted) {
        return name.equals(wanted) || (family().equals(wanted) && !family().isEmpty());
    }

    /// The part of its name that it shares with others of its kind; empty if there are none.
    private String family() {
        return name.startsWith(Rows.SAVINA) ? "savina" : "";
    }
}
