package dev.bureau.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every row runs and checks its own outcome, in a small size: not how fast.
class SmokeTest {
    private static Node node;

    @BeforeAll
    static void start() {
        BureauContestant.logNothing();
        node = Node.start();
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "pingpong, 1000",
        "pingpong_servers, 1000",
        "pairs64_servers, 6400",
        "ring1000, 3000",
        "fan_in, 8000",
        "call, 1000",
        "call_backlog, 1000",
        "spawn, 1000",
        "spawn_monitor_exit, 1000",
        "link_tree, 1000",
        "skynet, 1000",
        "selective_10k, 10000",
        "timers, 1000",
        "restarts, 100",
        "async_stream, 1000",
        "table_read, 20000",
        "table_update, 20000",
        "bytes_process, 10000",
        "bytes_server, 10000",
        "million, 10000",
        "million_bytes, 10000",
        "compute, 5",
        "compute_nbody, 5",
        "compute_spectral, 5",
        "compute_json, 5",
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
    void theRowRuns(String name, int size) {
        assertThat(BureauContestant.inProcess(node, Catalogue.row(name, size))).isPositive();
    }

    /// Its loops never end but by the kill that comes when they are woven; so there are none of them here.
    @Test
    void theTickerTicks() {
        assertThat(BureauContestant.inProcess(node, new Fairness(0))).isPositive();
    }

    @Test
    void aRoundThatFailsHasNoFigure() {
        Round failing = () -> Double.parseDouble("no number");
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> BureauContestant.inProcess(node, failing)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no number");
    }
}
