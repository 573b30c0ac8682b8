package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierSchedulerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static void assertAllEnd(Iterable<Worker> workers) throws Exception {
        for (Worker worker : workers) {
            assertThat(worker.endsWithin(LIMIT)).as("a worker ends").isTrue();
        }
    }

    /// Two workers that signal each other in turns.
    private static List<Worker> pair(Scheduler scheduler, int rounds) {
        Worker[] pair = new Worker[2];
        for (int side = 0; side < 2; side++) {
            int other = 1 - side;
            pair[side] =
                    Worker.create(
                            scheduler,
                            () -> {
                                for (int i = 0; i < rounds; i++) {
                                    pair[other].signal();
                                    Worker.self().await();
                                }
                                return null;
                            });
        }
        return List.of(pair[0].start(), pair[1].start());
    }

    /// It would look for work without a pause.
    @Test
    void aCarrierSleepsOnThoughItIsInterrupted() throws Exception {
        try (Scheduler scheduler = Scheduler.start("interrupted", 1)) {
            Carrier[] found = new Carrier[1];
            Worker worker = Worker.run(scheduler, () -> found[0] = Worker.self().carrier);
            assertThat(worker.endsWithin(LIMIT)).isTrue();
            for (int i = 0; i < 100; i++) {
                found[0].interrupt();
                long deadline = System.nanoTime() + LIMIT.toNanos();
                while (found[0].isInterrupted() || !found[0].isParked()) {
                    assertThat(System.nanoTime()).as("it sleeps again").isLessThan(deadline);
                    Thread.onSpinWait();
                }
            }
        }
    }

    /// Each time it waits, and each time it goes on.
    @Test
    void anInterruptComesAndGoesWithItsFiber() throws Exception {
        try (Scheduler scheduler = Scheduler.start("interrupted", 1)) {
            List<Worker> pair = new ArrayList<>();
            for (int side = 0; side < 2; side++) {
                boolean interrupted = side == 0;
                int other = 1 - side;
                pair.add(
                        Worker.create(
                                scheduler,
                                () -> {
                                    Worker self = Worker.self();
                                    if (interrupted) Thread.currentThread().interrupt();
                                    for (int i = 0; i < 1_000; i++) {
                                        pair.get(other).signal();
                                        self.await();
                                        assertThat(Thread.currentThread().isInterrupted())
                                                .isEqualTo(interrupted);
                                        assertThat(self.carrier.isInterrupted())
                                                .isEqualTo(interrupted);
                                    }
                                    pair.get(other).signal();
                                    return null;
                                }));
            }
            pair.forEach(Worker::start);
            assertAllEnd(pair);
        }
    }

    /// However close it comes to the moment at which its fiber leaves the carrier.
    @Test
    void anInterruptDoesNotComeToWhoIsNext() throws Exception {
        int rounds = 100_000;
        try (Scheduler scheduler = Scheduler.start("interrupted", 1)) {
            List<Worker> pair = new ArrayList<>();
            AtomicInteger meantForAnother = new AtomicInteger();
            pair.add(
                    Worker.create(
                            scheduler,
                            () -> {
                                for (int i = 0; i < rounds; i++) {
                                    pair.get(1).signal();
                                    Worker.self().await();
                                    Thread.interrupted();
                                }
                                pair.get(1).signal();
                                return null;
                            }));
            pair.add(
                    Worker.create(
                            scheduler,
                            () -> {
                                for (int i = 0; i < rounds; i++) {
                                    pair.get(0).signal();
                                    Worker.self().await();
                                    for (int look = 0; look < 20; look++) Thread.onSpinWait();
                                    if (Worker.self().carrier.isInterrupted()) {
                                        meantForAnother.getAndIncrement();
                                    }
                                }
                                pair.get(0).signal();
                                return null;
                            }));
            pair.forEach(Worker::start);
            while (!pair.get(0).hasEnded()) pair.get(0).thread().interrupt();
            assertAllEnd(pair);
            assertThat(meantForAnother).hasValue(0);
        }
    }

    /// A lost wake-up shows as a worker that never ends.
    @Nested
    class NoWakeUpIsLost {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 8})
        void betweenPairsOfFibers(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("pairs", carriers)) {
                for (int pairs : new int[] {1, 2, 5, 300}) {
                    List<Worker> all = new ArrayList<>();
                    for (int i = 0; i < pairs; i++) {
                        all.addAll(pair(scheduler, 30_000 / pairs + 20));
                    }
                    assertAllEnd(all);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void inARing(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("ring", carriers)) {
                Worker[] ring = new Worker[100];
                for (int i = 0; i < ring.length; i++) {
                    Worker[] all = ring;
                    int next = (i + 1) % ring.length;
                    ring[i] =
                            Worker.create(
                                    scheduler,
                                    () -> {
                                        for (int lap = 0; lap < 300; lap++) {
                                            Worker.self().await();
                                            all[next].signal();
                                        }
                                        return null;
                                    });
                }
                for (Worker worker : ring) {
                    worker.start();
                }
                ring[0].signal();
                ring[50].signal();
                assertAllEnd(List.of(ring));
            }
        }

        /// Pauses of up to 300 µs meet carriers that work, search, are about to sleep, and sleep.
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void fromAThreadOutside(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("outside", carriers)) {
                int rounds = 5_000;
                Thread outside = Thread.currentThread();
                AtomicInteger answered = new AtomicInteger();
                Worker worker =
                        Worker.start(
                                scheduler,
                                () -> {
                                    for (int i = 0; i < rounds; i++) {
                                        Worker.self().await();
                                        answered.incrementAndGet();
                                        LockSupport.unpark(outside);
                                    }
                                    return null;
                                });
                for (int i = 0; i < rounds; i++) {
                    pause(ThreadLocalRandom.current().nextInt(300));
                    worker.signal();
                    long deadline = System.nanoTime() + LIMIT.toNanos();
                    while (answered.get() <= i) {
                        assertThat(System.nanoTime() - deadline).as("round %s", i).isNegative();
                        LockSupport.parkNanos(1_000_000);
                    }
                }
                assertThat(worker.endsWithin(LIMIT)).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void fromManyThreadsAndFibersAtOnce(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("many", carriers)) {
                int senders = 6;
                int each = 20_000;
                Worker receiver =
                        Worker.start(
                                scheduler,
                                () -> {
                                    for (int i = 0; i < senders * each; i++) {
                                        Worker.self().await();
                                    }
                                    return null;
                                });
                List<Thread> threads = new ArrayList<>();
                List<Worker> workers = new ArrayList<>();
                for (int s = 0; s < senders; s++) {
                    Runnable sending =
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    receiver.signal();
                                    if (i % 64 == 0) {
                                        Thread.yield();
                                    }
                                }
                            };
                    if (s % 2 == 0) {
                        threads.add(Thread.ofPlatform().start(sending));
                    } else {
                        workers.add(Worker.run(scheduler, sending::run));
                    }
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                assertAllEnd(workers);
                assertThat(receiver.endsWithin(LIMIT)).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void whenFibersStartFibersThatEndAtOnce(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("tree", carriers)) {
                CountDownLatch leaves = new CountDownLatch(1 << 14);
                tree(scheduler, 14, leaves);
                assertThat(leaves.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }

        private static void tree(Scheduler scheduler, int depth, CountDownLatch leaves) {
            Worker.run(
                    scheduler,
                    () -> {
                        if (depth == 0) {
                            leaves.countDown();
                        } else {
                            tree(scheduler, depth - 1, leaves);
                            tree(scheduler, depth - 1, leaves);
                        }
                    });
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void whenTheJdkParksAndUnparks(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("parks", carriers)) {
                int rounds = 20_000;
                AtomicInteger turn = new AtomicInteger();
                Worker[] pair = new Worker[2];
                for (int side = 0; side < 2; side++) {
                    int mine = side;
                    pair[side] =
                            Worker.create(
                                    scheduler,
                                    () -> {
                                        for (int i = 0; i < rounds; i++) {
                                            while (turn.get() != mine) {
                                                LockSupport.park();
                                            }
                                            turn.set(1 - mine);
                                            LockSupport.unpark(pair[1 - mine].thread());
                                        }
                                        return null;
                                    });
                }
                pair[0].start();
                pair[1].start();
                assertAllEnd(List.of(pair));
            }
        }

        /// The watchdog may be wrong about a carrier: it has come back, or sleeps, when its lane is given away.
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void whenLanesAreGivenAwayAtAnyMoment(int carriers) throws Exception {
            try (CarrierScheduler scheduler = new CarrierScheduler("taken", carriers)) {
                AtomicBoolean done = new AtomicBoolean();
                Thread taker =
                        Thread.ofPlatform()
                                .start(() -> {
                                    while (!done.get()) {
                                        for (Lane lane : scheduler.lanes()) {
                                            Spares spares = scheduler.spares();
                                            if (spares.idle() != null || spares.count() < 4) {
                                                spares.takeOver(lane, lane.carrier);
                                            }
                                        }
                                        LockSupport.parkNanos(50_000);
                                    }
                                });
                for (int round = 0; round < 20; round++) {
                    List<Worker> all = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        all.addAll(pair(scheduler, 500));
                    }
                    assertAllEnd(all);
                    pause(200);
                    Worker single = Worker.run(scheduler, () -> Worker.self().await());
                    pause(ThreadLocalRandom.current().nextInt(300));
                    single.signal();
                    assertAllEnd(List.of(single));
                }
                done.set(true);
                taker.join();
            }
        }
    }

    private static void pause(int micros) {
        if (micros > 50) {
            LockSupport.parkNanos(micros * 1_000L);
        } else {
            spin(micros * 1_000L);
        }
    }

    /// Computes for that long, without ever giving the carrier back.
    static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    @Nested
    class TheOrder {
        @Test
        void ofFibersThatYieldIsRoundRobinOnOneCarrier() throws Exception {
            try (Scheduler scheduler = Scheduler.start("robin", 1)) {
                Queue<Integer> turns = new ConcurrentLinkedQueue<>();
                AtomicInteger there = new AtomicInteger();
                List<Worker> workers = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    int number = i;
                    workers.add(
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        there.incrementAndGet();
                                        while (there.get() < 5) {
                                            Thread.yield();
                                        }
                                        for (int turn = 0; turn < 20; turn++) {
                                            turns.add(number);
                                            Thread.yield();
                                        }
                                    }));
                }
                assertAllEnd(workers);
                // The last to come begins at once, the others at their next turn.
                int[] count = new int[5];
                for (int number : turns) {
                    count[number]++;
                    int most = 0;
                    int least = Integer.MAX_VALUE;
                    for (int n : count) {
                        most = Math.max(most, n);
                        least = Math.min(least, n);
                    }
                    assertThat(most - least).as("turns %s", turns).isLessThanOrEqualTo(2);
                }
            }
        }

        /// A pair that keeps waking each other lives in the slot; what is in the queue must get its turn all the same.
        @Test
        void isNotSpoiledByAPairThatNeverStopsTalking() throws Exception {
            try (Scheduler scheduler = Scheduler.start("talk", 1)) {
                AtomicBoolean done = new AtomicBoolean();
                Worker[] pair = new Worker[2];
                for (int side = 0; side < 2; side++) {
                    int other = 1 - side;
                    pair[side] =
                            Worker.create(
                                    scheduler,
                                    () -> {
                                        while (!done.get()) {
                                            pair[other].signal();
                                            Worker.self().await();
                                        }
                                        pair[other].signal();
                                        return null;
                                    });
                }
                pair[0].start();
                pair[1].start();
                for (int i = 0; i < 50; i++) {
                    Worker third = Worker.run(scheduler, () -> {});
                    assertThat(third.endsWithin(Duration.ofSeconds(5))).isTrue();
                }
                done.set(true);
                assertAllEnd(List.of(pair));
            }
        }

        @Test
        void ofPrioritiesIsMaxThenHighThenTheOthersWithLowInEveryEighthTurn() throws Exception {
            for (int attempt = 0; ; attempt++) {
                try (CarrierScheduler scheduler = new CarrierScheduler("priorities", 1)) {
                    List<Priority> ran = order(scheduler);
                    if (scheduler.spares().count() != 0 && attempt < 20) {
                        // The machine was so busy that the watchdog stepped in: two carriers for a
                        // moment.
                        continue;
                    }
                    assertThat(ran.subList(0, 5)).containsOnly(Priority.MAX);
                    assertThat(ran.subList(5, 10)).containsOnly(Priority.HIGH);
                    List<Priority> rest = ran.subList(10, ran.size());
                    List<Integer> low = new ArrayList<>();
                    for (int i = 0; i < rest.size(); i++) {
                        if (rest.get(i) == Priority.LOW) {
                            low.add(i);
                        }
                    }
                    assertThat(low.getFirst()).isLessThan(8);
                    for (int i = 1; i < low.size(); i++) {
                        assertThat(low.get(i) - low.get(i - 1)).as("low at %s", low).isEqualTo(8);
                    }
                    return;
                }
            }
        }

        private static List<Priority> order(CarrierScheduler scheduler) throws Exception {
            Queue<Priority> ran = new ConcurrentLinkedQueue<>();
            CountDownLatch holding = new CountDownLatch(1);
            AtomicBoolean go = new AtomicBoolean();
            Worker gate =
                    Worker.run(
                            scheduler,
                            () -> {
                                holding.countDown();
                                while (!go.get()) {
                                    Thread.onSpinWait();
                                }
                            });
            holding.await();
            List<Worker> all = new ArrayList<>();
            all.add(gate);
            for (int i = 0; i < 64; i++) {
                List<Priority> now = new ArrayList<>(List.of(Priority.NORMAL));
                if (i < 5) {
                    now.addAll(List.of(Priority.LOW, Priority.HIGH, Priority.MAX));
                }
                for (Priority priority : now) {
                    Worker worker =
                            Worker.create(
                                    scheduler,
                                    () -> {
                                        ran.add(priority);
                                        return null;
                                    });
                    worker.priority(priority);
                    all.add(worker.start());
                }
            }
            go.set(true);
            assertAllEnd(all);
            return List.copyOf(ran);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void letsLowGoOnBesideNormalFibersThatNeverStop(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("low", carriers)) {
                AtomicBoolean done = new AtomicBoolean();
                List<Worker> busy = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    busy.add(
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        while (!done.get()) {
                                            Thread.yield();
                                        }
                                    }));
                }
                Worker low =
                        Worker.create(
                                scheduler,
                                () -> {
                                    for (int i = 0; i < 100; i++) {
                                        Thread.yield();
                                    }
                                    return null;
                                });
                low.priority(Priority.LOW);
                low.start();
                assertThat(low.endsWithin(LIMIT)).isTrue();
                done.set(true);
                assertAllEnd(busy);
            }
        }
    }

    @Nested
    class WhenTheWakerComputes {
        /// With an idle carrier the one it has woken runs there meanwhile.
        @RepeatedTest(5)
        void anIdleCarrierTakesWhatLiesInItsSlot() throws Exception {
            try (CarrierScheduler scheduler = new CarrierScheduler("slot", 2)) {
                AtomicBoolean woken = new AtomicBoolean();
                AtomicBoolean inTime = new AtomicBoolean();
                Worker other =
                        Worker.run(
                                scheduler,
                                () -> {
                                    Worker.self().await();
                                    woken.set(true);
                                });
                Worker waker =
                        Worker.run(
                                scheduler,
                                () -> {
                                    other.signal();
                                    long end = System.nanoTime() + LIMIT.toNanos();
                                    while (!woken.get() && System.nanoTime() - end < 0) {
                                        Thread.onSpinWait();
                                    }
                                    inTime.set(woken.get());
                                });
                assertAllEnd(List.of(waker, other));
                assertThat(inTime).isTrue();
            }
        }

        /// With one carrier only, a spare does.
        @RepeatedTest(5)
        void aSpareTakesItIfThereIsNoOtherCarrier() throws Exception {
            try (CarrierScheduler scheduler = new CarrierScheduler("slot", 1)) {
                AtomicBoolean woken = new AtomicBoolean();
                AtomicBoolean inTime = new AtomicBoolean();
                Worker other =
                        Worker.run(
                                scheduler,
                                () -> {
                                    Worker.self().await();
                                    woken.set(true);
                                });
                Worker waker =
                        Worker.run(
                                scheduler,
                                () -> {
                                    other.signal();
                                    long end = System.nanoTime() + LIMIT.toNanos();
                                    while (!woken.get() && System.nanoTime() - end < 0) {
                                        Thread.onSpinWait();
                                    }
                                    inTime.set(woken.get());
                                });
                assertAllEnd(List.of(waker, other));
                assertThat(inTime).isTrue();
                assertThat(scheduler.spares().count()).isEqualTo(1);
            }
        }
    }

    @Nested
    class Holding {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void keepsAFiberFromGoingOnUntilAllHoldsAreReleased(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("hold", carriers)) {
                for (int round = 0; round < 200; round++) {
                    AtomicLong steps = new AtomicLong();
                    AtomicBoolean done = new AtomicBoolean();
                    Worker worker =
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        while (!done.get()) {
                                            steps.incrementAndGet();
                                            Thread.yield();
                                        }
                                    });
                    worker.hold();
                    worker.hold();
                    while (worker.isMounted()) {
                        Thread.onSpinWait();
                    }
                    long seen = steps.get();
                    pause(60);
                    assertThat(steps).hasValue(seen);
                    worker.release();
                    pause(60);
                    assertThat(steps).hasValue(seen);
                    assertThat(worker.isHeld()).isTrue();
                    worker.release();
                    done.set(true);
                    assertThat(worker.endsWithin(LIMIT)).isTrue();
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void losesNoSignal(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("hold", carriers)) {
                int signals = 3_000;
                Worker worker =
                        Worker.run(
                                scheduler,
                                () -> {
                                    for (int i = 0; i < signals; i++) {
                                        Worker.self().await();
                                    }
                                });
                AtomicBoolean done = new AtomicBoolean();
                Thread holder =
                        Thread.ofPlatform()
                                .start(() -> {
                                    while (!done.get()) {
                                        worker.hold();
                                        spin(1_000);
                                        worker.release();
                                        spin(1_000);
                                    }
                                });
                for (int i = 0; i < signals; i++) {
                    worker.signal();
                    pause(i % 60);
                }
                assertThat(worker.endsWithin(LIMIT)).isTrue();
                done.set(true);
                holder.join();
            }
        }
    }

    /// What lies in the queue of a carrier that computes is stolen by one that has nothing to do.
    @RepeatedTest(5)
    void anIdleCarrierStealsWhatAnotherHasQueued() throws Exception {
        try (CarrierScheduler scheduler = new CarrierScheduler("steal", 2)) {
            AtomicInteger ended = new AtomicInteger();
            AtomicInteger inTime = new AtomicInteger();
            Worker starter =
                    Worker.run(
                            scheduler,
                            () -> {
                                for (int i = 0; i < 200; i++) {
                                    Worker.run(scheduler, ended::incrementAndGet);
                                }
                                long end = System.nanoTime() + LIMIT.toNanos();
                                while (ended.get() < 200 && System.nanoTime() - end < 0) {
                                    Thread.onSpinWait();
                                }
                                inTime.set(ended.get());
                            });
            assertThat(starter.endsWithin(LIMIT)).isTrue();
            assertThat(inTime).hasValue(200);
        }
    }

    /// What has come into a queue only since is left to the carrier of that lane, which will most likely come to it sooner.
    @Test
    void whatIsStolenHasWaited() throws Exception {
        CarrierScheduler scheduler = new CarrierScheduler("steal", 2);
        Lane[] lanes = scheduler.lanes();
        List<Carrier> carriers = new ArrayList<>();
        for (Lane lane : lanes) carriers.add(lane.carrier);
        scheduler.close();
        // So that nobody else takes anything.
        for (Carrier carrier : carriers) carrier.join();

        int[] ends = new int[lanes.length];
        scheduler.noteEnds(ends);
        Schedulable first = new Helper(() -> {});
        Schedulable second = new Helper(() -> {});
        lanes[1].queue.offer(first);
        assertThat(scheduler.steal(lanes[0], ends)).isNull();
        scheduler.noteEnds(ends);
        lanes[1].queue.offer(second);
        assertThat(scheduler.steal(lanes[0], ends)).isSameAs(first);
        assertThat(scheduler.steal(lanes[0], ends)).isNull();
        assertThat(lanes[1].queue.poll()).isSameAs(second);
    }

    /// Who wakes a fiber of a scheduler that has been closed is not to suffer for it.
    @Test
    void closingFailsNobodyWhoWakesItsFibersLater() throws Exception {
        Scheduler scheduler = Scheduler.start("closed", 2);
        Worker waiting = Worker.run(scheduler, () -> Worker.self().await());
        Worker parked = Worker.run(scheduler, LockSupport::park);
        Worker sleeping = Worker.run(scheduler, () -> Thread.sleep(30));
        while (!waiting.isWaiting()
                || parked.thread().getState() != Thread.State.WAITING
                || sleeping.thread().getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(100_000);
        }
        scheduler.close();
        waiting.signal();
        LockSupport.unpark(parked.thread());
        parked.thread().interrupt();
        // Its own time-out, on a thread of the JDK that others need too.
        LockSupport.parkNanos(60_000_000);
        try (Scheduler other = Scheduler.start("open", 1)) {
            assertThat(Worker.run(other, () -> Thread.sleep(5)).endsWithin(LIMIT)).isTrue();
        }
        Worker late = Worker.run(scheduler, () -> {});
        assertThat(late.hasEnded()).isFalse();
    }

    @Test
    void closingEndsAllItsThreads() throws Exception {
        String name = "closing-" + System.nanoTime();
        Scheduler scheduler = Scheduler.start(name, 3);
        AtomicBoolean stop = new AtomicBoolean();
        // So that there are spares too.
        List<Worker> hogs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hogs.add(
                    Worker.run(
                            scheduler,
                            () -> {
                                while (!stop.get()) {
                                    Thread.onSpinWait();
                                }
                            }));
        }
        assertThat(Worker.run(scheduler, () -> {}).endsWithin(LIMIT)).isTrue();
        assertThat(threads(name)).hasSizeGreaterThan(4);
        scheduler.close();
        stop.set(true);
        for (Thread thread : threads(name)) {
            thread.join(5_000);
        }
        assertThat(threads(name)).isEmpty();
    }

    static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }
}
