package dev.bureau.kernel.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bureau.concurrency.Race;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Reply;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/*
 * Hazard: an answer, the Down of the server and the end of the caller's patience come at once. One of them ends the call; what
 * the caller does not take must never be found in its mailbox.
 *
 * Why it cannot happen: each of the three closes the tag, by compare-and-set, before it has an effect.
 *
 * The broken caller takes the answer out of the inbox without closing the tag first; the broken server, which is asked
 * again, sees that the earlier call goes on, and does not look again once it has noted its monitor.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t EndOfACall"
 */
public final class EndOfACall {
    private EndOfACall() {}

    /// One that calls, its tag and what may come of it.
    abstract static class Calling {
        final Idler server = new Idler();
        final Idler caller = new Idler();
        final CallTag tag = newTag(caller, server);

        final Signal.Aliased answer() {
            return new Signal.Aliased(tag, new Reply(tag, 1), false);
        }

        /// Gives up, unless the answer has come.
        final String giveUp() {
            if (tag.close()) {
                Outgoing.send(tag.takeBack(null));
                return "given up";
            }
            return takeAll();
        }

        final String takeAll() {
            caller.receiveSignals();
            StringBuilder all = new StringBuilder();
            Mailbox box = caller.mailbox();
            while (box != null && box.first() != null) {
                Signal.Carrying oldest = box.first();
                all.append(Mailbox.payload(oldest) instanceof Down ? "down" : "answered");
                box.take(oldest);
            }
            return all.toString();
        }
    }

    private static CallTag newTag(Idler caller, Idler server) {
        return new CallTag(caller.pid(), caller.nextReference(), 0, server.pid(), server.pid());
    }

    @JCStressTest
    @Description("The answer and the Down come, the caller looks once and gives up.")
    @Outcome(
            id = {"answered", "down", "given up"},
            expect = ACCEPTABLE,
            desc = "one end")
    @Outcome(expect = FORBIDDEN, desc = "two ends, or none")
    @State
    public static class OneEnd extends Calling implements Race<L_Result> {
        @Actor
        @Override
        public void first(L_Result result) {
            Signal.Aliased found = caller.answerInInbox(tag);
            boolean taken = found != null && caller.takeSingle(found) && tag.close();
            result.r1 = taken ? "answered" : giveUp();
        }

        @Actor
        @Override
        public void second(L_Result result) {
            caller.push(answer());
        }

        @Actor
        @Override
        public void third(L_Result result) {
            Reception.signal(caller, Reception.down(tag, ExitReason.SHUTDOWN));
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += takeAll();
        }
    }

    @JCStressTest
    @Description("The caller does not close the tag before the answer counts.")
    @Outcome(id = "answereddown", expect = ACCEPTABLE_INTERESTING, desc = "two ends")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenOpenTag extends Calling implements Race<L_Result> {
        @Actor
        @Override
        public void first(L_Result result) {
            Signal.Aliased found = caller.answerInInbox(tag);
            boolean taken = found != null && caller.takeSingle(found);
            result.r1 = taken ? "answered" : giveUp();
        }

        @Actor
        @Override
        public void second(L_Result result) {
            caller.push(answer());
        }

        @Actor
        @Override
        public void third(L_Result result) {
            Reception.signal(caller, Reception.down(tag, ExitReason.SHUTDOWN));
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += takeAll();
        }
    }

    /// A server that has taken one request and finds the next.
    abstract static class Asked extends Calling {
        final CallTag next = newTag(new Idler(), server);

        Asked() {
            ask(tag);
            server.push(new Signal.Ask("next", next));
        }

        final void ask(CallTag by) {
            server.push(new Signal.Ask("request", by));
            take();
        }

        final boolean take() {
            Signal.Message single = server.singleMessage(null);
            return single != null && server.takes(single);
        }

        /// Who monitors it, in the end.
        final String watchers() {
            SmallSet<MonitorRef> others = server.monitoredBy;
            return (others != null && others.contains(tag) ? "first " : "")
                    + (server.asked() == next ? "next" : "");
        }
    }

    @JCStressTest
    @Description("The server takes the next request while the caller of the one before gives up.")
    @Outcome(id = "next", expect = ACCEPTABLE, desc = "the one that waits monitors it")
    @Outcome(expect = FORBIDDEN, desc = "monitored by one that has given up")
    @State
    public static class AskedAgain extends Asked implements Race<L_Result> {
        @Actor
        @Override
        public void first(L_Result result) {
            result.r1 = take();
        }

        @Actor
        @Override
        public void second(L_Result result) {
            giveUp();
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            // The signal to take the monitor back may have come first; then the request was not
            // alone.
            if (result.r1.equals(false)) {
                server.receiveSignals();
                result.r1 = server.monitoredBy.contains(tag) ? "first next" : "next";
            } else {
                result.r1 = watchers();
            }
        }
    }

    @JCStressTest
    @Description("The server does not look again at the call whose monitor it has noted.")
    @Outcome(id = "first next", expect = ACCEPTABLE_INTERESTING, desc = "monitored for ever")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenLooksOnce extends Asked implements Race<L_Result> {
        @Actor
        @Override
        public void first(L_Result result) {
            if (tag.isOpen()) {
                server.lock();
                Monitors.watchersOf(server).add(tag);
                server.unlock();
                Reception.again(server);
            }
            result.r1 = take();
        }

        @Actor
        @Override
        public void second(L_Result result) {
            if (tag.close()) {
                Reception.signal(server, new Signal.Demonitor(tag));
            }
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            server.receiveSignals();
            SmallSet<MonitorRef> others = server.monitoredBy;
            result.r1 = others != null && others.contains(tag) ? "first next" : "next";
        }
    }
}
