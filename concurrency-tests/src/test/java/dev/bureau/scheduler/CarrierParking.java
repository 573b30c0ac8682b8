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
 * Hazard: a carrier finds nothing and goes to sleep while work is queued, by somebody who takes it for awake: the work
 * lies there until something else happens. Or a waker counts a searcher that has long finished, or does not count one
 * that searches: then others do not wake anybody, because "somebody is searching".
 *
 * Why it cannot happen: work is made visible, then `idle` and `searching` are read. A carrier marks itself parked and
 * counts itself idle, then looks everywhere once more. Whoever wakes a carrier claims the place of the one searcher
 * before he does, so the carrier cannot give it back earlier; if he then wakes nobody, he gives it back himself and
 * looks again, since others may have relied on him.
 *
 * The broken carrier does not look again. One broken producer looks for sleepers before it queues. One broken waker
 * counts the searcher after having woken it: the carrier is faster, the count goes below zero, and a third party, who
 * reads "not zero", wakes nobody.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t CarrierParking"
 */
public final class CarrierParking {
    private static final int ROUNDS = 4;

    private CarrierParking() {}

    @JCStressTest
    @Description("One producer against the only carrier, which goes to sleep.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "found, or somebody is awake to find it")
    @Outcome(expect = FORBIDDEN, desc = "work is queued, and all sleep")
    @State
    public static class OneProducer implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);

        @Actor
        @Override
        public void first(I_Result result) {
            int found = Parts.serve(scheduler, carrier, ROUNDS);
            assert found <= 1;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            scheduler.append(carrier.lane(), Parts.work());
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two producers against the only carrier, which goes to sleep.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "found, or somebody is awake to find it")
    @Outcome(expect = FORBIDDEN, desc = "work is queued, and all sleep")
    @State
    public static class TwoProducers implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);

        @Actor
        @Override
        public void first(I_Result result) {
            int found = Parts.serve(scheduler, carrier, ROUNDS);
            assert found <= 2;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            scheduler.append(carrier.lane(), Parts.work());
        }

        @Actor
        @Override
        public void third(I_Result result) {
            scheduler.append(carrier.lane(), Parts.work());
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("One producer against two carriers that go to sleep.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "found, or somebody is awake to find it")
    @Outcome(expect = FORBIDDEN, desc = "work is queued, and all sleep")
    @State
    public static class TwoCarriers implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(2);
        final Carrier carrier = Parts.carrier(scheduler, 0);
        final Carrier other = Parts.carrier(scheduler, 1);

        @Actor
        @Override
        public void first(I_Result result) {
            int found = Parts.serve(scheduler, carrier, ROUNDS);
            assert found <= 1;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            scheduler.append(carrier.lane(), Parts.work());
        }

        @Actor
        @Override
        public void third(I_Result result) {
            int found = Parts.serve(scheduler, other, ROUNDS);
            assert found <= 1;
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("The carrier sleeps without looking again.")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "work is queued, and all sleep")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenCarrier implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);

        @Actor
        @Override
        public void first(I_Result result) {
            if (Parts.pick(carrier) == null) {
                Parts.PARKED.setVolatile(carrier, true);
                scheduler.idled();
            }
        }

        @Actor
        @Override
        public void second(I_Result result) {
            scheduler.append(carrier.lane(), Parts.work());
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("The producer looks for sleepers before it queues.")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "work is queued, and all sleep")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenProducer implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);

        @Actor
        @Override
        public void first(I_Result result) {
            int found = Parts.serve(scheduler, carrier, ROUNDS);
            assert found <= 1;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            boolean sleeps = scheduler.hasIdleCarrier();
            boolean queued = carrier.lane().queue.offer(Parts.work());
            assert queued;
            if (sleeps && carrier.rouse()) {
                scheduler.roused();
            }
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Wakers count the searcher after they have woken it.")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "work is queued, and all sleep")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenLateCount implements Race<I_Result> {
        final CarrierScheduler scheduler = Parts.scheduler(1);
        final Carrier carrier = Parts.carrier(scheduler, 0);

        @Actor
        @Override
        public void first(I_Result result) {
            int found = Parts.serve(scheduler, carrier, ROUNDS);
            assert found <= 2;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            produce();
        }

        @Actor
        @Override
        public void third(I_Result result) {
            produce();
        }

        private void produce() {
            boolean queued = carrier.lane().queue.offer(Parts.work());
            assert queued;
            if (scheduler.hasIdleCarrier() && Parts.searching(scheduler) == 0 && carrier.rouse()) {
                scheduler.searchBegins();
                scheduler.roused();
            }
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = Parts.isLost(scheduler) ? 1 : 0;
        }
    }
}
