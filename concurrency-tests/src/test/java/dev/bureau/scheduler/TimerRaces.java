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
import org.openjdk.jcstress.infra.results.II_Result;

/*
 * Hazard: a timer is cancelled while it fires, so that it does both or neither; or it is cancelled while the driver
 * takes it over, and the two change the same links: other timers are lost with it.
 *
 * Why it cannot happen: the state is changed by compare-and-set, once to its end. A canceller pushes the timer on the
 * wheel's list only from ARMED, and the driver takes `pending` out of the timer before it arms it; slots are the
 * driver's alone.
 *
 * Hazard: a canceller sets his timer again while the driver lets go of it: the timer is lost, or fires for the delay before.
 *
 * Why it cannot happen: both are steps from CANCELLED, by compare-and-set. The driver that has armed it meanwhile finds it on
 * the list again, and what it has made of the new delay or the old is void.
 *
 * The broken canceller looks at the state, then writes it. The broken driver arms first and clears `pending` then: it
 * cuts off what lies below a timer that was pushed again. The broken dropper looks at the state, then lets go.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t TimerRaces"
 */
public final class TimerRaces {
    private static final long TICK = 1_000_000;

    private TimerRaces() {}

    @JCStressTest
    @Description("An armed timer is cancelled while it fires; two more are due at the same time.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "either fired or cancelled; the others fired")
    @Outcome(id = ".*, 2", expect = FORBIDDEN, desc = "fired and cancelled, or neither")
    @Outcome(expect = FORBIDDEN, desc = "another timer was lost, or fired twice")
    @State
    public static class CancelledWhileFiring implements Race<II_Result> {
        final TimerWheel wheel = new TimerWheel(() -> 0);
        final Shot before = new Shot();
        final Shot timer = new Shot();
        final Shot after = new Shot();
        int cancelled;

        public CancelledWhileFiring() {
            wheel.schedule(before, TICK);
            wheel.schedule(timer, TICK);
            wheel.schedule(after, TICK);
            wheel.advance(0);
        }

        @Actor
        @Override
        public void first(II_Result result) {
            wheel.advance(TICK);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            cancelled = timer.cancel() ? 1 : 0;
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            wheel.advance(1000 * TICK);
            result.r1 = cancelled + timer.fired;
            result.r2 = before.fired + after.fired;
        }
    }

    @JCStressTest
    @Description("A timer is cancelled by two while the driver takes it over and fires it.")
    @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "one of the three; the others fired")
    @Outcome(
            id = ".*, 3",
            expect = FORBIDDEN,
            desc = "fired and cancelled, cancelled twice, or neither")
    @Outcome(expect = FORBIDDEN, desc = "another timer was lost, or fired twice")
    @State
    public static class CancelledWhileArming implements Race<II_Result> {
        final TimerWheel wheel = new TimerWheel(() -> 0);
        final Shot before = new Shot();
        final Shot timer = new Shot();
        final Shot after = new Shot();
        final Shot late = new Shot();
        int cancelled;
        int cancelledToo;

        public CancelledWhileArming() {
            wheel.schedule(before, TICK);
            wheel.schedule(timer, TICK);
            wheel.schedule(after, TICK);
        }

        @Actor
        @Override
        public void first(II_Result result) {
            wheel.advance(0);
            wheel.advance(TICK);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            wheel.schedule(late, TICK);
            cancelled = timer.cancel() ? 1 : 0;
        }

        @Actor
        @Override
        public void third(II_Result result) {
            cancelledToo = timer.cancel() ? 1 : 0;
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            wheel.advance(1000 * TICK);
            result.r1 = cancelled + cancelledToo + timer.fired;
            result.r2 = before.fired + after.fired + late.fired;
        }
    }

    @JCStressTest
    @Description("The canceller looks at the state, then writes it.")
    @Outcome(id = "2, .*", expect = ACCEPTABLE_INTERESTING, desc = "fired and cancelled")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenCanceller implements Race<II_Result> {
        final TimerWheel wheel = new TimerWheel(() -> 0);
        final Shot timer = new Shot();
        int cancelled;

        public BrokenCanceller() {
            wheel.schedule(timer, TICK);
            wheel.advance(0);
        }

        @Actor
        @Override
        public void first(II_Result result) {
            wheel.advance(TICK);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            if (timer.isPending()) {
                Parts.STATE.setVolatile(timer, Timer.CANCELLED);
                wheel.changed(timer);
                cancelled = 1;
            }
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = cancelled + timer.fired;
        }
    }

