package dev.bureau.kernel.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import dev.bureau.kernel.ExitReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/*
 * Hazard: two processes link and unlink at the same time, and in the end one of them is linked and the other is not; or an exit
 * of a link that was taken back takes effect (OTP L-05, L-07, L-08).
 *
 * Why it cannot happen: who has unlinked ignores what comes through the link until the other end has acknowledged; links and
 * acknowledgements are queued at the other end under the lock under which this end changes (see Links).
 *
 * The broken unlink waits for no acknowledgement; the broken link queues its signal when it has let go of the lock.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t LinkAndUnlink"
 */
public final class LinkAndUnlink {
    private LinkAndUnlink() {}

    /// Two processes, and whether each is linked to the other in the end.
    abstract static class Pair {
        final Idler one = new Idler(1);
        final Idler other = new Idler(2);

        final void linked() {
            Linking.link(one, other.pid(), false);
        }

        final void look(II_Result result) {
            one.receiveSignals();
            other.receiveSignals();
            one.receiveSignals();
            result.r1 = one.isLinkedTo(other) ? 1 : 0;
            result.r2 = other.isLinkedTo(one) ? 1 : 0;
        }
    }

    /// As `Linking.unlink`, but what comes through the link counts again at once.
    private static void unlinkUnacknowledged(Idler self, Idler peer) {
        self.lock();
        boolean linked = self.links != null && self.links.unlink(peer.pid());
        if (linked) {
            self.links.acknowledged(peer.pid());
        }
        self.unlock();
        Reception.again(self);
        if (linked) {
            Reception.signal(peer, new Signal.Unlink(self.pid()));
        }
    }

    /// As `Linking.link`, but the other end is told when the lock is free.
    private static void linkThenTell(Idler self, Idler peer) {
        self.lock();
        boolean linked = Reception.linksOf(self).link(peer.pid());
        self.unlock();
        Reception.again(self);
        if (linked) {
            Reception.signal(peer, new Signal.Link(self.pid()));
        }
    }

    @JCStressTest
    @Description("Both ends of a link take it back, and one links again.")
    @Outcome(
            id = {"1, 1", "0, 0"},
            expect = ACCEPTABLE,
            desc = "both agree")
    @Outcome(expect = FORBIDDEN, desc = "half a link")
    @State
    public static class TakenBackAndRenewed extends Pair implements Race<II_Result> {
        public TakenBackAndRenewed() {
            linked();
        }

        @Actor
        @Override
        public void first(II_Result result) {
            Linking.unlink(one, other.pid());
            Linking.link(one, other.pid(), false);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Linking.unlink(other, one.pid());
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(result);
        }
    }

    @JCStressTest
    @Description("Both ends link, and one takes the link back.")
    @Outcome(
            id = {"1, 1", "0, 0"},
            expect = ACCEPTABLE,
            desc = "both agree")
    @Outcome(expect = FORBIDDEN, desc = "half a link")
    @State
    public static class FromBothEnds extends Pair implements Race<II_Result> {
        @Actor
        @Override
        public void first(II_Result result) {
            Linking.link(one, other.pid(), false);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Linking.link(other, one.pid(), false);
            Linking.unlink(other, one.pid());
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(result);
        }
    }

    @JCStressTest
    @Description("A link is taken back while the exit of the other end comes through it.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "taken back first: no effect, then or later")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the exit came first")
    @Outcome(expect = FORBIDDEN, desc = "an effect after unlink has returned")
    @State
    public static class ExitOfATakenBackLink extends Pair implements Race<II_Result> {
        public ExitOfATakenBackLink() {
            linked();
        }

        @Actor
        @Override
        public void first(II_Result result) {
            // As Linking.unlink, without its first step: that would throw what has come.
            one.lock();
            boolean linked = one.links != null && one.links.unlink(other.pid());
            one.unlock();
            Reception.again(one);
            result.r1 = one.has(Attention.EXITING) ? 1 : 0;
            if (linked) {
                Reception.signal(other, new Signal.Unlink(one.pid()));
            }
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(one, Reception.exitThroughLink(other.pid(), ExitReason.of("broken")));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            one.receiveSignals();
            int now = one.has(Attention.EXITING) ? 1 : 0;
            // Whether it had come by then, and whether it came at all.
            result.r1 = now - result.r1;
            result.r2 = now;
        }
    }

    @JCStressTest
    @Description("Who unlinks waits for no acknowledgement.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "half a link")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenUnacknowledged extends Pair implements Race<II_Result> {
        @Actor
        @Override
        public void first(II_Result result) {
            linkThenTell(one, other);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Linking.link(other, one.pid(), false);
            unlinkUnacknowledged(other, one);
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(result);
        }
    }

    @JCStressTest
    @Description("Who links tells the other end when the lock is free.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "half a link")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenLateTelling extends Pair implements Race<II_Result> {
        @Actor
        @Override
        public void first(II_Result result) {
            linkThenTell(one, other);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Linking.link(other, one.pid(), false);
            Linking.unlink(other, one.pid());
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(result);
        }
    }
}
