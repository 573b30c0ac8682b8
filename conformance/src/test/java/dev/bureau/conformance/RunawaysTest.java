package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Runaway;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// What is known, and logged, of processes whose code does not stop.
@Otp("X-06")
class RunawaysTest {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Semaphore BLOCKED = new Semaphore(0);
    private static final Semaphore CLEANED = new Semaphore(0);
    private static final List<Object> ANSWERS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger SWALLOWED = new AtomicInteger();
    private static volatile boolean stubborn;

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
                    .contains("reason: killed");
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

    /// What it asks for is its last step: no thread is left behind.
    @Scenario(simulated = false)
    void whoOnlyAsksWhoHeIsOrWhoThereIsEndsToo() throws Exception {
        for (Runnable question : QUESTIONS) {
            Pid boss = self();
            List<String> logged =
                    captureLog(() -> {
                        Spawned victim =
                                spawnMonitor(() -> {
                                    send(boss, "asking");
                                    while (true) question.run();
                                });
                        assertReceive("asking");
                        exit(victim.pid(), KILL);
                        assertThat(awaitDown(victim.monitor())).isEqualTo(KILLED);
                        assertThat(node().runaways()).isEmpty();
                    });
            assertThat(logged).isEmpty();
        }
    }

    private static final List<Runnable> QUESTIONS =
            List.of(
                    () -> self(),
                    () -> ref(),
                    () -> groupLeader(),
                    () -> whereis("nobody"),
                    () -> registered(),
                    () -> processes(),
                    () -> node().processCount());

    /// What a finally block does to end in order may ask such things.
    @Scenario
    void whoUnwindsMayAskWhoHeIs() {
        Pid boss = self();
        for (ExitReason reason : List.of(KILL, SHUTDOWN)) {
            ANSWERS.clear();
            Spawned victim =
                    spawnMonitor(() -> {
                        try {
                            send(boss, "ready");
                            sleepForever();
                        } finally {
                            ANSWERS.add(self());
                            ANSWERS.add(whereis("nobody"));
                            ANSWERS.add(processes().contains(boss));
                        }
                    });
            assertReceive("ready");
            exit(victim.pid(), reason);
            awaitDown(victim.monitor());
            assertThat(ANSWERS).containsExactly(victim.pid(), Optional.empty(), true);
        }
    }

    /// Its loop goes on, but for nobody, and the others hear of its end within moments, not seconds.
    @Scenario(simulated = false, runs = 5)
    void whoCatchesAllAroundAnOperationIsDeadToTheOthers() {
        stubborn = true;
        Pid boss = self();
        List<Spawned> victims = new ArrayList<>();
        for (Body operation : OPERATIONS) {
            victims.add(
                    spawnMonitor(() -> {
                        send(boss, "ready");
                        while (stubborn) {
                            try {
                                operation.run();
                            } catch (Throwable swallowed) {
                                SWALLOWED.incrementAndGet();
                            }
                        }
                    }));
            assertReceive("ready");
        }
        long before = System.nanoTime();
        for (Spawned victim : victims) exit(victim.pid(), KILL);
        for (Spawned victim : victims) {
            assertThat(awaitDown(victim.monitor())).isEqualTo(KILLED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ofSeconds(4));
        assertThat(node().runaways()).hasSize(OPERATIONS.size());
        stubborn = false;
        eventually(() -> node().runaways().isEmpty());
    }

    private static final List<Body> OPERATIONS =
            List.of(
                    () -> receive(String.class),
                    () -> receive(String.class, ofSeconds(1)),
                    () -> send(self(), "hello"),
                    () -> sleep(ofMillis(1)),
                    () -> call(self(), new Victims.Question()),
                    () -> spawn(() -> {}));

    /// And keeps no processor busy.
    @Scenario(simulated = false, runs = 1)
    void whoCatchesAllAroundAnOperationUsesLittleOnceItIsDead() {
        stubborn = true;
        Spawned victim =
                spawnMonitor(() -> {
                    while (stubborn) {
                        try {
                            receive(String.class);
                        } catch (Throwable swallowed) {
                            SWALLOWED.incrementAndGet();
                        }
                    }
                });
        eventually(() -> stack(victim.pid()).size() > 0);
        exit(victim.pid(), KILL);
        awaitDown(victim.monitor());
        int before = SWALLOWED.get();
        sleep(ofMillis(200));
        assertThat(SWALLOWED.get() - before).isLessThan(100);
        stubborn = false;
        eventually(() -> node().runaways().isEmpty());
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
