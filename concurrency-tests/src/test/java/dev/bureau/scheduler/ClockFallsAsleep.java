package dev.bureau.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/*
 * Hazard: the clock looks at its timers for the last time and goes to sleep until the next is due. A timer set at that
 * moment would be due earlier, and its setter believes that the clock wakes in time: it has read a time at which the
 * clock no longer means to wake, since the timer due then has been cancelled.
 *
 * Why it cannot happen: the clock announces in `wakeAt` when it will wake, then looks once more, and never sleeps longer
 * than announced. The setter pushes its timer, then reads `wakeAt`: if the clock's look has missed the push, the setter
 * reads what was announced before the look, or less, and wakes the clock if that is too late.
 *
 * The broken clock sleeps until what the second look says, which may be later.
 *
 * A delay has no deadline until the clock looks at it, so there its setter reads `ticks`, which the clock takes back before its
 * last look. The broken clock takes it back after that.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t ClockFallsAsleep"
 */
public final class ClockFallsAsleep {
    private static final long TICK = 1_000_000;
    private static final long CANCELLED = 10 * TICK;
    private static final long SET = 12 * TICK;

    private ClockFallsAsleep() {}

    @JCStressTest
    @Description("The next timer is cancelled and a later one set while the clock goes to sleep.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "wakes in time, or is woken")
    @Outcome(expect = FORBIDDEN, desc = "sleeps beyond the new timer")
    @State
    public static class CancelledAndSet implements Race<I_Result> {
        final Bed bed = new Bed();

        @Actor
        @Override
        public void first(I_Result result) {
            bed.until = bed.clock.fallAsleep(bed.now, false);
        }

        @Actor
        @Override
        public void second(I_Result result) {
            bed.cancel();
        }

        @Actor
        @Override
        public void third(I_Result result) {
            bed.set();
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = bed.isLate() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("The clock sleeps until what its second look says.")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "sleeps beyond the new timer")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenSecondLook implements Race<I_Result> {
        final Bed bed = new Bed();

        @Actor
        @Override
        public void first(I_Result result) {
            TimerWheel wheel = Parts.wheel(bed.clock);
            Parts.WAKE_AT.setVolatile(bed.clock, due(wheel));
            long until = due(wheel);
            Parts.WAKE_AT.setVolatile(bed.clock, until);
            bed.until = until;
        }

        private long due(TimerWheel wheel) {
            long due = wheel.nextDue();
            return due == TimerWheel.NEVER ? bed.now + 1000 * TICK : due;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            bed.cancel();
        }

        @Actor
        @Override
        public void third(I_Result result) {
            bed.set();
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = bed.isLate() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("A delay is set while the clock goes to sleep.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "the clock has seen it, or is woken")
    @Outcome(expect = FORBIDDEN, desc = "sleeps and has not seen it")
    @State
    public static class DelaySet implements Race<I_Result> {
        final Bed bed = new Bed();

        @Actor
        @Override
        public void first(I_Result result) {
            bed.until = bed.clock.fallAsleep(bed.now, false);
        }

        @Actor
        @Override
        public void second(I_Result result) {
            bed.delay();
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = bed.isUnseen() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("The clock says that it does not look any more after its last look.")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "sleeps and has not seen it")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenLastLook implements Race<I_Result> {
        final Bed bed = new Bed();

        @Actor
        @Override
        public void first(I_Result result) {
            bed.until = Parts.wheel(bed.clock).nextDue();
            Parts.TICKS.setVolatile(bed.clock, false);
        }

        @Actor
        @Override
        public void second(I_Result result) {
            bed.delay();
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = bed.isUnseen() ? 1 : 0;
        }
    }

    /// A clock with one timer, whose thread is the first actor.
    private static final class Bed {
        final SystemClock clock =
                new SystemClock("races", SystemClock.MOST_TICK_NANOS, () -> false);
        final long now = clock.now();
        final Alarm next = new Alarm();
        final Alarm later = new Alarm();
        long until;
        boolean woken;

        Bed() {
            clock.schedule(next, now + CANCELLED);
            clock.fallAsleep(now, true);
        }

        void cancel() {
            boolean done = next.cancel();
            assert done;
        }

        void set() {
            Parts.wheel(clock).schedule(later, now + SET);
            woken = clock.sleepsBeyond(now + SET + TICK);
        }

        void delay() {
            Parts.wheel(clock).delay(later, 12);
            woken = !(boolean) Parts.TICKS.getVolatile(clock);
        }

        boolean isUnseen() {
            return !woken && later.state() == Timer.NEW;
        }

        boolean isLate() {
            return !woken && until - (now + SET + TICK) > 0;
        }
    }

    private static final class Alarm extends Timer {
        @Override
        protected void fire() {}
    }
}
