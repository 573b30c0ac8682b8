package dev.bureau.kernel.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/*
 * Hazard: a process is monitored while it ends, and its watcher never hears of it, or twice; or hears of it although it has
 * taken the monitor back (OTP M-03, M-06, M-09).
 *
 * Why it cannot happen: a monitor is received under the lock of the process that it watches, as its end begins and as its
 * inbox is closed. So it is among the watchers that are told, or among those that have come too late and are answered, or it is
 * refused by the closed inbox. At the watcher, under its own lock, the first that takes the reference out of the set of live
 * monitors wins.
 *
 * The broken watcher looks whether the process is alive, and then puts itself among the watchers. The broken demonitor
 * looks whether the monitor is live, and takes it out later.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t ExactlyOneDown"
 */
public final class ExactlyOneDown {
    private ExactlyOneDown() {}

    /// A watcher and one that ends.
    abstract static class Watching {
        final Idler watcher = new Idler(1);
        final Idler watched = new Idler(2);

        final MonitorRef monitor() {
            return (MonitorRef)
                    Monitoring.monitor(watcher, watched.pid(), null, AliasMode.NONE, false);
        }

        final void ends() {
            Termination.of(watched, ExitReason.SHUTDOWN);
        }

        final int downs() {
            watcher.receiveSignals();
            int count = 0;
            Mailbox box = watcher.mailbox();
            while (box != null && box.first() != null) {
                Signal.Carrying oldest = box.first();
                count += Mailbox.payload(oldest) instanceof Down ? 1 : 100;
                box.take(oldest);
            }
            return count;
        }
    }

    @JCStressTest
    @Description("A process is monitored while it ends.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one Down")
    @Outcome(expect = FORBIDDEN, desc = "none, or two")
    @State
    public static class MonitoredWhileEnding extends Watching implements Race<II_Result> {
        @Actor
        @Override
        public void first(II_Result result) {
            monitor();
        }

        @Actor
        @Override
        public void second(II_Result result) {
            ends();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = downs();
        }
    }

    @JCStressTest
    @Description("A monitor is taken back while the process that it watches ends.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken back, and no Down")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one Down, nothing to take back")
    @Outcome(expect = FORBIDDEN, desc = "a Down although it was taken back, or neither")
    @State
    public static class TakenBackWhileEnding extends Watching implements Race<II_Result> {
        final MonitorRef ref = monitor();

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = Monitors.unwatch(watcher, ref) ? 1 : 0;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            ends();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = downs();
        }
    }

    @JCStressTest
    @Description(
            "Two watchers' worth: a process ends by its body and by a signal, watched throughout.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one Down")
    @Outcome(expect = FORBIDDEN, desc = "none, or two")
    @State
    public static class EndedTwice extends Watching implements Race<II_Result> {
        final MonitorRef ref = monitor();

        @Actor
        @Override
        public void first(II_Result result) {
            ends();
        }

        @Actor
        @Override
        public void second(II_Result result) {
            ends();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = downs();
        }
    }

    @JCStressTest
    @Description("The process is looked at, then the watcher is put among those that are told.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "never told")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenLooksFirst extends Watching implements Race<II_Result> {
        @Actor
        @Override
        public void first(II_Result result) {
            MonitorRef ref =
                    new MonitorRef(
                            watcher.pid(), watcher.nextReference(), 0, watched.pid(), null, false);
            Monitors.monitorsOf(watcher).add(ref);
            if (watched.has(Attention.EXITING)) {
                Monitors.refuse(watcher, ref);
            } else {
                Monitors.watchersOf(watched).add(ref);
            }
        }

        @Actor
        @Override
        public void second(II_Result result) {
            ends();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = downs();
        }
    }

    @JCStressTest
    @Description("The monitor is looked at, then taken out in another step.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "taken back, and a Down")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenDemonitor extends Watching implements Race<II_Result> {
        final MonitorRef ref = monitor();

        @Actor
        @Override
        public void first(II_Result result) {
            watcher.lock();
            boolean live = watcher.monitors != null && watcher.monitors.contains(ref);
            watcher.unlock();
            Reception.again(watcher);
            Monitors.unwatch(watcher, ref);
            result.r1 = live ? 1 : 0;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            ends();
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = downs();
        }
    }
}
