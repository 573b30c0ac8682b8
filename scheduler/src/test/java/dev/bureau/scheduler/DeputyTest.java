package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Who ends slices while the clock does not, and what both tell of the machine.
@EnabledOnOs(OS.LINUX)
class DeputyTest {
    private static final long TICK = 1_000_000;

    @BeforeEach
    void thereAreTwoCores() throws Exception {
        assumeThat(inThread(DeputyTest::ofCallingThread).cardinality()).isGreaterThan(1);
    }

    private static void assumeThatItMayRunAtOnce() throws Exception {
        assumeThat(PromptnessTest.askInThread()).isEqualTo(Promptness.Answer.AT_ONCE);
    }

    @Test
    void standsInForAClockThatDoesNotLookUntilNobodyWaits() throws Exception {
        assumeThatItMayRunAtOnce();
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicInteger stoodIn = new AtomicInteger();
        Deputy deputy =
                new Deputy(
                        "deputy",
                        TICK,
                        () -> {
                            thread.set(Thread.currentThread());
                            return stoodIn.incrementAndGet() < 100;
                        });
        deputy.need(System.nanoTime());
        await(deputy::isOnDuty);
        deputy.need(System.nanoTime());
        // From now on nobody says that it is needed but what it does itself.
        await(() -> stoodIn.get() >= 100);
        await(() -> thread.get().getState() == Thread.State.WAITING);
        int calm = stoodIn.get();
        deputy.need(System.nanoTime());
        await(() -> stoodIn.get() > calm);
        deputy.stop();
        await(() -> thread.get().getState() == Thread.State.TERMINATED);
    }

    @Test
    void keepsOffTheCoreOfTheClock() throws Exception {
        assumeThatItMayRunAtOnce();
        AtomicInteger clockOn = new AtomicInteger(-1);
        AtomicInteger together = new AtomicInteger();
        AtomicInteger looks = new AtomicInteger();
        Deputy deputy =
                new Deputy(
                        "deputy",
                        TICK,
                        () -> {
                            if (Cores.current() == clockOn.get()) {
                                together.incrementAndGet();
                            }
                            looks.incrementAndGet();
                            return true;
                        });
        inThread(() -> {
            deputy.need(System.nanoTime());
            await(deputy::isOnDuty);
            for (int core : ofCallingThread().stream().limit(4).toArray()) {
                deputy.need(System.nanoTime());
                deputy.clockLooks(System.nanoTime(), core, TICK);
                clockOn.set(core);
                together.set(0);
                int before = looks.get();
                await(() -> looks.get() >= before + 50);
                assertThat(together.get())
                        .as("once before it has seen that")
                        .isLessThanOrEqualTo(1);
            }
            return null;
        });
        deputy.stop();
    }

    /// Threads inherit what the one that starts them has arranged.
    @Test
    void leavesWhereItWouldTakeTurnsWithOthers() throws Exception {
        Deputy deputy = new Deputy("deputy", TICK, () -> true);
        inThread(() -> {
            Promptness.giveWay();
            deputy.need(System.nanoTime());
            await(deputy::isUnavailable);
            return null;
        });
        assertThat(deputy.isOnDuty()).isFalse();
    }

    @Test
    void whatItLooksForIsMissedLooks() {
        StealTime stealTime = new StealTime(TICK);
        StealTime.Witness witness = stealTime.new Witness();
        witness.look(10 * TICK, 3);
        witness.look(11 * TICK, 3);
        witness.look(13 * TICK, 3);
        assertThat(stealTime.of(3)).as("a little late").isZero();
        witness.look(20 * TICK, 3);
        assertThat(stealTime.of(3))
                .as("seven ticks, of which one is its sleep")
                .isBetween(5 * TICK, 6 * TICK);
        assertThat(stealTime.of(2)).isZero();
        long before = stealTime.of(3);
        witness.rest();
        witness.look(50 * TICK, 3);
        witness.look(51 * TICK, 3);
        assertThat(stealTime.of(3)).as("it did not look on purpose").isEqualTo(before);
        witness.look(90 * TICK, -1);
        assertThat(stealTime.of(-1)).as("where is not known").isZero();
    }

    @Test
    void nobodyHasRunWhileTheCoreStoodStill() throws Exception {
        await(() -> CpuTime.ofCurrentThread() > 0);
        inThread(() -> {
            Cores cores = Cores.load();
            assertThat(cores).isNotNull();
            BitSet one = new BitSet();
            one.set(Cores.current());
            assertThat(cores.keepTo(one)).isTrue();
            StealTime stealTime = new StealTime(TICK);
            CpuMeter meter = new CpuMeter(Thread.currentThread(), stealTime);
            meter.begin();
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < 20 * TICK) {
                Thread.onSpinWait();
            }
            assertThat(meter.nanos()).as("all of it").isGreaterThan(TICK);
            StealTime.Witness witness = stealTime.new Witness();
            witness.look(10 * TICK, Cores.current());
            witness.look(3_000 * TICK, Cores.current());
            assertThat(meter.nanos()).as("more stolen than it lasted").isZero();
            meter.end();
            assertThat(meter.isRunning()).isFalse();
            return null;
        });
    }

    private static BitSet ofCallingThread() {
        Cores cores = Cores.load();
        return cores == null ? new BitSet() : cores.of(Promptness.callingThread());
    }

    private static <T> T inThread(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofPlatform().start(task);
        return task.get(60, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("too late").isNegative();
            LockSupport.parkNanos(TICK / 2);
        }
    }
}
