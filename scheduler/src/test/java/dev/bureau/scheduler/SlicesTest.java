package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bureau.scheduler.woven.YieldPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who computes lets others run at its yield points. The loops here poll as woven code does.
class SlicesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicBoolean done = new AtomicBoolean();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void manyLoopsShareTheCarriersEvenly(int carriers) throws Exception {
        try (Scheduler scheduler = Scheduler.start("share", carriers)) {
            List<Worker> hogs = hogs(scheduler, 10 * carriers);
            await(() -> hogs.stream().allMatch(hog -> hog.cpuNanos() > 60_000_000));
            long least = hogs.stream().mapToLong(Fiber::cpuNanos).min().orElseThrow();
            long most = hogs.stream().mapToLong(Fiber::cpuNanos).max().orElseThrow();
            // A slice apart, but for the first ones: those are sampled, and longer if the machine
            // is busy.
            assertThat(most).isLessThan(least * 2);
            end(hogs);
        }
    }

    /// A round of fifteen hundred whole slices would take a second and a half.
    @Test
    void slicesAreShorterInACrowd() throws Exception {
        try (Scheduler scheduler = Scheduler.start("crowd", 1)) {
            List<Worker> hogs = hogs(scheduler, 1_500);
            await(() -> hogs.stream().allMatch(hog -> hog.slices() > 1));
            long[] nanos = hogs.stream().mapToLong(Fiber::cpuNanos).toArray();
            int[] slices = hogs.stream().mapToInt(Fiber::slices).toArray();
            await(() -> allHaveHadMore(hogs, slices));
            for (int i = 0; i < nanos.length; i++) {
                Worker hog = hogs.get(i);
                nanos[i] = (hog.cpuNanos() - nanos[i]) / (hog.slices() - slices[i]);
            }
            Arrays.sort(nanos);
            // Whole ones last half a tick at least. Not all are short: the clock is late at times.
            assertThat(nanos[nanos.length / 5]).isLessThan(500_000);
            end(hogs);
        }
    }

    private static boolean allHaveHadMore(List<Worker> hogs, int[] slices) {
        return IntStream.range(0, slices.length)
                .allMatch(i -> hogs.get(i).slices() >= slices[i] + 2);
    }

    @Test
    void whoFloodsIsChargedASliceForFarLess() throws Exception {
        try (Scheduler scheduler = Scheduler.start("floods", 1)) {
            Worker flooding =
                    Worker.run(
                            scheduler,
                            () -> {
                                while (!done.get()) {
                                    if (Worker.self().hasPiledUp()) {
                                        Worker.self().floods(0);
                                    }
                                    Worker.self().giveWay();
                                }
                            });
            Worker hog = hogs(scheduler, 1).getFirst();
            await(() -> hog.cpuNanos() > 300_000_000);
            assertThat(flooding.cpuNanos()).isLessThan(hog.cpuNanos() / 3);
            done.set(true);
            assertThat(flooding.endsWithin(LIMIT)).isTrue();
            end(List.of(hog));
        }
    }

    /// As if its core stood still. It comes back when slices have ended without it.
    @Test
    @EnabledOnOs(OS.LINUX)
    void slicesEndWhileTheClockDoesNotTick() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        assumeThat(PromptnessTest.askInThread()).isEqualTo(Promptness.Answer.AT_ONCE);
        try (CarrierScheduler scheduler = new CarrierScheduler("deputy", 1)) {
            List<Worker> hogs = hogs(scheduler, 2);
            await(() -> scheduler.deputy().isOnDuty());
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            scheduler
                    .clock()
                    .schedule(
                            new Timer() {
                                @Override
                                protected void fire() {
                                    int[] before = hogs.stream().mapToInt(Fiber::slices).toArray();
                                    long until = System.nanoTime() + LIMIT.toNanos();
                                    boolean all = false;
                                    while (!all && System.nanoTime() - until < 0) {
                                        all = allHaveHadMore(hogs, before);
                                    }
                                    ended.complete(all);
                                }
                            },
                            0);
            assertThat(ended.get()).isTrue();
            end(hogs);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoComputesRestsWhileOtherProgramsWait() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("rests", 1)) {
            List<Worker> hogs = hogs(scheduler, 1);
            await(() -> hogs.getFirst().slices() > 0);
            // Threads that the scheduler does not know are as good as those of another program.
            for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            while (!done.get()) {
                                Thread.onSpinWait();
                            }
                        });
            }
            Carrier carrier = scheduler.lanes()[0].carrier;
            int before = carrier.sleeps();
            await(() -> carrier.sleeps() - before > 10);
            end(hogs);
        }
    }

    @RepeatedTest(10)
    void whoWaitsIsServedBeforeWhoBurns() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("waits", 1)) {
            AtomicLong slicesWhenServed = new AtomicLong();
            List<Worker> hogs = new ArrayList<>();
            Worker waiting =
                    Worker.run(
                            scheduler,
                            () -> {
                                while (true) {
                                    Worker.self().await();
                                    if (done.get()) {
                                        return;
                                    }
                                    slicesWhenServed.set(slices(hogs));
                                }
                            });
            hogs.addAll(hogs(scheduler, 20));
            await(() -> hogs.stream().allMatch(hog -> hog.slices() > 1));
            for (int i = 0; i < 20; i++) {
                slicesWhenServed.set(-1);
                await(waiting::isWaiting);
                long before = slices(hogs);
                waiting.signal();
                await(() -> slicesWhenServed.get() >= 0);
                // The one that ran gives way, unless it has its guaranteed slice; and one may have
                // begun meanwhile.
                if (scheduler.spares().count() == 0) {
                    assertThat(slicesWhenServed.get() - before).isLessThanOrEqualTo(3);
                }
            }
            done.set(true);
            waiting.signal();
            assertThat(waiting.endsWithin(LIMIT)).isTrue();
            end(hogs);
        }
    }

    /// A switch for each that it wakes would be most of its work.
    @Test
    void whoBurnsGivesWayToThoseItWakesOnceATick() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("wakes", 1)) {
            List<Worker> woken = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                woken.add(Worker.run(scheduler, this::waitAgainAndAgain));
            }
            AtomicLong slices = new AtomicLong();
            AtomicLong millis = new AtomicLong();
            Worker burner =
                    Worker.run(
                            scheduler,
                            () -> {
                                Worker self = Worker.self();
                                while (!self.isInBackground()) {
                                    woken.getFirst().signal();
                                    YieldPoint.poll();
                                }
                                long begin = System.nanoTime();
                                int before = self.slices();
                                for (int i = 0; i < 20_000; i++) {
                                    woken.get(i % woken.size()).signal();
                                    YieldPoint.poll();
                                }
                                slices.set(self.slices() - before);
                                millis.set((System.nanoTime() - begin) / 1_000_000);
                            });
            assertThat(burner.endsWithin(LIMIT)).isTrue();
            // There may be two short ticks beside each other, and one at either end.
            assertThat(slices.get()).isLessThanOrEqualTo(2 * millis.get() + 2);
            done.set(true);
            woken.forEach(Worker::signal);
            end(woken);
        }
    }

    private void waitAgainAndAgain() {
        while (!done.get()) {
            Worker.self().await();
        }
    }

    /// Its own carrier does not come to it, for whoever woke it computes and does not poll.
    @Test
    void whatWaitsInALaneGoesBeforeTheBackgroundOfTheOthers() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("lanes", 2)) {
            List<Worker> hogs = hogs(scheduler, 3);
            await(() -> hogs.stream().allMatch(Fiber::isInBackground));
            List<Worker> woken = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                woken.add(Worker.run(scheduler, this::waitAgainAndAgain));
            }
            // Long before the watchdog gives its lane to another carrier; of many times, since the
            // machine may be busy.
            long soon = Duration.ofMillis(Watchdog.STUCK_TICKS - 2).toNanos();
            AtomicBoolean served = new AtomicBoolean();
            for (int i = 0; i < 50 && !served.get(); i++) {
                await(() -> woken.stream().allMatch(Worker::isWaiting));
                Worker waker =
                        Worker.run(
                                scheduler,
                                () -> {
                                    int before = woken.getFirst().slices();
                                    woken.forEach(Worker::signal);
                                    long since = System.nanoTime();
                                    while (woken.getFirst().slices() == before
                                            && System.nanoTime() - since < 2 * soon) {
                                        Thread.onSpinWait();
                                    }
                                    if (System.nanoTime() - since < soon) {
                                        served.set(true);
                                    }
                                });
                assertThat(waker.endsWithin(LIMIT)).isTrue();
            }
            assertThat(served).isTrue();
            done.set(true);
            woken.forEach(Worker::signal);
            end(woken);
            end(hogs);
        }
    }

    /// Two that wake each other never burn a slice.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theBackgroundHasItsShareBesideWhoNeverBurns(int carriers) throws Exception {
        try (Scheduler scheduler = Scheduler.start("background", carriers)) {
            List<Worker> talkers = new ArrayList<>();
            for (int i = 0; i < carriers; i++) {
                talkers.addAll(pair(scheduler));
            }
            List<Worker> hogs = hogs(scheduler, carriers);
            await(() -> hogs.stream().allMatch(hog -> hog.slices() > 20));
            end(hogs);
            for (Worker talker : talkers) {
                talker.signal();
            }
            end(talkers);
        }
    }

    @Test
    void aHigherPriorityEndsASliceAtOnceAndDoesNotCallItBurnt() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("high", 1, Duration.ofSeconds(1))) {
            AtomicBoolean served = new AtomicBoolean();
            AtomicBoolean burnt = new AtomicBoolean();
            Worker urgent =
                    Worker.create(
                            scheduler,
                            () -> {
                                Worker.self().await();
                                served.set(true);
                                return null;
                            });
            urgent.priority(Priority.HIGH);
            urgent.start();
            await(urgent::isWaiting);
            Worker hog =
                    Worker.run(
                            scheduler,
                            () -> {
                                while (!served.get()) {
                                    YieldPoint.poll();
                                }
                                burnt.set(Worker.self().isInBackground());
                            });
            await(() -> hog.slices() == 1);
            urgent.signal();
            assertThat(urgent.endsWithin(LIMIT)).isTrue();
            assertThat(hog.endsWithin(LIMIT)).isTrue();
            assertThat(burnt).isFalse();
        }
    }

    /// What computed where nobody wove, and so lost its lane, shares again once it comes to woven code.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoHasLostItsLaneGivesWayAgain(int carriers) throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("lost", carriers)) {
            AtomicBoolean left = new AtomicBoolean();
            List<Worker> deaf = new ArrayList<>();
            for (int i = 0; i < carriers; i++) {
                deaf.add(
                        Worker.run(
                                scheduler,
                                () -> {
                                    while (!left.get()) {
                                        Thread.onSpinWait();
                                    }
                                    burn();
                                }));
            }
            List<Worker> hogs = hogs(scheduler, 2 * carriers);
            await(() -> scheduler.spares().count() >= carriers);
            left.set(true);
            await(() -> deaf.stream().allMatch(hog -> hog.slices() > 5));
            await(() -> hogs.stream().allMatch(hog -> hog.slices() > 5));
            end(deaf);
            end(hogs);
        }
    }

    /// A thread cannot leave its carrier in a class initialiser: it goes on, and others get another carrier.
    @Test
    void whoCannotLeaveItsCarrierGoesOn() throws Exception {
        try (Scheduler scheduler = Scheduler.start("pinned", 1)) {
            Worker pinned = Worker.run(scheduler, () -> Pinned.touch());
            Worker other = Worker.run(scheduler, () -> Flags.OTHER.set(true));
            assertThat(pinned.endsWithin(LIMIT)).isTrue();
            assertThat(other.endsWithin(LIMIT)).isTrue();
        }
    }

    private static final class Pinned {
        static {
            while (!Flags.OTHER.get()) {
                YieldPoint.poll();
            }
        }

        static void touch() {}
    }

    private static final class Flags {
        static final AtomicBoolean OTHER = new AtomicBoolean();
    }

    private List<Worker> hogs(Scheduler scheduler, int count) {
        List<Worker> hogs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hogs.add(Worker.run(scheduler, this::burn));
        }
        return hogs;
    }

    private void burn() {
        while (!done.get()) {
            YieldPoint.poll();
        }
    }

    private List<Worker> pair(Scheduler scheduler) {
        Worker[] two = new Worker[2];
        for (int i = 0; i < 2; i++) {
            int me = i;
            two[i] =
                    Worker.create(
                            scheduler,
                            () -> {
                                while (!done.get()) {
                                    two[1 - me].signal();
                                    Worker.self().await();
                                }
                                return null;
                            });
        }
        return List.of(two[0].start(), two[1].start());
    }

    private static long slices(List<Worker> hogs) {
        return hogs.stream().mapToLong(Fiber::slices).sum();
    }

    private void end(List<Worker> workers) throws Exception {
        done.set(true);
        for (Worker worker : workers) {
            assertThat(worker.endsWithin(LIMIT)).isTrue();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("in time").isNegative();
            Thread.sleep(1);
        }
    }
}
