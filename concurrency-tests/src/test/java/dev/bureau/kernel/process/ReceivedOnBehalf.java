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
 * Hazard: a sender receives its signal on the owner's behalf, so the message never passes through the inbox, where the
 * owner's mark would catch it. The owner has looked into its mailbox, and goes to sleep.
 *
 * Why it cannot happen: the receiver appends, raises RECEIVED, then looks for the mark; the owner publishes the mark,
 * then looks for RECEIVED. All volatile, so one of the two sees the other, and only one takes the mark away.
 *
 * The broken owner looks for RECEIVED before it publishes, and not after.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t ReceivedOnBehalf"
 */
public final class ReceivedOnBehalf {
    private ReceivedOnBehalf() {}

    @JCStressTest
    @Description("A signal received by its sender against an owner that goes to sleep.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the owner found the message")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "slept, and was woken")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "stayed awake")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "sleeps over a message")
    @Outcome(expect = FORBIDDEN, desc = "woken without need")
    @State
    public static class TrappedExit implements Race<II_Result> {
        final Idler owner = trapping();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = owner.lookThenSleep();
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.SHUTDOWN));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }

    @JCStressTest
    @Description("The same for a fatal exit: EXITING in place of RECEIVED.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "slept, and was woken to end")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "stayed awake to end")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "sleeps although it is to end")
    @Outcome(expect = FORBIDDEN, desc = "woken without need")
    @State
    public static class FatalExit implements Race<II_Result> {
        final Idler owner = new Idler();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = owner.lookThenSleep();
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(owner, Idler.exit(ExitReason.KILL));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = owner.wakes();
        }
    }

    @JCStressTest
    @Description(
            "The owner looks for what was received before it publishes the mark, and not after.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "sleeps over a message")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenOwner implements Race<II_Result> {
        final Idler owner = trapping();

        @Actor
        @Override
        public void first(II_Result result) {
            owner.receiveSignals();
            Mailbox box = owner.mailbox();
            if (box != null && box.first() != null) {
                result.r1 = 0;
            } else {
                boolean asleep =
                        !owner.has(Attention.EXITING | Attention.RECEIVED | Attention.SIGNALLED)
                                && Idler.INBOX.compareAndSet(owner, (Signal) null, Idler.WAITING);
                result.r1 = asleep ? 1 : 2;
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
            result.r2 = owner.wakes();
        }
    }

    static Idler trapping() {
        Idler owner = new Idler();
        owner.trapExits = true;
        return owner;
    }
}
