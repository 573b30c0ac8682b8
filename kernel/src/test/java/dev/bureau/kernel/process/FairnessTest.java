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
    private static final int SENDERS = 8;

    // Fields, since what a process captures is a copy.
    private static final int[] UNREAD = new int[1_600];

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
        // It was half of all.
        assertThat(mostlyUnread(200_000, 0)).isLessThan(50_000);
    }

    /// To read takes longer than to send: as many turns as the eight get would not be enough for it.
    @Test
    void whoTakesHisTimeOverEachMessageIsNotBuried() {
        // It was half of all.
        assertThat(mostlyUnread(40_000, 2_000)).isLessThan(20_000);
    }

    /// How many lie unread, in the median, while eight send to one who takes `nanos` over each.
    private static int mostlyUnread(int each, long nanos) {
        int all = SENDERS * each;
        try (Node node = Node.start(Node.options().schedulers(1))) {
            node.run(() -> {
                Pid reader = self();
                for (int i = 0; i < SENDERS; i++) {
                    spawn(() -> {
                        for (int sent = 0; sent < each; sent++) send(reader, sent);
                    });
                }
                for (int read = 0; read < all; read++) {
                    receive(Integer.class);
                    long begin = System.nanoTime();
                    while (System.nanoTime() - begin < nanos) {
                        Thread.onSpinWait();
                    }
                    if (read % (all / UNREAD.length) == 0) {
                        UNREAD[read / (all / UNREAD.length)] =
                                info(reader).orElseThrow().messageQueueLength();
                    }
                }
            });
        }
        Arrays.sort(UNREAD);
        return UNREAD[UNREAD.length / 2];
    }

    private static void pollForEver() {
        while (true) {
            poll(String.class);
        }
    }
}
