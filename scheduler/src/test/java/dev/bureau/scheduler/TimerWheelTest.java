package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private static final long MS = 1_000_000;
    private static final long DAY = 24L * 60 * 60 * 1000 * MS;

    /// A timer that notes when it fired.
    private static final class Noted extends Timer {
        private final List<Noted> fired;
        private final Runnable then;
        int serial;
        int count;
        int dropped;

        Noted(List<Noted> fired) {
            this(fired, () -> {});
        }

        Noted(List<Noted> fired, Runnable then) {
            this.fired = fired;
            this.then = then;
        }

        @Override
        protected void fire() {
            count++;
            fired.add(this);
            then.run();
        }

        @Override
        protected void dropped() {
            dropped++;
        }

        @Override
        public String toString() {
            return serial + "@" + deadline();
        }
    }

    private final List<Noted> fired = new ArrayList<>();

    private Noted scheduled(TimerWheel wheel, long deadline) {
        Noted timer = new Noted(fired);
        wheel.schedule(timer, deadline);
        return timer;
    }

    @Nested
    class ASingleTimer {
        @ParameterizedTest
        @ValueSource(
                longs = {
                    1,
                    MS - 1,
                    MS,
                    MS + 1,
                    255 * MS,
                    256 * MS,
                    257 * MS,
                    65_535 * MS,
                    65_536 * MS,
                    65_537 * MS,
                    16_777_215 * MS,
                    16_777_216 * MS,
                    16_777_217 * MS,
                    48 * DAY,
                    49 * DAY,
                    50 * DAY,
                    51 * DAY,
                    99 * DAY,
                    100 * DAY,
                    365 * DAY
                })
        void firesAtTheFirstMillisecondNotBeforeItsDeadline(long delay) {
            for (long origin : new long[] {0, 17, -5 * DAY, 1L << 62, Long.MAX_VALUE - 10 * DAY}) {
                fired.clear();
                TimerWheel wheel = new TimerWheel(() -> origin);
                Noted timer = scheduled(wheel, origin + delay);
                long due = origin + Math.ceilDiv(delay, MS) * MS;
                wheel.advance(due - 1);
                assertThat(fired).as("before its deadline, origin %s", origin).isEmpty();
                assertThat(timer.isPending()).isTrue();
                wheel.advance(due);
                assertThat(fired).as("at its deadline, origin %s", origin).containsExactly(timer);
                assertThat(timer.isPending()).isFalse();
                assertThat(timer.cancel()).isFalse();
                wheel.advance(due + 1000 * DAY);
                assertThat(timer.count).isEqualTo(1);
            }
        }

        @Test
        void thatIsDueAlreadyFiresAtTheNextMillisecond() {
            TimerWheel wheel = new TimerWheel(() -> 0);
            wheel.advance(1000 * MS);
            Noted past = scheduled(wheel, 3);
            Noted now = scheduled(wheel, 1000 * MS);
            wheel.advance(1001 * MS);
            assertThat(fired).containsExactly(past, now);
        }

        @Test
        void ofTheFarthestDeadlineNeverFires() {
            for (long origin : new long[] {0, 5 * DAY, -5 * DAY, Long.MAX_VALUE - DAY}) {
                fired.clear();
                TimerWheel wheel = new TimerWheel(() -> origin);
                Noted never = scheduled(wheel, origin + DAY + Long.MAX_VALUE / 2);
                for (long day = 0; day < 4000; day += 7) {
                    wheel.advance(origin + day * DAY);
                }
                assertThat(fired).as("origin %s", origin).isEmpty();
                assertThat(never.cancel()).isTrue();
            }
        }

        @Test
        void canBeCancelledOnceAndNeverFiresThen() {
            TimerWheel wheel = new TimerWheel(() -> 0);
            Noted seen = scheduled(wheel, 500 * MS);
            wheel.advance(10 * MS);
            Noted unseen = scheduled(wheel, 500 * MS);
            assertThat(seen.cancel()).isTrue();
            assertThat(unseen.cancel()).isTrue();
            assertThat(seen.cancel()).isFalse();
            assertThat(unseen.cancel()).isFalse();
            wheel.advance(10_000 * MS);
            assertThat(fired).isEmpty();
            assertThat(wheel.nextDue()).isEqualTo(TimerWheel.NEVER);
        }
    }

    @Nested
    class Order {
        @Test
        void isThatOfSettingForTheSameDeadline() {
            TimerWheel wheel = new TimerWheel(() -> 0);
            List<Noted> set = new ArrayList<>();
            // Set long before, shortly before, and in between advances: wheel 2, 1 and 0.
            for (long now : new long[] {0, 1, 70_000, 99_000, 99_900, 99_990, 99_999}) {
                wheel.advance(now * MS);
                for (int i = 0; i < 10; i++) {
                    set.add(scheduled(wheel, 100_000 * MS));
                }
            }
            wheel.advance(100_000 * MS);
            assertThat(fired).containsExactlyElementsOf(set);
        }

        @Test
        void isThatOfDeadlinesWhenOneAdvanceCoversMany() {
            TimerWheel wheel = new TimerWheel(() -> 0);
            List<Noted> set = new ArrayList<>();
            for (long delay : new long[] {70_000, 3, 300, 2, 17_000_000, 1, 256, 255, 65_536}) {
                set.add(scheduled(wheel, delay * MS));
            }
            wheel.advance(20_000_000 * MS);
            set.sort(Comparator.comparingLong(Timer::deadline));
            assertThat(fired).containsExactlyElementsOf(set);
        }
    }

    @Test
    void aTimerThatFiresMaySetAndCancelOthers() {
        TimerWheel wheel = new TimerWheel(() -> 0);
        Noted victim = new Noted(fired);
        Noted heir = new Noted(fired);
        Noted chain =
                new Noted(
                        fired,
                        () -> {
                            assertThat(victim.cancel()).isTrue();
                            wheel.schedule(heir, 5 * MS);
                        });
        wheel.schedule(chain, 5 * MS);
        wheel.schedule(victim, 5 * MS);
        wheel.advance(5 * MS);
        assertThat(fired).containsExactly(chain);
        wheel.advance(6 * MS);
        assertThat(fired).containsExactly(chain, heir);
        assertThat(victim.count).isZero();
    }

    @Test
    void aTimerThatIsSetTwiceFiresOnce() {
        TimerWheel wheel = new TimerWheel(() -> 0);
        Noted armed = scheduled(wheel, 5 * MS);
        wheel.advance(0);
        wheel.schedule(armed, 5 * MS);
        wheel.advance(5 * MS);
        assertThat(fired).containsExactly(armed);
        wheel.schedule(armed, 9 * MS);
        wheel.advance(20 * MS);
        assertThat(fired).containsExactly(armed);
        assertThat(wheel.nextDue()).isEqualTo(TimerWheel.NEVER);
    }

    @Test
    void aTimerThatThrowsDelaysNoOther() {
        TimerWheel wheel = new TimerWheel(() -> 0);
        List<Noted> others = new ArrayList<>();
        others.add(scheduled(wheel, 5 * MS));
        wheel.schedule(
                new Noted(
                        new ArrayList<>(),
                        () -> {
                            throw new IllegalStateException("thrown by a timer, on purpose");
                        }),
                5 * MS);
        others.add(scheduled(wheel, 5 * MS));
        others.add(scheduled(wheel, 6 * MS));
        try (Silence _ = new Silence()) {
            wheel.advance(6 * MS);
        }
        assertThat(fired).containsExactlyElementsOf(others);
    }

    @Test
    void nextDueIsNeverLaterThanTheNextTimer() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            TimerWheel wheel = new TimerWheel(() -> 0);
            long now = random.nextLong(200 * DAY);
            wheel.advance(now);
            List<Noted> pending = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                pending.add(scheduled(wheel, now + (random.nextLong(1L << random.nextInt(1, 56)))));
            }
            // Driven only by what nextDue says, everything fires within a millisecond of its
            // deadline.
            int steps = 0;
            for (long due = wheel.nextDue(); due != TimerWheel.NEVER; due = wheel.nextDue()) {
                assertThat(due).isGreaterThan(now);
                now = due;
                int before = fired.size();
                wheel.advance(now);
                for (Noted timer : fired.subList(before, fired.size())) {
                    assertThat(now - timer.deadline()).isBetween(0L, 2 * MS);
                }
                assertThat(++steps).as("wake-ups for five timers").isLessThan(200);
            }
            assertThat(fired).containsExactlyInAnyOrderElementsOf(pending);
            fired.clear();
        }
    }

    /// The model: a list. Every step of a random run must leave both with the same timers fired in the same millisecond.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsAListOfDeadlinesDoes(long seed) {
        Random random = new Random(seed);
        long origin = random.nextLong(-DAY, DAY);
        TimerWheel wheel = new TimerWheel(() -> origin);
        List<Noted> model = new ArrayList<>();
        long now = origin;
        int serial = 0;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    long delay = random.nextLong(1L << random.nextInt(1, 54));
                    Noted timer = scheduled(wheel, now + delay);
                    timer.serial = serial++;
                    model.add(timer);
                }
                case 2 -> {
                    if (!model.isEmpty()) {
                        Noted timer = model.remove(random.nextInt(model.size()));
                        assertThat(timer.cancel()).isTrue();
                    }
                }
                default -> {
                    long before = now;
                    now += random.nextLong(1L << random.nextInt(1, 52));
                    fired.clear();
                    wheel.advance(now);
                    long until = now;
                    List<Noted> due =
                            new ArrayList<>(
                                    model.stream()
                                            .filter(t -> tick(origin, t) <= floor(origin, until))
                                            .toList());
                    model.removeAll(due);
                    assertThat(fired).containsExactlyInAnyOrderElementsOf(due);
                    assertSorted(origin, before);
                }
            }
        }
        wheel.advance(now + 1000 * DAY);
        assertThat(wheel.nextDue()).isEqualTo(TimerWheel.NEVER);
    }

    private static long tick(long origin, Noted timer) {
        return Math.ceilDiv(timer.deadline() - origin, MS);
    }

    private static long floor(long origin, long now) {
        return Math.floorDiv(now - origin, MS);
    }

    /// By millisecond; those of one millisecond in the order in which they were set, unless more than 49 days lay ahead
    /// when they were. What was due when it was set counts from the tick after.
    private void assertSorted(long origin, long before) {
        long first = floor(origin, before) + 1;
        for (int i = 1; i < fired.size(); i++) {
            Noted one = fired.get(i - 1);
            Noted next = fired.get(i);
            long tickOfOne = Math.max(first, tick(origin, one));
            long tickOfNext = Math.max(first, tick(origin, next));
            assertThat(tickOfOne).as("%s before %s", one, next).isLessThanOrEqualTo(tickOfNext);
        }
    }

    @Test
    void cancellingAgainstFiringHasExactlyOneWinner() throws Exception {
        int rounds = 300;
        int each = 100;
        for (int round = 0; round < rounds; round++) {
            TimerWheel wheel = new TimerWheel(() -> 0);
            AtomicInteger shots = new AtomicInteger();
            List<Timer> timers = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                Timer timer =
                        new Timer() {
                            @Override
                            protected void fire() {
                                shots.incrementAndGet();
                            }
                        };
                timers.add(timer);
                wheel.schedule(timer, i * MS / 10);
            }
            CountDownLatch go = new CountDownLatch(1);
            AtomicInteger cancelled = new AtomicInteger();
            Thread canceller =
                    Thread.ofPlatform()
                            .start(() -> {
                                go.countDown();
                                for (Timer timer : timers.reversed()) {
                                    if (timer.cancel()) {
                                        cancelled.incrementAndGet();
                                    }
                                }
                            });
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            for (int ms = 0; ms <= each / 10; ms++) {
                wheel.advance(ms * MS);
            }
            canceller.join();
            wheel.advance(1000 * MS);
            assertThat(shots.get() + cancelled.get()).isEqualTo(each);
            assertThat(wheel.nextDue()).isEqualTo(TimerWheel.NEVER);
        }
    }

    @Nested
    class ADelay {
        private long now;
        private final TimerWheel wheel = new TimerWheel(() -> now);

        private Noted delayed(int millis) {
            Noted timer = new Noted(fired);
            wheel.delay(timer, millis);
            return timer;
        }

        private void advance(long time) {
            now = time;
            wheel.advance(time);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 255, 256, 257, 65_536, 16_777_217, Integer.MAX_VALUE})
        void countsFromWhenTheDriverTakesItOver(int millis) {
            Noted timer = delayed(millis);
            advance(3 * MS + 1);
            // A part of a millisecond is one.
            long due = (4L + millis) * MS;
            advance(due - 1);
            assertThat(fired).isEmpty();
            advance(due);
            assertThat(fired).containsExactly(timer);
            assertThat(timer.hasFired()).isTrue();
            assertThat(timer.revive(1)).as("what has fired is over").isFalse();
        }

        @Test
        void canBeSetAgainBeforeTheDriverHasSeenThatItWasCancelled() {
            Noted timer = delayed(5);
            for (int round = 0; round < 3; round++) {
                assertThat(timer.cancel()).isTrue();
                assertThat(timer.isPending()).isFalse();
                assertThat(timer.revive(10)).isTrue();
                assertThat(timer.revive(10)).as("it is set").isFalse();
                assertThat(timer.isPending()).isTrue();
            }
            advance(0);
            advance(9 * MS);
            assertThat(fired).isEmpty();
            advance(10 * MS);
            assertThat(fired).containsExactly(timer);
            assertThat(timer.dropped).isZero();
        }

        @Test
        void thatIsSetAgainAfterTheDriverTookItOverCountsAnew() {
            Noted other = delayed(5);
            Noted timer = delayed(5);
            advance(0);
            advance(3 * MS);
            assertThat(timer.cancel()).isTrue();
            assertThat(timer.revive(5)).isTrue();
            advance(5 * MS);
            assertThat(fired).containsExactly(other);
            advance(10 * MS - 1);
            assertThat(fired).containsExactly(other);
            advance(10 * MS);
            assertThat(fired).containsExactly(other, timer);
            assertThat(wheel.nextDue()).isEqualTo(TimerWheel.NEVER);
        }

        @Test
        void isOverOnceTheDriverHasSeenThatItWasCancelled() {
            Noted unseen = delayed(5);
            advance(0);
            Noted seen = delayed(5);
            assertThat(unseen.cancel()).isTrue();
            assertThat(seen.cancel()).isTrue();
            advance(MS);
            assertThat(unseen.dropped).isEqualTo(1);
            assertThat(seen.dropped).isEqualTo(1);
            assertThat(unseen.revive(5)).isFalse();
            assertThat(seen.revive(5)).isFalse();
            advance(1000 * MS);
            assertThat(fired).isEmpty();
            assertThat(wheel.nextDue()).isEqualTo(TimerWheel.NEVER);
        }
    }

    @Test
    void timersSetFromManyThreadsWhileItTurnsAllFireOnceAndNeverEarly() throws Exception {
        int threads = 4;
        int each = 20_000;
        long origin = System.nanoTime();
        TimerWheel wheel = new TimerWheel(() -> origin);
        AtomicInteger shots = new AtomicInteger();
        AtomicInteger early = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Thread driver =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                wheel.advance(System.nanoTime());
                                wheel.nextDue();
                            }
                            wheel.advance(System.nanoTime() + 10_000 * MS);
                        });
        List<Thread> setters = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            setters.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < each; i++) {
                                    Timer timer = counting(shots, early, done);
                                    wheel.schedule(
                                            timer, System.nanoTime() + random.nextLong(600 * MS));
                                    if (random.nextInt(3) == 0 && timer.cancel()) {
                                        cancelled.incrementAndGet();
                                    }
                                }
                            }));
        }
        for (Thread setter : setters) {
            setter.join();
        }
        done.set(true);
        driver.join();
        assertThat(early).hasValue(0);
        assertThat(shots.get() + cancelled.get()).isEqualTo(threads * each);
    }

    private static Timer counting(AtomicInteger shots, AtomicInteger early, AtomicBoolean done) {
        return new Timer() {
            @Override
            protected void fire() {
                shots.incrementAndGet();
                if (!done.get() && System.nanoTime() - deadline() < 0) {
                    early.incrementAndGet();
                }
            }
        };
    }
}
