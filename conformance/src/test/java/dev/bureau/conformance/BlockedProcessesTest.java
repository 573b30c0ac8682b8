package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.trapper;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// Exit signals to processes that Java code blocks: OTP's item X-06, on the real scheduler only.
///
/// That of loops without any call of the runtime waits for the weaver.
@Otp("X-06")
class BlockedProcessesTest {
    private static final Object MONITOR = new Object();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final AtomicBoolean CLEANED = new AtomicBoolean();
    private static final Semaphore GATE = new Semaphore(0);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    record Answer(Object value) {}

    @Scenario(simulated = false, runs = 5)
    void aProcessThatJavaCodeBlocksIsEnded() {
        for (Body blocking : waysToBlock()) {
            for (Object reason : List.of("enough", KILL)) {
                Pid boss = self();
                Spawned victim =
                        spawnMonitor(() -> {
                            send(boss, new Go());
                            blocking.run();
                        });
                assertReceive(Go.class);
                sleep(ofMillis(2));
                exit(victim.pid(), reason);
                assertThat(isAlive(victim.pid())).isFalse();
                assertThat(awaitDown(victim.monitor()))
                        .isEqualTo(reason.equals(KILL) ? KILLED : custom(reason));
            }
        }
    }

    private static List<Body> waysToBlock() {
        return List.of(
                () -> Thread.sleep(100_000),
                () -> new LinkedBlockingQueue<String>().take(),
                () -> new CountDownLatch(1).await(),
                () -> new CompletableFuture<String>().get(),
                () -> new Semaphore(0).acquire(),
                () -> {
                    synchronized (MONITOR) {
                        MONITOR.wait();
                    }
                },
                () -> {
                    try (ServerSocket server = new ServerSocket(0)) {
                        server.accept();
                    }
                },
                () -> {
                    try (ServerSocket server = new ServerSocket(0);
                            Socket socket =
                                    new Socket(
                                            InetAddress.getLoopbackAddress(),
                                            server.getLocalPort())) {
                        socket.getInputStream().read();
                    }
                });
    }

    @Scenario(simulated = false, runs = 5)
    void aProcessThatCannotBeInterruptedIsDeadToTheOthersAtOnceAndEndsWhenItCan() {
        LOCK.lock();
        try {
            Pid boss = self();
            Spawned victim =
                    spawnMonitor(() -> {
                        register("victim", self());
                        send(boss, new Go());
                        LOCK.lock();
                        LOCK.unlock();
                        send(boss, "went on");
                    });
            assertReceive(Go.class);
            sleep(ofMillis(2));
            exit(victim.pid(), "enough");
            assertThat(isAlive(victim.pid())).isFalse();
            assertThat(info(victim.pid())).isEmpty();
            assertThat(whereis("victim")).isEmpty();
            assertThat(awaitDown(victim.monitor())).isEqualTo(custom("enough"));
            assertThat(processes()).doesNotContain(victim.pid());
            assertThat(node().runaways())
                    .singleElement()
                    .satisfies(left -> assertThat(left.pid()).isEqualTo(victim.pid()))
                    .satisfies(left -> assertThat(left.stack()).isNotEmpty());
            LOCK.unlock();
            eventually(() -> node().runaways().isEmpty());
            refuteReceive(String.class);
        } finally {
            if (LOCK.isHeldByCurrentThread()) {
                LOCK.unlock();
            }
        }
    }

    @Scenario(simulated = false, runs = 5)
    void aProcessThatSwallowsTheInterruptEndsWithItsNextStep() {
        Pid boss = self();
        Spawned victim =
                spawnMonitor(() -> {
                    send(boss, new Go());
                    try {
                        Thread.sleep(100_000);
                    } catch (InterruptedException swallowed) {
                        send(boss, "went on");
                    }
                });
        assertReceive(Go.class);
        sleep(ofMillis(2));
        exit(victim.pid(), "enough");
        assertThat(awaitDown(victim.monitor())).isEqualTo(custom("enough"));
        refuteReceive(String.class);
    }

    @Scenario(simulated = false, runs = 100)
    void whatItDoesToEndInOrderIsNotInterrupted() {
        Pid boss = self();
        Spawned victim =
                spawnMonitor(() -> {
                    try {
                        send(boss, new Go());
                        while (true) {
                            self();
                            isAlive(boss);
                        }
                    } finally {
                        // It would throw at once if the interrupt came now.
                        Thread.sleep(1);
                        CLEANED.set(true);
                    }
                });
        assertReceive(Go.class);
        CLEANED.set(false);
        exit(victim.pid(), "enough");
        awaitDown(victim.monitor());
        assertThat(CLEANED).isTrue();
    }

    @Scenario(simulated = false, runs = 5)
    void aBlockedProcessThatTrapsIsNotDisturbed() {
        Pid boss = self();
        Pid trapper =
                spawn(() -> {
                    trapExits(true);
                    send(boss, new Go());
                    GATE.acquire();
                    send(boss, new Answer(receive(Exit.class)));
                });
        assertReceive(Go.class);
        eventually(() -> GATE.hasQueuedThreads());
        exit(trapper, "told");
        GATE.release();
        assertReceive(new Answer(new Exit(boss, custom("told"))));
    }

    @Scenario(simulated = false, runs = 5)
    void workThatIsSaidToBlockIsDoneAndItsFailureIsItsOwn() throws Exception {
        Pid boss = self();
        int answer =
                blocking(() -> {
                    send(boss, "still the same process");
                    return 42;
                });
        assertThat(answer).isEqualTo(42);
        assertReceive("still the same process");
        assertThatThrownBy(() ->
                        blocking(() -> {
                            throw new IOException("disk");
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    /// With all schedulers in such work the others go on.
    @Scenario(simulated = false, runs = 5)
    void othersGoOnBesideWorkThatIsSaidToBlock() {
        List<Spawned> busy = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            busy.add(spawnMonitor(() -> blocking(BlockedProcessesTest::spinUntilTold)));
        }
        spawn(() -> TOLD.set(true));
        for (Spawned each : busy) {
            assertThat(awaitDown(each.monitor())).isEqualTo(NORMAL);
        }
        TOLD.set(false);
    }

    private static boolean spinUntilTold() {
        while (!TOLD.get()) {
            Thread.onSpinWait();
        }
        return true;
    }
}
