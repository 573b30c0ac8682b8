package dev.bureau.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/*
 * Hazard: an item is lost, comes out twice, or before it is there; two producers of one lane (its carrier, and a fiber
 * that the watchdog took the lane from) overwrite each other.
 *
 * Why it cannot happen: position and cell are taken by one compare-and-set; a cell's turn is written, with release,
 * after the item, and read, with acquire, before it.
 *
 * What can happen, by design: `poll` finds nothing behind an offer that is not finished, though a later one is; so the
 * queue is linearizable for one producer only. `size`, which the carriers ask before they sleep, counts it.
 *
 * The broken producer writes the turn before the item.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t RunQueueRaces"
 */
public final class RunQueueRaces {
    private RunQueueRaces() {}

    @JCStressTest
    @Description("Two producers and a consumer.")
    @Outcome(
            id = {"abc", "acb", "cab"},
            expect = ACCEPTABLE,
            desc = "each once, each producer's in order")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled, or out of order")
    @State
    public static class TwoProducers implements Race<L_Result> {
        final Items items = new Items();

        @Actor
        @Override
        public void first(L_Result result) {
            items.offer(items.a);
            items.offer(items.b);
        }

        @Actor
        @Override
        public void second(L_Result result) {
            items.offer(items.c);
        }

        @Actor
        @Override
        public void third(L_Result result) {
            result.r1 = items.poll() + items.poll();
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += items.poll() + items.poll() + items.poll() + items.poll();
        }
    }

    @JCStressTest
    @Description("A producer, whose item another carrier steals or its own one takes.")
    @Outcome(
            id = {"abc", "acb", "bac", "cab", "bca", "cba"},
            expect = ACCEPTABLE,
            desc = "each once")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    @State
    public static class TwoConsumers implements Race<L_Result> {
        final Items items = new Items();
        String stolen = "";

        public TwoConsumers() {
            items.offer(items.a);
        }

        @Actor
        @Override
        public void first(L_Result result) {
            items.offer(items.b);
            items.offer(items.c);
            result.r1 = items.poll();
        }

        @Actor
        @Override
        public void second(L_Result result) {
            stolen = items.poll() + items.poll();
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += stolen + items.poll() + items.poll() + items.poll();
        }
    }

    @JCStressTest
    @Description("Two producers and one free cell.")
    @Outcome(
            id = {"a", "c"},
            expect = ACCEPTABLE,
            desc = "one of them")
    @Outcome(expect = FORBIDDEN, desc = "none, or both")
    @State
    public static class OneFreeCell implements Race<L_Result> {
        final Items items = new Items();
        String second = "";

        public OneFreeCell() {
            for (int i = 1; i < RunQueue.CAPACITY; i++) {
                items.offer(items.b);
            }
        }

        @Actor
        @Override
        public void first(L_Result result) {
            result.r1 = items.queue.offer(items.a) ? "a" : "";
        }

        @Actor
        @Override
        public void second(L_Result result) {
            second = items.queue.offer(items.c) ? "c" : "";
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += second;
            for (int i = 1; i < RunQueue.CAPACITY; i++) {
                if (!items.poll().equals("b")) {
                    result.r1 = "lost";
                }
            }
            if (!items.poll().equals(result.r1)) {
                result.r1 = "lost";
            }
        }
    }

    @JCStressTest
    @Description("The producer writes the turn before the item.")
    @Outcome(id = "lost", expect = ACCEPTABLE_INTERESTING, desc = "taken before it was there")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenProducer implements Race<L_Result> {
        final Items items = new Items();

        @Actor
        @Override
        public void first(L_Result result) {
            Parts.offerTurnFirst(items.queue, items.a);
        }

        @Actor
        @Override
        public void second(L_Result result) {
            result.r1 = items.poll();
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += items.poll();
            if ("".equals(result.r1)) {
                result.r1 = "lost";
            }
        }
    }

    private static final class Items {
        final RunQueue queue = new RunQueue();
        final Schedulable a = Parts.work();
        final Schedulable b = Parts.work();
        final Schedulable c = Parts.work();

        void offer(Schedulable item) {
            if (!queue.offer(item)) {
                throw new IllegalStateException("full");
            }
        }

        String poll() {
            return name(queue.poll());
        }

        private String name(@Nullable Schedulable item) {
            return item == a ? "a" : item == b ? "b" : item == c ? "c" : "";
        }
    }
}
