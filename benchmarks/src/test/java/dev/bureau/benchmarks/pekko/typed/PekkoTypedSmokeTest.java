package dev.bureau.benchmarks.pekko.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every row of Pekko's typed actors runs and checks its own outcome, in a small size.
class PekkoTypedSmokeTest {
    private static Guardian guardian;

    @BeforeAll
    static void start() {
        guardian = Guardian.start();
    }

    @AfterAll
    static void stop() throws Exception {
        guardian.system().terminate();
        guardian.system().getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "pingpong, 1000",
        "pingpong_servers, 1000",
        "pairs64_servers, 6400",
        "ring1000, 3000",
        "fan_in, 8000",
        "call, 1000",
        "spawn, 1000",
        "spawn_monitor_exit, 1000",
        "skynet, 1000",
        "restarts, 100",
        "bytes_server, 10000"
    })
    void theRowRuns(String name, int size) throws Exception {
        assertThat(Catalogue.row(guardian, name, size).run()).isPositive();
    }
}
