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
 * Hazard: the watchdog gives the lane of a carrier that computes to a spare. The fiber on the old carrier goes on and
 * wakes another, which goes into the slot of the lane; the slot wakes nobody, and the spare has just found it empty and
 * sleeps.
 *
 * Why it cannot happen: the waker fills the slot, then looks whom the lane names; the spare is named, then looks into
 * the slot before it sleeps. If the waker does not see the spare named, the spare's look comes after the filling.
 *
 * The broken waker does not look at the name.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t SlotHandOver"
 */
public final class SlotHandOver {
    private SlotHandOver() {}

    @JCStressTest
    @Description("A wake-up into the slot of a lane that is given to a spare meanwhile.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "found, or somebody is awake to find it")
    @Outcome(expect = FORBIDDEN, desc = "lies in the slot of a carrier that sleeps")
    @State
    public static class WokenMeanwhile implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Lane lane = carrier.lane();
        final Carrier spare = Parts.addSpare(scheduler, lane);

        @Actor
        @Override
        public void first(I_Result result) {
            Parts.enqueueNext(scheduler, carrier, Parts.work());
        }

        @Actor
        @Override
        public void second(I_Result result) {
            boolean done = scheduler.spares().takeOver(lane, carrier);
            assert done;
            int found = Parts.serve(scheduler, spare, 3);
            assert found <= 1;
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("The waker fills the slot and does not look at the name.")
    @Outcome(
            id = "1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "lies in the slot of a carrier that sleeps")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenWaker implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Lane lane = carrier.lane();
        final Carrier spare = Parts.addSpare(scheduler, lane);

        @Actor
        @Override
        public void first(I_Result result) {
            Schedulable displaced = lane.replaceNext(Parts.work());
            assert displaced == null;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            boolean done = scheduler.spares().takeOver(lane, carrier);
            assert done;
            int found = Parts.serve(scheduler, spare, 3);
            assert found <= 1;
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }
}
