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
 * Hazard: a process is given a name while a fatal signal ends it. The end has freed the names it saw, and the new one
 * points to a dead process for ever (OTP N-02, P-15).
 *
 * Why it cannot happen: naming and the beginning of the end both hold the reception lock; whoever comes second sees the
 * first.
 *
 * The broken registration looks whether the process is alive, and then binds, without the lock.
 *
 *   mvn -Pjcstress verify -pl concurrency-tests -am -Djcstress.args="-t NameAndExit"
 */
public final class NameAndExit {
    private NameAndExit() {}

    @JCStressTest
    @Description("A name is given to a process that is killed.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "named first, freed by the end")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "ended first, not named")
    @Outcome(expect = FORBIDDEN, desc = "a dead process has the name")
    @State
    public static class Registered implements Race<II_Result> {
        final Idler process = new Idler();
        final Names names = process.node().names();
        final String name = "n" + System.identityHashCode(process);

        @Actor
        @Override
        public void first(II_Result result) {
            result.r1 = names.register(name, process) == null ? 1 : 0;
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(process, Idler.exit(ExitReason.KILL));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = names.find(name) == process ? 1 : 0;
            names.unregister(name);
        }
    }

    @JCStressTest
    @Description("The process is looked at, then named, without the lock.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "a dead process has the name")
    @Outcome(expect = ACCEPTABLE, desc = "lucky")
    @State
    public static class BrokenWithoutLock implements Race<II_Result> {
        final Idler process = new Idler();

        @Actor
        @Override
        public void first(II_Result result) {
            if (!process.has(Attention.EXITING)) {
                process.name = "n";
                result.r1 = 1;
            }
        }

        @Actor
        @Override
        public void second(II_Result result) {
            Reception.signal(process, Idler.exit(ExitReason.KILL));
        }

        @Arbiter
        @Override
        public void end(II_Result result) {
            result.r2 = process.name == null ? 0 : 1;
        }
    }
}
