package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.ofSeconds;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawnMonitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Runaway;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is known, and logged, of processes whose code does not stop.
class RunawaysTest {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Semaphore CLEANED = new Semaphore(0);
    private static final AtomicBoolean INTERRUPTED = new AtomicBoolean();

    private final Node node = Node.start();
    private final KernelLog log = new KernelLog();

    @BeforeEach
    void hold() {
        LOCK.lock();
    }

    @AfterEach
    void end() {
        if (LOCK.isHeldByCurrentThread()) LOCK.unlock();
        node.close();
        log.close();
    }

    @Test
    void manyAreListedAtOnceAndToldOfInOneLineLater() {
        node.run(() -> {
            var victims =
                    Stream.generate(() -> spawnMonitor(RunawaysTest::takeLock)).limit(20).toList();
            sleep(ofMillis(20));
            for (var victim : victims) exit(victim.pid(), KILL);
            for (var victim : victims) receive(victim.monitor(), Down.class, ofSeconds(10));
        });
        assertThat(node.runaways())
                .hasSize(20)
                .extracting(Runaway::stack)
                .allSatisfy(stack -> assertThat(stack).isNotEmpty());
        await(() -> !log.lines().isEmpty());
        assertThat(log.lines())
                .singleElement()
                .asString()
                .containsPattern("^#PID<[^>]+> and 19 others: told to exit, code does not stop")
                .contains("Exit reason: killed");
        LOCK.unlock();
        await(() -> node.runaways().isEmpty());
    }

    @Test
    void whoHearsTheInterruptMayCleanUpBeforeTheOthersAreTold() {
        INTERRUPTED.set(false);
        node.run(() -> {
            var victim =
                    spawnMonitor(() -> {
                        try {
                            Thread.sleep(100_000);
                        } catch (InterruptedException e) {
                            INTERRUPTED.set(true);
                            Thread.sleep(20);
                            CLEANED.release();
                        }
                    });
            sleep(ofMillis(20));
            exit(victim.pid(), KILL);
            receive(victim.monitor(), Down.class, ofSeconds(10));
            assertThat(INTERRUPTED).isTrue();
            assertThat(CLEANED.tryAcquire()).isTrue();
        });
        assertThat(log.lines()).isEmpty();
    }

    private static void takeLock() {
        LOCK.lock();
        LOCK.unlock();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
