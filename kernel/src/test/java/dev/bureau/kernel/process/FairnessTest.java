package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.info;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.poll;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Who waits is served before who burns.
class FairnessTest {
    private static final long[] LATE = new long[21];
    private static final int[] UNREAD = new int[1_600];
    private static final int[] SLOWLY_READ = new int[320];

    @Test
    void aSleeperIsNotKeptWaitingByOneThatNeverWaits() {
        try (Node node = Node.start(Node.options().schedulers(1))) {
            node.run(() -> {
                spawn(FairnessTest::pollForEver);
                for (int i = 0; i < LATE.length; i++) {
                    long before = System.nanoTime();
                    sleep(ofMillis(1));
                    LATE[i] = System.nanoTime() - before;
                }
            });
        }
        Arrays.sort(LATE);
        // It was 117 ms: 61 slices.
        assertThat(TimeUnit.NANOSECONDS.toMillis(LATE[LATE.length / 2])).isLessThan(50);
    }

    /// Eight that send have eight of nine turns.
    @Test
    void whoSendsMoreThanIsReadGivesWayToWhoReads() {
        int senders = 8;
        int each = 200_000;
        try (Node node = Node.start(Node.options().schedulers(1))) {
            node.run(() -> {
                Pid reader = self();
                for (int i = 0; i < senders; i++) {
                    spawn(() -> {
                        for (int sent = 0; sent < each; sent++) send(reader, sent);
                    });
                }
                for (int read = 0; read < senders * each; read++) {
                    receive(Integer.class);
                    if (read % 1_000 == 0) {
                        UNREAD[read / 1_000] = info(reader).orElseThrow().messageQueueLength();
                    }
                }
            });
        }
        Arrays.sort(UNREAD);
        // It was half of all.
        assertThat(UNREAD[UNREAD.length / 2]).isLessThan(50_000);
    }

    /// To read takes longer than to send: as many turns as the eight get would not be enough for it.
    @Test
    void whoTakesHisTimeOverEachMessageIsNotBuried() {
        int senders = 8;
        int each = 40_000;
        try (Node node = Node.start(Node.options().schedulers(1))) {
            node.run(() -> {
                Pid reader = self();
                for (int i = 0; i < senders; i++) {
                    spawn(() -> {
                        for (int sent = 0; sent < each; sent++) send(reader, sent);
                    });
                }
                for (int read = 0; read < senders * each; read++) {
                    receive(Integer.class);
                    long begin = System.nanoTime();
                    while (System.nanoTime() - begin < 2_000) {
                        Thread.onSpinWait();
                    }
                    if (read % 1_000 == 0) {
                        SLOWLY_READ[read / 1_000] = info(reader).orElseThrow().messageQueueLength();
                    }
                }
            });
        }
        Arrays.sort(SLOWLY_READ);
        assertThat(SLOWLY_READ[SLOWLY_READ.length / 2]).isLessThan(20_000);
    }

    private static void pollForEver() {
        while (true) {
            poll(String.class);
        }
    }
}
