package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;

/// Which row has which name.
final class Catalogue {
    private Catalogue() {}

    static Round row(Guardian guardian, String name, int size) {
        return switch (name) {
            case "pingpong", "pingpong_servers" -> new Pairs(guardian, 1, size);
            case "pairs64_servers" -> new Pairs(guardian, 64, size / 64);
            case "ring1000" -> new Ring(guardian, 1_000, size);
            case "fan_in" -> new FanIn(guardian, 8, size);
            case "call" -> new Asks(guardian, size);
            case "spawn" -> new Spawning(guardian, size, false);
            case "spawn_monitor_exit" -> new Spawning(guardian, size, true);
            case "skynet" -> new Skynet(guardian, size);
            case "restarts" -> new Restarts(guardian, size);
            case "bytes_server" -> new Memory(guardian, size);
            default -> throw new IllegalArgumentException("expected a row, got: " + name);
        };
    }
}
