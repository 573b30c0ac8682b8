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
 * Hazard: `suspend` returns when the code of the other no longer runs. It holds the fiber, then asks whether a carrier
 * has it mounted. The carrier asks whether it is held, then mounts it: on another carrier than the last time.
 *
 * Why it cannot happen: the carrier writes itself into the fiber and the fiber into itself, then reads `holds`; the
 * suspender writes `holds`, then reads both.
 *
 * The broken carrier writes itself into the fiber after it has read `holds`: the suspender asks the carrier of last
 * time.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t SuspendWhileMounting"
 */
public final class SuspendWhileMounting {
    private static final int STEPS = 5;

    private SuspendWhileMounting() {}

    @JCStressTest
    @Description("A fiber that has run on one carrier is mounted on another while it is suspended.")
    @Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "ran before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "runs although suspend said that it does not")
    @State
    public static class OnAnotherCarrier implements Race<II_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(2);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Bench fiber = new Bench(this::body);
        volatile int suspended;
        int ranSuspended;

        public OnAnotherCarrier() {
            fiber.carrier = Parts.carrier(scheduler, 1);
        }

        private void body() {
            for (int step = 0; step < STEPS; step++) {
                ranSuspended |= suspended;
            }
        }

        @Actor
        @Override
        public void first(II_Result result) {
            Parts.dispatch(carrier, fiber);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            fiber.hold();
            if (!fiber.isMounted()) {
                suspended = 1;
                result.r2 = 1;
            }
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = ranSuspended;
        }
    }

    @JCStressTest
    @Description("The carrier writes itself into the fiber after it has read `holds`.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "runs while suspended")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenCarrier implements Race<II_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(2);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Bench fiber = new Bench(() -> {});
        volatile int suspended;
        int ranSuspended;

        public BrokenCarrier() {
            fiber.carrier = Parts.carrier(scheduler, 1);
        }

        @Actor
        @Override
        public void first(II_Result result) {
            Parts.CURRENT.setVolatile(carrier, fiber);
            if (!fiber.isHeld()) {
                fiber.carrier = carrier;
                for (int step = 0; step < STEPS; step++) {
                    ranSuspended |= suspended;
                }
            }
            Parts.CURRENT.setRelease(carrier, (Schedulable) null);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            fiber.hold();
            if (!fiber.isMounted()) {
                suspended = 1;
                result.r2 = 1;
            }
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = ranSuspended;
        }
    }
}
