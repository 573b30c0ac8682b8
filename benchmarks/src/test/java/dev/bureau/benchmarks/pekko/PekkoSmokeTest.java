package dev.bureau.benchmarks.pekko;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every row of Pekko's runs and checks its own outcome, in a small size.
class PekkoSmokeTest {
    private static ActorSystem system;

    @BeforeAll
    static void start() {
        system = PekkoContestant.system();
    }

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "pingpong, 1000",
        "pairs64_servers, 6400",
        "ring1000, 3000",
        "fan_in, 8000",
        "call, 1000",
        "spawn, 1000",
        "spawn_monitor_exit, 1000",
        "skynet, 1000",
        "timers, 1000",
        "restarts, 100",
        "bytes_server, 10000",
        "compute, 5",
        "savina_count, 1000",
        "savina_fjthrput, 100",
        "savina_fjcreate, 1000",
        "savina_threadring, 1000",
        "savina_chameneos, 1000",
        "savina_big, 100",
        "savina_concdict, 100",
        "savina_bndbuffer, 5",
        "savina_philosopher, 100",
        "savina_barber, 100",
        "savina_logmap, 100",
        "savina_banking, 1000",
        "savina_uct, 1000",
        "savina_fib, 10"
    })
    void theRowRuns(String name, int size) throws Exception {
        assertThat(Catalogue.row(system, name, size).run()).isPositive();
    }
}
