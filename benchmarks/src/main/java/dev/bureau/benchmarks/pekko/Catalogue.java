package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.compute.Computation;
import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.savina.Suite;
import org.apache.pekko.actor.ActorSystem;

/// Which row has which name.
final class Catalogue {
    private Catalogue() {}

    static Round row(ActorSystem system, String name, int size) {
        return switch (name) {
            case "pingpong", "pingpong_servers" -> new Pairs(system, 1, size);
            case "pairs64_servers" -> new Pairs(system, 64, size / 64);
            case "ring1000" -> new Ring(system, 1_000, size);
            case "fan_in" -> new FanIn(system, 8, size);
            case "call" -> new Asks(system, size);
            case "spawn" -> new Spawning(system, size, false);
            case "spawn_monitor_exit" -> new Spawning(system, size, true);
            case "skynet" -> new Skynet(system, size);
            case "timers" -> new Timers(system, size);
            case "restarts" -> new Restarts(system, size);
            case "bytes_server" -> new Memory(system, size);
            case "compute" -> new Computing(system, size, Computation.values());
            case "compute_nbody" -> new Computing(system, size, Computation.NBODY);
            case "compute_spectral" -> new Computing(system, size, Computation.SPECTRAL);
            case "compute_json" -> new Computing(system, size, Computation.JSON);
            default -> Suite.row(system, name, size);
        };
    }
}
