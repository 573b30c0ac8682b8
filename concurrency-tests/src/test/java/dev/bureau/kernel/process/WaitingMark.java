package dev.bureau.kernel.process;

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
 * Hazard: the owner finds its inbox empty and goes to sleep while a sender puts a message there. If the sender takes it
 * for awake, it sleeps over a message; if two senders take it for asleep, it is queued twice and may run on two carriers.
 *
 * Why it cannot happen: the mark WAITING stands in the inbox itself. The owner puts it there by compare-and-set from
 * null, so not over a message; a sender replaces it by compare-and-set, so exactly one gets it, and that one wakes.
 *
 * The broken sender looks whether the owner sleeps, and then pushes.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t WaitingMark"
 */
public final class WaitingMark {
    private WaitingMark() {}

    @JCStressTest
    @Description("One sender against an owner that goes to sleep.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "slept, and was woken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the message was first: stays awake")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "sleeps over a message")
    @Outcome(expect = FORBIDDEN, desc = "woken without need")
    @State
    public static class OneSender implements Race<II_Result> {
        final Idler owner = new Idler();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = owner.beginWait(false) ? 1 : 0;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            owner.push(Idler.message("m"));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }

    @JCStressTest
    @Description("Two senders: one of them wakes.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "slept, and was woken once")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "a message was first: stays awake")
    @Outcome(id = "1, 2", expect = FORBIDDEN, desc = "queued twice")
    @Outcome(expect = FORBIDDEN, desc = "sleeps over a message")
    @State
    public static class TwoSenders implements Race<II_Result> {
        final Idler owner = new Idler();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = owner.beginWait(false) ? 1 : 0;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            owner.push(Idler.message("a"));
        }

        @Actor
        @Override
        public void third(II_Result result) {
            owner.push(Idler.message("b"));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }

    @JCStressTest
    @Description("The sender looks for the mark before it pushes, not with it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "sleeps over a message")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenSender implements Race<II_Result> {
        final Idler owner = new Idler();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = owner.beginWait(false) ? 1 : 0;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            boolean asleep = owner.isWaiting();
            Signal before = (Signal) Idler.INBOX.getAndSet(owner, Idler.message("m"));
            assert before == null || before == Idler.WAITING;
            if (asleep) {
                owner.resume();
            }
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }
}
