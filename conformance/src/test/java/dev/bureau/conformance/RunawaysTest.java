package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Runaway;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/// What is known, and logged, of processes whose code does not stop.
@Otp("X-06")
class RunawaysTest {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Semaphore BLOCKED = new Semaphore(0);
    private static final Semaphore CLEANED = new Semaphore(0);

    @Scenario(simulated = false, runs = 1)
    void manyAreListedAtOnceAndToldOfInOneLineLater() throws Exception {
        LOCK.lock();
        try {
            List<Spawned> victims = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                victims.add(spawnMonitor(RunawaysTest::takeLock));
            }
            eventually(() -> LOCK.getQueueLength() == 20);
            List<String> logged =
                    captureLogUntil(
                            line -> line.contains("code does not stop"),
                            () -> {
                                for (Spawned victim : victims) exit(victim.pid(), KILL);
                                for (Spawned victim : victims) awaitDown(victim.monitor());
                                assertThat(node().runaways())
                                        .hasSize(20)
                                        .extracting(Runaway::stack)
                                        .allSatisfy(stack -> assertThat(stack).isNotEmpty());
                            });
            assertThat(logged)
                    .singleElement()
                    .asString()
                    .containsPattern("^#PID<[^>]+> and 19 others: told to exit, code does not stop")
                    .contains("Exit reason: killed");
        } finally {
            LOCK.unlock();
        }
        eventually(() -> node().runaways().isEmpty());
    }

    @Scenario(simulated = false, runs = 5)
    void whoHearsTheInterruptMayCleanUpBeforeTheOthersAreTold() throws Exception {
        CLEANED.drainPermits();
        List<String> logged =
                captureLog(() -> {
                    Spawned victim = spawnMonitor(RunawaysTest::cleanUpWhenInterrupted);
                    eventually(() -> BLOCKED.hasQueuedThreads());
                    exit(victim.pid(), KILL);
                    assertThat(awaitDown(victim.monitor())).isEqualTo(KILLED);
                    assertThat(CLEANED.tryAcquire()).isTrue();
                });
        assertThat(logged).isEmpty();
    }

    private static void takeLock() {
        LOCK.lock();
        LOCK.unlock();
    }

    /// Cleaning up takes some time in which it does not compute: a file is written, say.
    private static void cleanUpWhenInterrupted() throws InterruptedException {
        try {
            BLOCKED.acquire();
        } catch (InterruptedException e) {
            Thread.sleep(20);
            CLEANED.release();
        }
    }
}
