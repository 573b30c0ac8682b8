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
 * Hazard: the fiber on a carrier wakes another into the slot, by a plain write, while the watchdog takes out what lay there
 * before: the newer one is wiped out, or neither of the two takes the older.
 *
 * Why it cannot happen: the watchdog takes by compare-and-set, so it empties the slot only of what it takes. The carrier's
 * thread gets what it writes over. Both may get the older one, which is harmless.
 *
 * Hazard: the watchdog gives the lane to a spare, which sleeps, while a fiber on the old carrier fills the slot.
 *
 * Why it cannot happen: the fiber looks whom the lane names, then fills the slot. If it saw the old name, the watchdog finds
 * the slot filled at its next tick.
 *
 * The broken watchdog looks, then empties the slot; or looks once, and at no later tick.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t SlotHandOver"
 */
public final class SlotHandOver {
    private SlotHandOver() {}

    @JCStressTest
    @Description("A wake-up into a slot that the watchdog empties.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "each is somewhere")
    @Outcome(expect = FORBIDDEN, desc = "one is nowhere")
    @State
    public static class FilledWhileEmptied implements Race<I_Result> {
        final NextSlot slot = new NextSlot();
        final Schedulable older = Parts.work();
        final Schedulable newer = Parts.work();
        Schedulable displaced;
        Schedulable stolen;

        public FilledWhileEmptied() {
            Schedulable nothing = slot.replace(older);
            assert nothing == null;
        }

        @Actor
        @Override
        public void first(I_Result result) {
            displaced = slot.replace(newer);
        }

        @Actor
        @Override
        public void second(I_Result result) {
            stolen = slot.steal();
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            Schedulable left = slot.take();
            boolean olderFound = displaced == older || stolen == older;
            boolean newerFound = stolen == newer || left == newer;
            result.r1 = olderFound && newerFound ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("The watchdog looks, then empties the slot.")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "the newer one is wiped out")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenThief implements Race<I_Result> {
        final NextSlot slot = new NextSlot();
        final Schedulable older = Parts.work();
        final Schedulable newer = Parts.work();
        Schedulable displaced;
        Schedulable stolen;

        public BrokenThief() {
            Schedulable nothing = slot.replace(older);
            assert nothing == null;
        }

        @Actor
        @Override
        public void first(I_Result result) {
            displaced = slot.replace(newer);
        }

        @Actor
        @Override
        public void second(I_Result result) {
            stolen = slot.take();
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            Schedulable left = slot.take();
            boolean olderFound = displaced == older || stolen == older;
            boolean newerFound = stolen == newer || left == newer;
            result.r1 = olderFound && newerFound ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("A wake-up into the slot of a carrier whose lane is given to a spare meanwhile.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "shared, at the latest with the next tick")
    @Outcome(expect = FORBIDDEN, desc = "lies in the slot of a carrier that is away")
    @State
    public static class WokenMeanwhile implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Lane lane = carrier.lane();

        public WokenMeanwhile() {
            Parts.addSpare(scheduler, lane);
        }

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
            scheduler.shareNext(carrier);
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            scheduler.shareNext(carrier);
            result.r1 = scheduler.shared().isEmpty() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("The watchdog looks into the slot once.")
    @Outcome(
            id = "1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "lies in the slot of a carrier that is away")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenWatchdog implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Lane lane = carrier.lane();

        public BrokenWatchdog() {
            Parts.addSpare(scheduler, lane);
        }

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
            scheduler.shareNext(carrier);
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = scheduler.shared().isEmpty() ? 1 : 0;
        }
    }
}
