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
 * Hazard: two signals for one process. The second sender finds the reception lock taken by the first and goes, and the
 * first unlocks without looking again: the second signal lies in the inbox of a process that computes, for ever.
 *
 * Why it cannot happen: the second sender pushes, raises SIGNALLED, then tries to lock; the holder unlocks, then reads
 * SIGNALLED. If the try failed, the unlocking comes after it, and so does the reading.
 *
 * The broken holders: one goes without looking; one looks before it unlocks; one unlocks with a release write, which
 * the processor may do after the following read (a memory effect: only jcstress and Threads can show it).
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t SignalledHandOver"
 */
public final class SignalledHandOver {
    private SignalledHandOver() {}

    @JCStressTest
    @Description("Two senders, each receiving on behalf of the process if it gets the lock.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both were received")
    @Outcome(expect = FORBIDDEN, desc = "a signal was left behind")
    @State
    public static class TwoSenders implements Race<II_Result> {
        final Idler owner = ReceivedOnBehalf.trapping();

        @Actor
        @Override
        public void first(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(owner, result);
        }
    }

    @JCStressTest
    @Description("Two senders, and one who asks whether the process is alive.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both were received")
    @Outcome(expect = FORBIDDEN, desc = "a signal was left behind")
    @State
    public static class TwoSendersAndALook implements Race<II_Result> {
        final Idler owner = ReceivedOnBehalf.trapping();

        @Actor
        @Override
        public void first(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Actor
        @Override
        public void third(II_Result result) {
            Reception.onBehalf(owner);
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(owner, result);
        }
    }

    @JCStressTest
    @Description("The holder does not look again.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "a signal was left behind")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenNoSecondLook implements Race<II_Result> {
        final Idler owner = ReceivedOnBehalf.trapping();

        @Actor
        @Override
        public void first(II_Result result) {
            owner.lock();
            Outgoing none = Reception.receive(owner, Idler.exit(ExitReason.SHUTDOWN), null);
            assert none == null;
            owner.unlock();
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(owner, result);
        }
    }

    @JCStressTest
    @Description("The holder looks before it unlocks, not after.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "a signal was left behind")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenEarlyLook implements Race<II_Result> {
        final Idler owner = ReceivedOnBehalf.trapping();

        @Actor
        @Override
        public void first(II_Result result) {
            owner.lock();
            Outgoing none = Reception.receive(owner, Idler.exit(ExitReason.SHUTDOWN), null);
            assert none == null;
            boolean signalled = owner.has(Attention.SIGNALLED);
            owner.unlock();
            if (signalled) {
                Reception.again(owner);
            }
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(owner, result);
        }
    }

    @JCStressTest
    @Description("The holder unlocks with a release write, which may take effect after the look.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "a signal was left behind")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenMemoryReleasedOnly implements Race<II_Result> {
        final Idler owner = ReceivedOnBehalf.trapping();

        @Actor
        @Override
        public void first(II_Result result) {
            owner.lock();
            Outgoing none = Reception.receive(owner, Idler.exit(ExitReason.SHUTDOWN), null);
            assert none == null;
            Idler.RECEPTION.setRelease(owner, false);
            Reception.again(owner);
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            look(owner, result);
        }
    }

    private static void look(Idler owner, II_Result result) {
        Mailbox box = owner.mailbox();
        result.r1 = box == null ? 0 : box.size();
        result.r2 = owner.isInboxEmpty() ? 0 : 1;
    }
}
