package dev.bureau.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/*
 * Hazard: a fiber yields in order to wait, and the JDK submits it twice: once from its carrier, once from whoever has just
 * looked at its stack. Both see that it is about to wait, and both publish that it sleeps; the second one after a sender
 * has woken it. Then it runs and counts as asleep: the next submission is dropped as one too many, and it never runs again.
 *
 * Why it cannot happen: only the carrier publishes, of the two. Where there are no carriers, as here, YIELDING becomes ASLEEP by
 * compare-and-set, so only one of the two publishes, and only before the fiber has run again, since it then makes YIELDING or
 * ASLEEP to AWAKE.
 *
 * The broken submitters look at a flag, then take it away.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t LookedAtWhileYielding"
 */
public final class LookedAtWhileYielding {
    private LookedAtWhileYielding() {}

    @JCStressTest
    @Description("A fiber that yields to wait is submitted twice, and a message comes for it.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "queued, and counts as awake once it has run")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "sleeps over a message")
    @Outcome(expect = FORBIDDEN, desc = "counts as asleep although it has run since")
    @State
    public static class SubmittedTwice implements Race<I_Result> {
        final Sleeper fiber = new Sleeper();
        boolean ran;

        @Actor
        @Override
        public void first(I_Result result) {
            fiber.execute(Sleeper.STEP);
        }

        @Actor
        @Override
        public void second(I_Result result) {
            fiber.execute(Sleeper.STEP);
        }

        @Actor
        @Override
        public void third(I_Result result) {
            fiber.push();
            if (fiber.timesQueued() > 0) {
                // A carrier mounts it: it ends its wait as awaitWake does, and takes the message.
                Parts.REST.setVolatile(fiber, 0);
                fiber.takeMessage();
                ran = true;
            }
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            int queued = fiber.timesQueued() > 0 ? 1 : 0;
            boolean asleep = (int) Parts.REST.getVolatile(fiber) != 0;
            result.r1 = ran && asleep ? 2 : queued;
        }
    }

    @JCStressTest
    @Description("The submitters look at a flag, then take it away.")
    @Outcome(
            id = "2",
            expect = ACCEPTABLE_INTERESTING,
            desc = "counts as asleep although it has run since")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenSubmitters implements Race<I_Result> {
        final Sleeper fiber = new Sleeper();
        volatile boolean waiting = true;
        volatile boolean asleep;
        boolean ran;

        @Actor
        @Override
        public void first(I_Result result) {
            submit();
        }

        @Actor
        @Override
        public void second(I_Result result) {
            submit();
        }

        private void submit() {
            if (waiting) {
                waiting = false;
                asleep = true;
                if (fiber.beginWait(false)) {
                    return;
                }
                asleep = false;
            } else if (asleep) {
                return;
            }
            fiber.resume();
        }

        @Actor
        @Override
        public void third(I_Result result) {
            fiber.push();
            if (fiber.timesQueued() > 0) {
                waiting = false;
                asleep = false;
                fiber.takeMessage();
                ran = true;
            }
        }

        @Arbiter
        @Override
        public void end(I_Result result) {
            result.r1 = ran && asleep ? 2 : 1;
        }
    }

    /// A fiber about to wait, with the least that can be called an inbox.
    private static final class Sleeper extends Fiber {
        static final Runnable STEP = () -> {};

        private static final int EMPTY = 0;
        private static final int WAITING = 1;
        private static final int MESSAGE = 2;

        private final AtomicInteger inbox = new AtomicInteger(MESSAGE);
        private final Counting scheduler = new Counting();

        Sleeper() {
            execute(STEP);
            scheduler.queued.set(0);
            inbox.set(EMPTY);
            Parts.REST.setVolatile(this, 1);
        }

        void push() {
            if (inbox.getAndSet(MESSAGE) == WAITING) {
                resume();
            }
        }

        void takeMessage() {
            inbox.set(EMPTY);
        }

        int timesQueued() {
            return scheduler.queued.get();
        }

        @Override
        protected boolean beginWait(boolean parks) {
            return inbox.compareAndSet(EMPTY, WAITING);
        }

        @Override
        public void run() {}

        @Override
        protected Scheduler scheduler() {
            return scheduler;
        }
    }
}
