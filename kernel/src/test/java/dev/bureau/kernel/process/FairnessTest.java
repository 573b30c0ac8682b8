package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.poll;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Node;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Who waits is served before who burns.
class FairnessTest {
    private static final long[] LATE = new long[21];

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

    private static void pollForEver() {
        while (true) {
            poll(String.class);
        }
    }
}
