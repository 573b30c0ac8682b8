package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The lock of a process's signals.
class ReceptionLockTest {
    /// Who only gives way keeps its core from all whom the system runs after it: also from who holds the lock.
    @Test
    void aThreadThatWaitsForItLongSleeps() throws Exception {
        Node node = Node.start();
        try (Guest _ = node.guest()) {
            LocalProcess process = ((LocalPid) spawn(() -> receive(String.class))).process();
            process.lock();
            Thread waiting =
                    Thread.ofPlatform()
                            .start(() -> {
                                process.lock();
                                process.unlock();
                            });
            long begin = System.nanoTime();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
            }
            process.unlock();
            waiting.join();
        } finally {
            node.stop();
        }
    }
}
