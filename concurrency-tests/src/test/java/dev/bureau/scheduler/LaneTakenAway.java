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
import org.openjdk.jcstress.infra.results.I_Result;

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

    /*
     * The other hazard: the carrier comes back at that moment, finds that it has its lane, and takes the next fiber. Between
     * the two it runs nothing. A watchdog that then believes it to be back looks after it no more, and an endless loop has a
     * core for itself from then on.
     */
    @JCStressTest
    @Description("A lane is given to a spare while its carrier is between two fibers.")
    @Outcome(
            id = "0",
            expect = ACCEPTABLE,
            desc = "it has kept its lane, or found out, or is told to give way")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "it runs the next one, and nobody looks after it")
    @State
    public static class BetweenTwo implements Race<I_Result> {
        private static final int TICKS_UNTIL_REMINDED = 2 * Watchdog.STUCK_TICKS;

        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Watchdog watchdog = new Watchdog(scheduler, 1_000_000, 1_000_000);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Lane lane = carrier.lane();

        public BetweenTwo() {
            Parts.addSpare(scheduler, lane);
            Parts.CURRENT.set(carrier, Parts.work());
            carrier.ticksOnTurn = Watchdog.STUCK_TICKS;
            lane.queue.offer(Parts.work());
            lane.queue.offer(Parts.work());
        }

        @Actor
        @Override
        public void first(I_Result result) {
            watchdog.tick();
        }

        @Actor
        @Override
        public void second(I_Result result) {
            Parts.CURRENT.setRelease(carrier, (Schedulable) null);
            if (lane.carrier == carrier) {
                Parts.CURRENT.setRelease(carrier, Parts.pick(carrier));
            }
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            boolean runs = carrier.current() != null && lane.carrier != carrier;
            boolean told = false;
            for (int tick = 0; runs && !told && tick < TICKS_UNTIL_REMINDED; tick++) {
                watchdog.tick();
                told = carrier.isRaised() && carrier.sliceExpired();
            }
            carrier.lower();
            result.r1 = runs && !told ? 1 : 0;
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
