package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final class Alarm extends Timer {
        final CountDownLatch rung = new CountDownLatch(1);
        final AtomicLong at = new AtomicLong();

        @Override
        protected void fire() {
            at.set(System.nanoTime());
            rung.countDown();
        }
    }

    @Test
    void aDelayBeyondAllTimeIsFarAheadAndNotPast() {
        try (Scheduler scheduler = Scheduler.start("clock", 1)) {
            Clock clock = scheduler.clock();
            for (Duration endless :
                    new Duration[] {
                        ChronoUnit.FOREVER.getDuration(),
                        Duration.ofNanos(Long.MAX_VALUE),
                        Duration.ofDays(200_000)
                    }) {
                assertThat(clock.after(endless) - clock.now())
                        .isGreaterThan(Duration.ofDays(50_000).toNanos());
                Alarm alarm = new Alarm();
                clock.schedule(alarm, clock.after(endless));
                assertThat(alarm.isPending()).isTrue();
            }
            LockSupport.parkNanos(20_000_000);
            Alarm soon = new Alarm();
            clock.schedule(soon, clock.after(Duration.ofMillis(5)));
            assertThat(await(soon)).isTrue();
        }
    }

    /// A timer that waits for a lock may sleep, and wakes up for whatever was meant for the clock.
    @Test
    void itStopsThoughATimerUsesUpTheWakeUp() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        SystemClock clock =
                new SystemClock(
                        "stops",
                        SystemClock.MOST_TICK_NANOS,
                        new SystemClock.Ticking() {
                            @Override
                            public boolean tick() {
                                return false;
                            }

                            @Override
                            public void stopped() {
                                ended.countDown();
                            }
                        });
        clock.start();
        clock.schedule(
                new Timer() {
                    @Override
                    protected void fire() {
                        clock.stop();
                        LockSupport.park();
                    }
                },
                clock.now());
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean await(Alarm alarm) {
        try {
            return alarm.rung.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The clock sleeps without limit when nothing is due; a setter from any thread has to find that out.
    @RepeatedTest(20)
    void wakesFromEndlessSleepForANewTimer() {
        try (Scheduler scheduler = Scheduler.start("clock", 1)) {
            Clock clock = scheduler.clock();
            for (int i = 0; i < 10; i++) {
                // Sometimes while it still ticks after work, sometimes in deep sleep, sometimes
                // between.
                LockSupport.parkNanos(i * 4_000_000L);
                Alarm alarm = new Alarm();
                long deadline = clock.now() + 1_500_000;
                clock.schedule(alarm, deadline);
                assertThat(await(alarm)).as("round %s", i).isTrue();
                assertThat(alarm.at.get() - deadline).as("late").isNotNegative();
            }
        }
    }

    /// Whether it ticks, sleeps, or is about to: who sets a delay does not look at the time.
    @RepeatedTest(20)
    void aDelayIsOverNeitherEarlyNorNever() {
        try (Scheduler scheduler = Scheduler.start("clock", 1)) {
            Clock clock = scheduler.clock();
            for (int i = 0; i < 10; i++) {
                LockSupport.parkNanos(i * 4_000_000L);
                Alarm alarm = new Alarm();
                long begin = System.nanoTime();
                clock.delay(alarm, 2);
                if (i % 2 == 0 && alarm.cancel()) {
                    begin = System.nanoTime();
                    if (!clock.delayAgain(alarm, 3)) {
                        continue;
                    }
                    begin += 1_000_000;
                }
                assertThat(await(alarm)).as("round %s", i).isTrue();
                assertThat(alarm.at.get() - begin).as("waited").isGreaterThanOrEqualTo(2_000_000);
            }
        }
    }

    @Test
    void aTimerThatThrowsStopsNeitherTheClockNorOtherTimers() {
        try (Silence _ = new Silence();
                Scheduler scheduler = Scheduler.start("clock", 1)) {
            Clock clock = scheduler.clock();
            long deadline = clock.now() + 3_000_000;
            clock.schedule(
                    new Timer() {
                        @Override
                        protected void fire() {
                            throw new IllegalStateException("thrown by a timer, on purpose");
                        }
                    },
                    deadline);
            Alarm same = new Alarm();
            Alarm later = new Alarm();
            clock.schedule(same, deadline);
            clock.schedule(later, deadline + 2_000_000);
            assertThat(await(same)).isTrue();
            assertThat(await(later)).isTrue();
        }
    }

    /// A log handler may take its time, or wait for a lock of somebody who does not come back.
    @Test
    void doesNotWaitForWhoWritesTheLog() throws Exception {
        CountDownLatch logging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Handler stuck =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        logging.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger log = Logger.getLogger("dev.bureau.scheduler");
        log.setUseParentHandlers(false);
        log.addHandler(stuck);
        try (Scheduler scheduler = Scheduler.start("clock", 1)) {
            Clock clock = scheduler.clock();
            for (int i = 0; i < 200; i++) {
                clock.schedule(
                        new Timer() {
                            @Override
                            protected void fire() {
                                throw new IllegalStateException("thrown by a timer, on purpose");
                            }
                        },
                        clock.after(Duration.ofMillis(1)));
            }
            assertThat(logging.await(10, TimeUnit.SECONDS)).isTrue();
            Alarm after = new Alarm();
            clock.schedule(after, clock.after(Duration.ofMillis(1)));
            assertThat(await(after)).isTrue();
        } finally {
            goOn.countDown();
            log.removeHandler(stuck);
            log.setUseParentHandlers(true);
        }
    }

    @Test
    void anEarlierTimerShortensTheSleepForALaterOne() {
        try (Scheduler scheduler = Scheduler.start("clock", 1)) {
            Clock clock = scheduler.clock();
            LockSupport.parkNanos(50_000_000);
            Alarm late = new Alarm();
            clock.schedule(late, clock.after(Duration.ofSeconds(30)));
            LockSupport.parkNanos(50_000_000);
            Alarm early = new Alarm();
            clock.schedule(early, clock.after(Duration.ofMillis(3)));
            assertThat(await(early)).isTrue();
            assertThat(late.cancel()).isTrue();
        }
    }
}
