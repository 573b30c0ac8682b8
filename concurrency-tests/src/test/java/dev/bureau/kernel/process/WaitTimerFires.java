package dev.bureau.kernel.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import dev.bureau.scheduler.TimerWheel;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/*
 * Hazard: the time limit of a receive ends while the owner goes to sleep. The clock finds nobody asleep, and the owner
 * sleeps without limit.
 *
 * Why it cannot happen: the wheel moves the timer to FIRED, then looks for the mark; the owner publishes the mark, then
 * looks at the timer.
 *
 * The broken owner looks at the timer before it publishes, and not after.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t WaitTimerFires"
 */
public final class WaitTimerFires {
    private static final long DUE = 1_000_000;

    private WaitTimerFires() {}

    @JCStressTest
    @Description("The wheel fires the wait timer of an owner that goes to sleep.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "slept, and was woken")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "stayed awake")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "sleeps beyond its limit")
    @Outcome(expect = FORBIDDEN, desc = "woken without need")
    @State
    public static class LimitReached implements Race<II_Result> {
        final Idler owner = new Idler();
        final TimerWheel wheel = limit(owner);

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = owner.lookThenSleep();
        }

        @Actor
        @Override
        public void second(II_Result result) {
            wheel.advance(DUE);
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }

    @JCStressTest
    @Description("The limit is reached while a message comes: one wake-up.")
    @Outcome(
            id = {"0, 0", "2, 0"},
            expect = ACCEPTABLE,
            desc = "stayed awake")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "slept, and was woken once")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "sleeps over a message, beyond its limit")
    @Outcome(expect = FORBIDDEN, desc = "woken twice, or without need")
    @State
    public static class LimitReachedAndMessage implements Race<II_Result> {
        final Idler owner = new Idler();
        final TimerWheel wheel = limit(owner);

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = owner.lookThenSleep();
        }

        @Actor
        @Override
        public void second(II_Result result) {
            wheel.advance(DUE);
        }

        @Actor
        @Override
        public void third(II_Result result) {
            owner.push(Idler.message("m"));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }

    @JCStressTest
    @Description("The owner looks at the timer before it publishes the mark, and not after.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "sleeps beyond its limit")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenOwner implements Race<II_Result> {
        final Idler owner = new Idler();
        final TimerWheel wheel = limit(owner);

        @Actor
        @Override
        public void first(II_Result result) {
            boolean asleep =
                    !owner.isWaitOver()
                            && Idler.INBOX.compareAndSet(owner, (Signal) null, Idler.WAITING);
            result.r1 = asleep ? 1 : 2;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            wheel.advance(DUE);
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }

    private static TimerWheel limit(Idler owner) {
        TimerWheel wheel = new TimerWheel(() -> 0);
        WaitTimer timer = new WaitTimer(owner, null);
        owner.waitTimer = timer;
        wheel.schedule(timer, DUE);
        wheel.advance(0);
        return wheel;
    }
}