    @JCStressTest
    @Description("The driver clears `pending` after it has armed the timer.")
    @Outcome(id = ".*, 0", expect = ACCEPTABLE_INTERESTING, desc = "another timer was lost")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenDriver implements Race<II_Result> {
        final TimerWheel wheel = new TimerWheel(() -> 0);
        final Shot timer = new Shot();
        final Shot late = new Shot();
        int cancelled;

        public BrokenDriver() {
            wheel.schedule(timer, TICK);
        }

        @Actor
        @Override
        public void first(II_Result result) {
            // As TimerWheel.applyChanges for a stack of one, but for the order.
            Timer taken = (Timer) Parts.CHANGES.getAndSet(wheel, (Timer) null);
            if (taken == timer && taken.pending == null && taken.advance(Timer.NEW, Timer.ARMED)) {
                Parts.insert(wheel, taken, 1);
                taken.pending = null;
            }
        }

        @Actor
        @Override
        public void second(II_Result result) {
            if (timer.state() == Timer.ARMED) {
                wheel.schedule(late, TICK);
                cancelled = timer.cancel() ? 1 : 0;
            } else {
                late.fired = 1;
            }
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            wheel.advance(1000 * TICK);
            result.r1 = cancelled + timer.fired;
            result.r2 = late.fired;
        }
    }

    @JCStressTest
    @Description(
            "A timer is cancelled and set again while the driver takes it over and fires what is due.")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "fired once if it was set; so did the others")
    @Outcome(id = ".*, 2", expect = FORBIDDEN, desc = "lost, or fired though it was not set")
    @Outcome(expect = FORBIDDEN, desc = "another timer was lost, or fired twice")
    @State
    public static class SetAgainWhileTakenOver implements Race<II_Result> {
        final TimerWheel wheel = new TimerWheel(() -> 0);
        final Shot before = new Shot();
        final Shot timer = new Shot();
        final Shot after = new Shot();
        int expected = 1;

        public SetAgainWhileTakenOver() {
            wheel.schedule(before, TICK);
            wheel.delay(timer, 1);
            wheel.schedule(after, TICK);
        }

        @Actor
        @Override
        public void first(II_Result result) {
            wheel.advance(0);
            wheel.advance(TICK);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            for (int i = 0; i < 3; i++) {
                if (!timer.cancel()) {
                    return;
                }
                expected = timer.revive(1 + i) ? 1 : 0;
                if (expected == 0) {
                    return;
                }
            }
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            wheel.advance(1000 * TICK);
            result.r1 = expected - timer.fired;
            result.r2 = before.fired + after.fired;
        }
    }

    @JCStressTest
    @Description("The driver looks at the state of a cancelled timer, then lets go of it.")
    @Outcome(id = "1, .*", expect = ACCEPTABLE_INTERESTING, desc = "set again, and lost")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenDropper implements Race<II_Result> {
        final TimerWheel wheel = new TimerWheel(() -> 0);
        final Shot timer = new Shot();
        int expected;

        public BrokenDropper() {
            wheel.delay(timer, 1);
            boolean done = timer.cancel();
            assert done;
        }

        @Actor
        @Override
        public void first(II_Result result) {
            // As TimerWheel.take, but for the compare-and-set.
            Timer taken = (Timer) Parts.CHANGES.getAndSet(wheel, (Timer) null);
            if (taken == timer && taken.state() == Timer.CANCELLED) {
                taken.dropped();
            } else {
                Parts.CHANGES.setVolatile(wheel, taken);
            }
        }

        @Actor
        @Override
        public void second(II_Result result) {
            expected = timer.revive(1) ? 1 : 0;
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            wheel.advance(0);
            wheel.advance(1000 * TICK);
            result.r1 = expected - timer.fired;
        }
    }

    private static final class Shot extends Timer {
        int fired;

        @Override
        protected void fire() {
            fired++;
        }
    }
}
