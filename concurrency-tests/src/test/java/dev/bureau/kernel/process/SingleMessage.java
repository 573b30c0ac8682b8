package dev.bureau.kernel.process;

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
 * Hazard: the owner may take a message that lies alone in the inbox without the lock. It must not overtake an older
 * one, which somebody who receives on the owner's behalf has just taken out and not yet put into the mailbox.
 *
 * Why it cannot happen: that somebody takes the older message out under the lock and raises RECEIVED before it unlocks.
 * The owner reads inbox, lock, attention in this order: if the younger message lies alone, the older one had been taken
 * out; so the lock is still held, or RECEIVED raised.
 *
 * The broken owner does not look at the lock.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t SingleMessage"
 */
public final class SingleMessage {
    private SingleMessage() {}

    @JCStressTest
    @Description(
            "a lies in the inbox, b is sent; somebody receives for the owner, which takes what it finds.")
    @Outcome(id = "ab", expect = ACCEPTABLE, desc = "in order")
    @Outcome(id = "ba", expect = FORBIDDEN, desc = "a message has overtaken an older one")
    @Outcome(expect = FORBIDDEN, desc = "a message was lost or doubled")
    @State
    public static class InOrder implements Race<L_Result> {
        final Idler owner = new Idler();

        public InOrder() {
            owner.push(Idler.message("a"));
        }

        @Actor
        @Override
        public void first(L_Result result) {
            Signal.Message single = owner.singleMessage(null);
            String taken = single != null && owner.takeSingle(single) ? "" + single.payload : "";
            result.r1 = taken + owner.takeAllMessages();
        }

        @Actor
        @Override
        public void second(L_Result result) {
            owner.push(Idler.message("b"));
        }

        @Actor
        @Override
        public void third(L_Result result) {
            Reception.onBehalf(owner);
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += owner.takeAllMessages();
        }
    }

    @JCStressTest
    @Description("The owner does not look at the lock.")
    @Outcome(id = "ba", expect = ACCEPTABLE_INTERESTING, desc = "b has overtaken a")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenBlindOwner implements Race<L_Result> {
        final Idler owner = new Idler();

        public BrokenBlindOwner() {
            owner.push(Idler.message("a"));
        }

        @Actor
        @Override
        public void first(L_Result result) {
            Signal.Message single = single();
            String taken = single != null && owner.takeSingle(single) ? "" + single.payload : "";
            result.r1 = taken + owner.takeAllMessages();
        }

        private Signal.@Nullable Message single() {
            return Idler.inbox(owner) instanceof Signal.Message message
                            && message.next == null
                            && owner.attention() == 0
                    ? message
                    : null;
        }

        @Actor
        @Override
        public void second(L_Result result) {
            owner.push(Idler.message("b"));
        }

        @Actor
        @Override
        public void third(L_Result result) {
            Reception.onBehalf(owner);
        }

        @Arbiter
        @Override
        public void end(L_Result result) {
            result.r1 += owner.takeAllMessages();
        }
    }
}
