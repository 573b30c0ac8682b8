package dev.bureau.benchmarks.rows;

import static dev.bureau.benchmarks.rows.Memory.Kind.PROCESS;
import static dev.bureau.benchmarks.rows.Memory.Kind.SERVER;
import static dev.bureau.benchmarks.rows.Memory.Measure.BYTES;
import static dev.bureau.benchmarks.rows.Memory.Measure.TIME;

import dev.bureau.benchmarks.compute.Computation;
import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.savina.Suite;

/// Which row has which name.
final class Catalogue {
    private Catalogue() {}

    static Round row(String name, int size) {
        return switch (name) {
            case "pingpong" -> new PingPong(size);
            case "pingpong_servers" -> new ServerPairs(1, size);
            case "pairs64_servers" -> new ServerPairs(64, size / 64);
            case "ring1000" -> new Ring(1_000, size);
            case "fan_in" -> new FanIn(8, size);
            case "call" -> new Calls(size, 0);
            case "call_backlog" -> new Calls(500_000, size);
            case "spawn" -> new Spawning(size, false);
            case "spawn_monitor_exit" -> new Spawning(size, true);
            case "link_tree" -> new LinkTree(size);
            case "skynet" -> new Skynet(size);
            case "selective_10k" -> new Selective(size);
            case "timers" -> new Timers(size);
            case "restarts" -> new Restarts(size);
            case "async_stream" -> new Tasks(size);
            case "table_read" -> new Tables(size, false);
            case "table_update" -> new Tables(size, true);
            case "bytes_process" -> new Memory(size, PROCESS, BYTES);
            case "bytes_server" -> new Memory(size, SERVER, BYTES);
            case "million" -> new Memory(size, PROCESS, TIME);
            case "million_bytes" -> new Memory(size, PROCESS, BYTES);
            case "fairness" -> new Fairness(size);
            case "compute" -> new Computing(size, Computation.values());
            case "compute_nbody" -> new Computing(size, Computation.NBODY);
            case "compute_spectral" -> new Computing(size, Computation.SPECTRAL);
            case "compute_json" -> new Computing(size, Computation.JSON);
            default -> Suite.row(name, size);
        };
    }
}
