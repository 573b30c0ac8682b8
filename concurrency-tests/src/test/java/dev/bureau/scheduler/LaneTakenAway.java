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
 * Hazard: the watchdog gives the lane of a carrier away that seemed to be stuck, at the moment in which it comes back
 * and goes to sleep. Nobody will wake it, since wakers look at the carriers that lanes name; and as long as it counts as
 * idle, the watchdog believes that there is a carrier to spare.
 *
 * Why it cannot happen: the watchdog names the spare, then rouses the other one if it sleeps; the carrier marks itself
 * parked, then looks whether the lane still names it.
 *
 * The broken watchdog rouses nobody.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t LaneTakenAway"
 */
public final class LaneTakenAway {
    private LaneTakenAway() {}

    @JCStressTest
    @Description("A lane is given to a spare while its carrier goes to sleep.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "awake, to find that it has no lane")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "sleeps, and no lane names it")
    @Outcome(expect = FORBIDDEN, desc = "counts as idle, and does not sleep")
    @State
    public static class AsleepMeanwhile implements Race<II_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Lane lane = carrier.lane();

        public AsleepMeanwhile() {
            Parts.addSpare(scheduler, lane);
        }

        @Actor
        @Override
        public void first(II_Result result) {
            boolean done = scheduler.spares().takeOver(lane, carrier);
            assert done;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            sleepOnDuty(scheduler, carrier);
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = carrier.isParked() ? 1 : 0;
            result.r2 = Parts.idle(scheduler);
        }
    }

    @JCStressTest
    @Description("The watchdog names the spare and rouses nobody.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "sleeps, and no lane names it")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenWatchdog implements Race<II_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Lane lane = carrier.lane();

        @Actor
        @Override
        public void first(II_Result result) {
            lane.carrier = new Carrier(scheduler, lane, "spare");
        }

        @Actor
        @Override
        public void second(II_Result result) {
            sleepOnDuty(scheduler, carrier);
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r1 = carrier.isParked() ? 1 : 0;
            result.r2 = Parts.idle(scheduler);
        }
    }

    private static void sleepOnDuty(CarrierScheduler scheduler, Carrier carrier) {
        if (carrier.lane().carrier == carrier && Parts.sleep(carrier) && !carrier.isParked()) {
            scheduler.searchEnds(true);
        }
    }
}
