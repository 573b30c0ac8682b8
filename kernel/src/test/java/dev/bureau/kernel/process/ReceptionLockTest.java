package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The lock of a process's signals.
class ReceptionLockTest {
    private static final long HELD_NANOS = 300_000_000;

    /// Who only gives way keeps its core from all whom the system runs less than it: also from who holds the lock.
    @Test
    void aThreadThatWaitsForItLongSleeps() throws Exception {
        Node node = Node.start();
        try (Guest _ = node.guest()) {
            LocalProcess process = ((LocalPid) spawn(() -> receive(String.class))).process();
            AtomicLong cpu = new AtomicLong();
            process.lock();
            Thread waiting =
                    Thread.ofPlatform()
                            .start(() -> {
                                process.lock();
                                process.unlock();
                                cpu.set(
                                        ManagementFactory.getThreadMXBean()
                                                .getCurrentThreadCpuTime());
                            });
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < HELD_NANOS) {
                Thread.onSpinWait();
            }
            process.unlock();
            waiting.join();
            // As much as 4 000 times asleep for 70 microseconds take.
            assertThat(cpu.get()).isLessThan(HELD_NANOS / 2);
        } finally {
            node.stop();
        }
    }
}
