package dev.bureau.kernel.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/*
 * Hazard: two processes, both full, begin to wait for room in each other's mailbox at the same moment. Each looks whether the other
 * waits, sees that it does not yet, and both wait for ever.
 *
 * Why it cannot happen: each publishes what it waits for, then looks at the other, with a full fence between. So one of the two sees
 * the other at least.
 *
 * The broken one looks before it publishes.
 *
 * The other hazard: a circle is seen that is none, since one whose turn has come has not seen it yet. Why it cannot happen: its turn
 * says so itself, and who has let it in looks after that.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t ParkedInACircle"
 */
public final class ParkedInACircle {
    private ParkedInACircle() {}

    @JCStressTest
    @Description("Two begin to wait for each other.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both have seen it")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "the second has seen it")
    @Outcome(expect = FORBIDDEN, desc = "both wait for ever")
    @State
    public static class AtTheSameMoment implements Race<II_Result> {
        final Idler one = new Idler();
        final Idler other = new Idler();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = parked(one, other);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            result.r2 = parked(other, one);
        }

        @Override
        public void end(II_Result result) {}

        private static int parked(Idler self, Idler receiver) {
            Turn turn = turn(self, receiver);
            self.waitsFor(turn);
            return CallCycles.closedBy(turn) == null ? 0 : 1;
        }
    }

    @JCStressTest
    @Description(
            "One lets the other in, and then waits for it; that has not seen yet that it is in.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "no circle")
    @Outcome(expect = FORBIDDEN, desc = "a circle that is none")
    @State
    public static class AfterTheOtherWasLetIn implements Race<I_Result> {
        final Idler one = new Idler();
        final Idler other = new Idler();
        final Turn turn = turn(other, one);

        public AfterTheOtherWasLetIn() {
            other.waitsFor(turn);
        }

        @Actor
        @Override
        public void first(I_Result result) {
            one.lock();
            turn.state(Turn.State.ADMITTED);
            one.unlock();
            Turn own = turn(one, other);
            one.waitsFor(own);
            result.r1 = CallCycles.closedBy(own) == null ? 0 : 1;
        }

        @Actor
        @Override
        public void second(I_Result result) {
            if (!turn.lasts()) {
                other.waitsFor(null);
            }
        }

        @Override
        public void end(I_Result result) {}
    }

    @JCStressTest
    @Description("They look before they publish.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "both wait for ever")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenOrder implements Race<II_Result> {
        final Idler one = new Idler();
        final Idler other = new Idler();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = parked(one, other);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            result.r2 = parked(other, one);
        }

        @Override
        public void end(II_Result result) {}

        private static int parked(Idler self, Idler receiver) {
            Turn turn = turn(self, receiver);
            int seen = CallCycles.closedBy(turn) == null ? 0 : 1;
            self.waitsFor(turn);
            return seen;
        }
    }

    private static Turn turn(Idler sender, Idler receiver) {
        Signal.Counted message = new Signal.Counted("m", null, null, false);
        return new Turn(sender, receiver.pid(), receiver.pid(), message, false, true);
    }
}
