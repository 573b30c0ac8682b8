package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Setters and cancellers against the thread that drives the wheel.
class TimerWheelStressTest {
    private static final long TICK = 1_000_000;

    @Test
    void firesEachTimerThatWasNotCancelledOnceAndNeverEarly() throws Exception {
        firesEach(20_000);
    }

    @Test
    @Tag("stress")
    void firesEachTimerThatWasNotCancelledOnceAndNeverEarlyForLong() throws Exception {
        firesEach(2_000_000);
    }

    private static void firesEach(int timersOfEach) throws Exception {
        Drive drive = new Drive();
        TimerWheel wheel = new TimerWheel(() -> drive.now);
        List<Setter> setters = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            Setter setter = new Setter(wheel, drive, seed, timersOfEach);
            setters.add(setter);
            setter.start();
        }
        SplittableRandom random = new SplittableRandom(7);
        while (setters.stream().anyMatch(Thread::isAlive)) {
            drive.advance(wheel, drive.now + random.nextLong(3 * TICK));
        }
        // What is set to a delay counts from now at the latest.
        wheel.nextDue();
        drive.advance(wheel, drive.now + 100_000 * TICK);
        for (Setter setter : setters) {
            setter.join();
            assertThat(setter.failure).isNull();
            for (Shot shot : setter.shots) {
                assertThat(shot.fired.get() + shot.cancelled).as("fired or cancelled").isEqualTo(1);
            }
        }
        assertThat(drive.early).hasValue(0);
        assertThat(wheel.nextDue()).isEqualTo(TimerWheel.NEVER);
    }

    private static final class Drive {
        final AtomicInteger early = new AtomicInteger();
        volatile long now;

        void advance(TimerWheel wheel, long to) {
            now = to;
            wheel.advance(to);
        }
    }

    private static final class Setter extends Thread {
        final List<Shot> shots = new ArrayList<>();
        volatile Throwable failure;
        private final TimerWheel wheel;
        private final Drive drive;
        private final SplittableRandom random;
        private final int timers;

        Setter(TimerWheel wheel, Drive drive, int seed, int timers) {
            this.wheel = wheel;
            this.drive = drive;
            this.random = new SplittableRandom(seed);
            this.timers = timers;
        }

        @Override
        public void run() {
            try {
                for (int i = 0; i < timers; i++) {
                    long delay = random.nextLong(random.nextBoolean() ? 2 * TICK : 70_000 * TICK);
                    Shot shot = new Shot(drive, drive.now + delay);
                    shots.add(shot);
                    if (random.nextBoolean()) {
                        wheel.schedule(shot, shot.at);
                    } else {
                        wheel.delay(shot, 1 + (int) (delay / TICK));
                    }
                    Shot chosen = shots.get(Math.max(0, i - random.nextInt(8)));
                    if (random.nextBoolean() && chosen.cancel()) {
                        int millis = 1 + random.nextInt(100);
                        chosen.at = drive.now + millis * TICK;
                        if (random.nextBoolean() || !chosen.revive(millis)) {
                            chosen.cancelled++;
                        }
                    }
                }
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
    }

    private static final class Shot extends Timer {
        final AtomicInteger fired = new AtomicInteger();
        volatile long at;
        int cancelled;
        private final Drive drive;

        Shot(Drive drive, long at) {
            this.drive = drive;
            this.at = at;
        }

        @Override
        protected void fire() {
            fired.incrementAndGet();
            if (drive.now < at) {
                drive.early.incrementAndGet();
            }
        }
    }
}
