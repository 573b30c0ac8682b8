package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Clerk.Ask;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallCycle;
import dev.bureau.kernel.ExitReason.CallCycle.Waiting;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// Processes that wait for each other in a circle are found when the time of one of them is over, and named.
@Otp("G-12")
@Otp("G-15")
class CallCyclesTest {
    private static final Duration SHORT = ofMillis(5);
    private static final Duration LONG = ofSeconds(5);

    /// Has the server call another, which is what `to` says, and answers with the reason of its failure.
    private static Ask<ExitReason> calling(Destination to, Ask<?> what, Duration limit) {
        return new Ask<>((clerk, ask, _, state) -> {
            try {
                call(to, what, limit);
                return clerk.reply(ask, NORMAL, state);
            } catch (ExitException failed) {
                return clerk.reply(ask, failed.reason(), state);
            }
        });
    }

    private static CallFailed failure(ExitReason reason) {
        assertThat(reason).isInstanceOf(CallFailed.class);
        return (CallFailed) reason;
    }

    @Nested
    class ACycle {
        @Scenario
        void ofTwoIsNamedToTheOneWhoseTimeIsOver() {
            Pid a = GenServer.start(Clerk.plain());
            Pid b = GenServer.start(Clerk.plain());
            Ask<ExitReason> back = calling(a, Clerk.state(), SHORT);
            Ask<ExitReason> round =
                    new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, call(b, back), state));
            CallFailed failed = failure(call(a, round));
            assertThat(failed.server()).isEqualTo(a);
            assertThat(failed.reason())
                    .isEqualTo(new CallCycle(List.of(new Waiting(b, a, a), new Waiting(a, b, b))));
            assertThat(ExitReason.format(failed))
                    .contains("time out: these processes wait for each other:")
                    .contains(b + " has called " + a + "\n")
                    .contains(a + " has called " + b);
        }

        @Scenario
        void ofThreeTellsTheNamesThatWereCalled() {
            GenServer.startLink("a", Clerk.plain());
            GenServer.startLink("b", Clerk.plain());
            GenServer.startLink("c", Clerk.plain());
            Pid a = whereis("a").orElseThrow();
            Pid b = whereis("b").orElseThrow();
            Pid c = whereis("c").orElseThrow();
            Ask<ExitReason> third = calling(Name.local("a"), Clerk.state(), SHORT);
            Ask<ExitReason> second =
                    new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, call("c", third), state));
            Ask<ExitReason> first =
                    new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, call("b", second), state));
            ExitReason reason = failure(call("a", first)).reason();
            assertThat(reason)
                    .isEqualTo(
                            new CallCycle(
                                    List.of(
                                            new Waiting(c, Name.local("a"), a),
                                            new Waiting(a, Name.local("b"), b),
                                            new Waiting(b, Name.local("c"), c))));
            assertThat(ExitReason.format(reason)).contains(c + " has called a " + a);
        }

        /// Who waits for one of a circle, without being in it, waits for it all the same.
        @Scenario
        void isNamedToThoseWhoWaitForIt() {
            Pid a = GenServer.start(Clerk.plain());
            Pid b = GenServer.start(Clerk.plain());
            Ask<ExitReason> back = calling(a, Clerk.state(), LONG);
            Ask<ExitReason> round =
                    new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, call(b, back), state));
            CallFailed failed = null;
            try {
                call(a, round, SHORT);
            } catch (ExitException late) {
                failed = failure(late.reason());
            }
            assertThat(failed).isNotNull();
            assertThat(failed.reason())
                    .isEqualTo(
                            new CallCycle(
                                    List.of(
                                            new Waiting(self(), a, a),
                                            new Waiting(a, b, b),
                                            new Waiting(b, a, a))));
        }

        /// Its init calls the one that waits for it to start.
        @Scenario
        void goesThroughAStartAsWell() {
            Pid boss = self();
            Pid parent = GenServer.start(Clerk.plain());
            Ask<ExitReason> hire =
                    new Ask<>((clerk, ask, _, state) -> {
                        GenServer.start(
                                new Clerk(
                                        boss,
                                        child -> {
                                            try {
                                                return child.ok(call(parent, Clerk.state(), SHORT));
                                            } catch (ExitException failed) {
                                                send(boss, failed.reason());
                                                return child.ok("state");
                                            }
                                        }));
                        return clerk.reply(ask, NORMAL, state);
                    });
            assertThat(call(parent, hire)).isEqualTo(NORMAL);
            assertThat(failure(assertReceive(ExitReason.class)).reason())
                    .isInstanceOf(CallCycle.class);
        }

        /// The one whose time is over ends, and the others learn why.
        @Scenario
        void isInTheReasonOfTheOthersToo() {
            Pid a = GenServer.start(Clerk.plain());
            Pid b = GenServer.start(Clerk.plain());
            Ask<Object> back =
                    new Ask<>((clerk, ask, _, state) ->
                            clerk.reply(ask, call(a, Clerk.state(), SHORT), state));
            CallFailed failed = failure(call(a, calling(b, back, LONG)));
            assertThat(failed.server()).isEqualTo(b);
            assertThat(failure(failed.reason()).reason()).isInstanceOf(CallCycle.class);
            assertThat(isAlive(a)).isTrue();
            assertThat(isAlive(b)).isFalse();
        }
    }

    @Nested
    class NoCycle {
        @Scenario(seeds = 200)
        void isAServerThatIsBusy() {
            Pid busy = GenServer.start(Clerk.plain());
            Ask<String> nap =
                    new Ask<>((clerk, ask, _, state) -> {
                        sleep(ofMillis(20));
                        return clerk.reply(ask, "rested", state);
                    });
            Pid middle = GenServer.start(Clerk.plain());
            ExitReason direct = null;
            try {
                call(busy, nap, SHORT);
            } catch (ExitException late) {
                direct = late.reason();
            }
            assertThat(failure(direct).reason()).isEqualTo(ExitReason.TIMEOUT);
            assertThat(failure(call(middle, calling(busy, nap, SHORT))).reason())
                    .isEqualTo(ExitReason.TIMEOUT);
        }

        /// Each of two calls the other in turn, one after the other: nobody is to be called a cycle for it.
        @Scenario
        void areCallsThatAreAnswered() {
            Pid a = GenServer.start(Clerk.plain());
            Pid b = GenServer.start(Clerk.plain());
            for (int i = 0; i < 3; i++) {
                assertThat(call(a, calling(b, Clerk.state(), LONG))).isEqualTo(NORMAL);
                assertThat(call(b, calling(a, Clerk.state(), LONG))).isEqualTo(NORMAL);
            }
        }

        /// An answer may go round another way: who calls back is answered after the cycle was broken by its time limit.
        @Scenario
        void isLeftWhenTheOneGaveUp() {
            Pid a = GenServer.start(Clerk.plain());
            Pid b = GenServer.start(Clerk.plain());
            Ask<ExitReason> back = calling(a, Clerk.state(), SHORT);
            assertThat(call(a, calling(b, back, LONG))).isEqualTo(NORMAL);
            assertThat(call(a, Clerk.state())).isEqualTo("state");
            assertThat(call(b, Clerk.state())).isEqualTo("state");
        }
    }
}
