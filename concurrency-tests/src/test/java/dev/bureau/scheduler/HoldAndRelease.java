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
 * Hazard: a held fiber is taken from the run queue while its last hold is released. The carrier puts it aside and the
 * releaser does not know: it is in no queue any more. Or both act, and it is queued while it runs.
 *
 * Why it cannot happen: both change one word by compare-and-set. The carrier sets HELD only together with the check that
 * a hold is left; whoever takes the last hold away takes HELD with it, and queues the fiber if it was set.
 *
 * The broken carrier sets HELD after the check.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t HoldAndRelease"
 */
public final class HoldAndRelease {
    private static final int HELD = 1 << 30;

    private HoldAndRelease() {}

    @JCStressTest
    @Description("A held fiber comes to a carrier while it is released.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "was free already, and is mounted")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "was put aside, and is queued again")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "is nowhere")
    @Outcome(expect = FORBIDDEN, desc = "is mounted and queued")
    @State
    public static class ReleasedMeanwhile implements Race<II_Result> {
        int mounted;
        final Bench fiber = new Bench(() -> mounted++);

        public ReleasedMeanwhile() {
            fiber.hold();
        }

        @Actor
        @Override
        public void first(II_Result result) {
            fiber.runOn(null);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            fiber.release();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = mounted;
            result.r2 = fiber.timesQueued();
        }
    }

    @JCStressTest
    @Description("Two holds, two releases, and a carrier.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "was free already, and is mounted")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "was put aside, and is queued once")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "is nowhere")
    @Outcome(expect = FORBIDDEN, desc = "is mounted and queued, or queued twice")
    @State
    public static class ReleasedTwice implements Race<II_Result> {
        int mounted;
        final Bench fiber = new Bench(() -> mounted++);

        public ReleasedTwice() {
            fiber.hold();
            fiber.hold();
        }

        @Actor
        @Override
        public void first(II_Result result) {
            fiber.runOn(null);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            fiber.release();
        }

        @Actor
        @Override
        public void third(II_Result result) {
            fiber.release();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = mounted;
            result.r2 = fiber.timesQueued();
        }
    }

    @JCStressTest
    @Description("The carrier sets HELD after it has seen a hold, not with it.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "is nowhere")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenCarrier implements Race<II_Result> {
        int mounted;
        final Bench fiber = new Bench(() -> mounted++);

        public BrokenCarrier() {
            fiber.hold();
        }

        @Actor
        @Override
        public void first(II_Result result) {
            if (fiber.isHeld()) {
                int seen = (int) Parts.HOLDS.getVolatile(fiber);
                while (!Parts.HOLDS.compareAndSet(fiber, seen, seen | HELD)) {
                    seen = (int) Parts.HOLDS.getVolatile(fiber);
                }
            } else {
                fiber.runOn(null);
            }
        }

        @Actor
        @Override
        public void second(II_Result result) {
            fiber.release();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = mounted;
            result.r2 = fiber.timesQueued();
        }
    }
}
