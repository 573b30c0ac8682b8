package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code that does not give its carrier back must not stop the others, whatever it does and on however many carriers.
class SparesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Wakes once a millisecond, as a process with a timer does, and counts.
    private static final class Ticker {
        final AtomicInteger ticks = new AtomicInteger();
        final AtomicBoolean done = new AtomicBoolean();
        final Worker worker;

        Ticker(Scheduler scheduler) {
            worker =
                    Worker.run(
                            scheduler,
                            () -> {
                                Worker self = Worker.self();
                                while (!done.get()) {
                                    scheduler
                                            .clock()
                                            .schedule(
                                                    new Timer() {
                                                        @Override
                                                        protected void fire() {
                                                            self.signal();
                                                        }
                                                    },
                                                    scheduler.clock().now() + 1_000_000);
                                    self.await();
                                    ticks.incrementAndGet();
                                }
                            });
        }

        /// Waits for `more` ticks; how long the longest pause between two looks with a tick in between was.
        Duration goesOnFor(int more) {
            int target = ticks.get() + more;
            long deadline = System.nanoTime() + LIMIT.toNanos();
            long lastChange = System.nanoTime();
            long longest = 0;
            int seen = ticks.get();
            while (seen < target) {
                LockSupport.parkNanos(200_000);
                int now = ticks.get();
                long time = System.nanoTime();
                if (now != seen) {
                    seen = now;
                    longest = Math.max(longest, time - lastChange);
                    lastChange = time;
                }
                assertThat(time - deadline).as("the ticker stands still").isNegative();
            }
            return Duration.ofNanos(longest);
        }

        void end() throws Exception {
            done.set(true);
            assertThat(worker.endsWithin(LIMIT)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void busyLoopsOnEveryCarrierDoNotStopTheOthers(int carriers) throws Exception {
        try (Scheduler scheduler = Scheduler.start("hogs", carriers)) {
            Ticker ticker = new Ticker(scheduler);
            ticker.goesOnFor(5);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger running = new AtomicInteger();
            List<Worker> hogs = new ArrayList<>();
            for (int i = 0; i < carriers + 1; i++) {
                hogs.add(
                        Worker.run(
                                scheduler,
                                () -> {
                                    running.incrementAndGet();
                                    while (!stop.get()) {
                                        Thread.onSpinWait();
                                    }
                                }));
            }
            // Tens of milliseconds each; the bound leaves room for a machine that others use too.
            assertThat(ticker.goesOnFor(200)).isLessThan(Duration.ofSeconds(1));
            assertThat(running).hasValue(carriers + 1);
            stop.set(true);
            for (Worker hog : hogs) {
                assertThat(hog.endsWithin(LIMIT)).isTrue();
            }
            ticker.end();
        }
    }

    /// Its thread ends with what it does, for the system would go on to run it less; others take no part in that.
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoComputesForLongAndDoesNotComeBackGetsLessOfTheCores() throws Exception {
        assumeThat(Nice.ofCallingThread()).isZero();
        try (Scheduler scheduler = Scheduler.start("lasting", 1)) {
            Ticker ticker = new Ticker(scheduler);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicLong thread = new AtomicLong();
            Worker hog =
                    Worker.run(
                            scheduler,
                            () -> {
                                thread.set(Promptness.callingThread());
                                while (!stop.get()) {
                                    Thread.onSpinWait();
                                }
                            });
            await("less of the cores", () -> thread.get() != 0 && Nice.of(thread.get()) == 10);
            AtomicInteger ofAnother = new AtomicInteger(-1);
            Worker other = Worker.run(scheduler, () -> ofAnother.set(Nice.ofCallingThread()));
            assertThat(other.endsWithin(LIMIT)).isTrue();
            assertThat(ofAnother).hasValue(0);
            stop.set(true);
            assertThat(hog.endsWithin(LIMIT)).isTrue();
            await("the thread's end", () -> !Nice.exists(thread.get()));
            ticker.goesOnFor(50);
            ticker.end();
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - deadline).as("time for " + what).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @SuppressWarnings("restricted")
    void nativeCodeThatSleepsOnEveryCarrierDoesNotStopTheOthers(int carriers) throws Exception {
        Linker linker = Linker.nativeLinker();
        MethodHandle usleep =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("usleep"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (Scheduler scheduler = Scheduler.start("native", carriers)) {
            Ticker ticker = new Ticker(scheduler);
            List<Worker> sleepers = new ArrayList<>();
            for (int i = 0; i < carriers * 3; i++) {
                sleepers.add(
                        Worker.start(
                                scheduler,
                                () -> {
                                    try {
                                        return (int) usleep.invokeExact(700_000);
                                    } catch (Throwable e) {
                                        throw new AssertionError(e);
                                    }
                                }));
            }
            assertThat(ticker.goesOnFor(100)).isLessThan(Duration.ofMillis(600));
            for (Worker sleeper : sleepers) {
                assertThat(sleeper.endsWithin(LIMIT)).isTrue();
            }
            ticker.end();
        }
    }

    /// Opening a FIFO blocks until somebody opens its other end: file I/O that takes as long as we like.
    private static Path fifo(Path folder) throws Exception {
        Path fifo = folder.resolve("fifo");
        Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return fifo;
    }

    private static int read(Path file) throws Exception {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.read();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fileReadsThatBlockOnEveryCarrierDoNotStopTheOthers(int carriers, @TempDir Path folder)
            throws Exception {
        Path fifo = fifo(folder);
        try (Scheduler scheduler = Scheduler.start("files", carriers)) {
            Ticker ticker = new Ticker(scheduler);
            List<Worker> readers = new ArrayList<>();
            for (int i = 0; i < carriers * 4; i++) {
                readers.add(Worker.start(scheduler, () -> read(fifo)));
            }
            ticker.goesOnFor(100);
            assertThat(readers).noneMatch(Worker::hasEnded);
            release(fifo, readers);
            ticker.end();
        }
    }

    private static void release(Path fifo, List<Worker> readers) throws Exception {
        try (FileOutputStream out = new FileOutputStream(fifo.toFile())) {
            for (int i = 0; i < readers.size(); i++) {
                out.write('x');
            }
            out.flush();
            for (Worker reader : readers) {
                assertThat(reader.endsWithin(LIMIT)).isTrue();
            }
        }
    }

    @Test
    void theirNumberIsBoundedAndAllWorkIsDoneOnceTheyComeBack(@TempDir Path folder)
            throws Exception {
        Path fifo = fifo(folder);
        try (Silence _ = new Silence();
                CarrierScheduler scheduler = new CarrierScheduler("bounded", 2)) {
            List<Worker> readers = new ArrayList<>();
            for (int i = 0; i < Spares.MOST + 50; i++) {
                readers.add(Worker.start(scheduler, () -> read(fifo)));
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (scheduler.spares().count() < Spares.MOST) {
                LockSupport.parkNanos(5_000_000);
                assertThat(System.nanoTime() - deadline).as("spares are made").isNegative();
            }
            LockSupport.parkNanos(100_000_000);
            assertThat(scheduler.spares().count()).isEqualTo(Spares.MOST);
            assertThat(CarrierSchedulerTest.threads("bounded-spare")).hasSize(Spares.MOST);
            release(fifo, readers);
            Worker after = Worker.run(scheduler, () -> {});
            assertThat(after.endsWithin(LIMIT)).isTrue();
        }
    }

    /// The lane stays with its carrier, and all that lies in it is done once there is a thread, though the hog goes on.
    @Test
    void noWorkIsLostWhileTheSystemGivesNoThreads() throws Exception {
        try (Silence _ = new Silence();
                CarrierScheduler scheduler = new CarrierScheduler("poor", 1)) {
            AtomicBoolean poor = new AtomicBoolean(true);
            CountDownLatch refused = new CountDownLatch(3);
            scheduler
                    .spares()
                    .startBy(carrier -> {
                        if (poor.get()) {
                            refused.countDown();
                            throw new OutOfMemoryError("no native thread, so says the test");
                        }
                        carrier.start();
                    });
            AtomicBoolean stop = new AtomicBoolean();
            Worker hog =
                    Worker.run(
                            scheduler,
                            () -> {
                                while (!stop.get()) {
                                    Thread.onSpinWait();
                                }
                            });
            List<Worker> others = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                others.add(Worker.run(scheduler, () -> {}));
            }
            assertThat(refused.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(scheduler.spares().count()).isZero();
            poor.set(false);
            for (Worker other : others) {
                assertThat(other.endsWithin(LIMIT)).isTrue();
            }
            assertThat(scheduler.spares().count()).isPositive();
            stop.set(true);
            assertThat(hog.endsWithin(LIMIT)).isTrue();
        }
    }

    @Test
    void theyAreUsedAgainAndGoHomeWhenTheyAreNotNeeded() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("home", 1)) {
            scheduler.spares().keepFor(Duration.ofSeconds(1));
            Ticker ticker = new Ticker(scheduler);
            for (int round = 0; round < 5; round++) {
                Worker hog = Worker.run(scheduler, () -> CarrierSchedulerTest.spin(60_000_000));
                assertThat(hog.endsWithin(LIMIT)).isTrue();
            }
            int made = scheduler.spares().count();
            assertThat(made).as("spares for one hog at a time").isBetween(1, 3);
            ticker.end();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (scheduler.spares().count() > 0) {
                LockSupport.parkNanos(50_000_000);
                assertThat(System.nanoTime() - deadline).as("spares end").isNegative();
            }
            while (CarrierSchedulerTest.threads("home-").stream()
                            .filter(thread -> !thread.getName().equals("home-deputy"))
                            .count()
                    > 2) {
                LockSupport.parkNanos(10_000_000);
                assertThat(System.nanoTime() - deadline)
                        .as("a carrier, and a clock with its deputy")
                        .isNegative();
            }
            assertThat(Worker.run(scheduler, () -> {}).endsWithin(LIMIT)).isTrue();
        }
    }

    /// What burns on a carrier whose lane was given away burns all the same.
    @Test
    void theTimeOfAHogIsCountedAlsoAfterItsLaneWasGivenAway() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("count", 1)) {
            Ticker ticker = new Ticker(scheduler);
            AtomicBoolean stop = new AtomicBoolean();
            Worker hog =
                    Worker.run(
                            scheduler,
                            () -> {
                                while (!stop.get()) {
                                    Thread.onSpinWait();
                                }
                            });
            long start = System.nanoTime();
            while (System.nanoTime() - start < 400_000_000L) {
                ticker.goesOnFor(1);
            }
            long ran = hog.cpuNanos();
            stop.set(true);
            assertThat(hog.endsWithin(LIMIT)).isTrue();
            assertThat(ran).as("nanoseconds counted in 400 000 000").isGreaterThan(100_000_000);
            ticker.end();
        }
    }
}
