package dev.bureau.benchmarks.contest;

import static dev.bureau.benchmarks.contest.Row.row;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/// All rows, in the order of the table.
final class Rows {
    /// How the names of the rows of the Savina suite begin.
    static final String SAVINA = "savina_";

    // A goal is from the charter of the room: what is asked of Bureau beside that peer.
    private static final List<Row> OWN =
            List.of(
                    row("pingpong", "ns", "two receiving processes, a round trip", 300_000)
                            .beam(0.80)
                            .pekko(0.90)
                            .pekkoTyped(),
                    row(
                                    "pingpong_servers",
                                    "ns",
                                    "two GenServers casting to each other, a round trip",
                                    500_000)
                            .beam(0.20)
                            .pekko(0.30)
                            .pekkoTyped(),
                    row("pairs64_servers", "ns", "64 such pairs, a round trip", 640_000)
                            .beam(0.20)
                            .pekko(0.70)
                            .pekkoTyped(),
                    row("ring1000", "ns", "a hop in a ring of 1 000 processes", 500_000)
                            .beam(0.85)
                            .pekko(0.75)
                            .pekkoTyped(),
                    row("fan_in", "ns", "8 senders, 1 receiver, a message", 800_000)
                            .beam(0.15)
                            .pekko(0.30)
                            .pekkoTyped(),
                    row("call", "ns", "a process calls a GenServer", 200_000)
                            .beam(0.30)
                            .pekko(0.30)
                            .pekkoTyped(),
                    row("call_backlog", "ns", "the same, 1 000 000 unread messages", 1_000_000)
                            .beam(0.30),
                    row("spawn", "ns", "spawn, a message back, exit", 100_000)
                            .beam(0.30)
                            .pekko(0.15)
                            .pekkoTyped(),
                    row("spawn_monitor_exit", "ns", "spawn with a monitor, DOWN", 100_000)
                            .beam(0.40)
                            .pekko(0.20)
                            .pekkoTyped(),
                    row("link_tree", "ns", "one exit ends a linked tree, a process of it", 500_000)
                            .beam(0.80)
                            .ofMemory(),
                    row("skynet", "ns", "a tree of processes, a leaf", 1_000_000)
                            .beam(0.30)
                            .pekko(0.70)
                            .pekkoTyped(),
                    row("selective_10k", "ns", "match the last of 10 000 messages", 10_000)
                            .beam(1.0),
                    row("timers", "ns", "set and cancel a timer, all alive together", 1_000_000)
                            .beam(0.50)
                            .pekko(0.50),
                    row("restarts", "ns", "a child crashes, until it serves again", 100_000)
                            .beam(0.50)
                            .pekko(0.50)
                            .pekkoTyped(),
                    row("async_stream", "ns", "a tiny task of a bounded stream", 100_000)
                            .beam(0.40),
                    row("table_read", "ns", "2 processes read ETS or Table", 2_000_000).beam(0.50),
                    row("table_update", "ns", "2 processes update counters there", 2_000_000)
                            .beam(0.50),
                    row("bytes_process", "bytes", "memory of an idle process", 100_000)
                            .beam(0.40)
                            .ofMemory(),
                    row("bytes_server", "bytes", "memory of an idle GenServer", 100_000)
                            .beam(0.13)
                            .pekko(0.95)
                            .pekkoTyped()
                            .ofMemory(),
                    row("million", "ns", "start a process, all stay alive", 1_000_000)
                            .beam(0.50)
                            .ofMemory(),
                    row("million_bytes", "bytes", "memory of each of them", 1_000_000)
                            .beam(0.50)
                            .ofMemory(),
                    row("fairness", "us", "p99 lateness of a 10 ms ticker beside loops", 10_000)
                            .beam(0.02),
                    compute("compute", "the three below"),
                    compute("compute_nbody", "nbody, 400 000 steps"),
                    compute("compute_spectral", "spectral norm of order 300"),
                    compute("compute_json", "parse 5 MB of JSON"));

    private static final List<Row> SUITE =
            List.of(
                    savina("count", "1 000 000 messages to a counter", 1_000_000),
                    savina("fjthrput", "10 000 messages to each of 60", 10_000),
                    savina("fjcreate", "40 000 created", 40_000),
                    savina("threadring", "100 000 hops in a ring of 100", 100_000),
                    savina("chameneos", "200 000 meetings of 100", 200_000),
                    savina("big", "120, each 20 000 pings to random others", 20_000),
                    savina("concdict", "20 workers, 10 000 requests, 10 % writes", 10_000),
                    savina(
                            "bndbuffer",
                            "40 producers, 40 consumers, 1 000 items, buffer 50",
                            1_000),
                    savina("philosopher", "20 philosophers, 10 000 rounds", 10_000),
                    savina("barber", "5 000 haircuts, a room for 1 000", 5_000),
                    savina("logmap", "25 000 terms of 10 series", 25_000),
                    savina("banking", "50 000 transfers between 1 000 accounts", 50_000),
                    savina("uct", "a tree of 200 000 nodes", 200_000),
                    savina("fib", "fib(25), each call a process", 25));

    private static Row compute(String name, String what) {
        return row(name, "ms", what, 100).beam(0.20).pekko(1.05).ofOneSize();
    }

    private static Row savina(String name, String what, int size) {
        return row(SAVINA + name, "ms", what, size).pekko(1.10).ofOneSize();
    }

    private Rows() {}

    static List<Row> all() {
        return Stream.concat(OWN.stream(), SUITE.stream()).toList();
    }

    /// The rows that these names mean, all if there are none.
    ///
    /// @throws IllegalArgumentException if a name means none
    static List<Row> chosen(List<String> names) {
        var all = all();
        if (names.isEmpty()) return all;
        var chosen = new LinkedHashSet<Row>();
        for (var name : names) {
            var meant = all.stream().filter(row -> row.isMeantBy(name)).toList();
            if (meant.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected --only to name rows, as 'bureau bench' lists them, got: " + name);
            }
            chosen.addAll(meant);
        }
        return List.copyOf(chosen);
    }
}
