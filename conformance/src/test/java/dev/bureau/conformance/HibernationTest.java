package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessLocal;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// Waiting in little memory: OTP's item P-13.
@Otp("P-13")
class HibernationTest {
    private static final ProcessLocal<String> USER = ProcessLocal.named("user");

    record Answer(Object value) {}

    @Nested
    class KeepingTheStack {
        @Scenario
        void goesOnBehindItWhenAMessageHasCome() {
            Pid boss = self();
            Pid sleeper =
                    spawn(() -> {
                        String kept = "kept";
                        hibernate();
                        send(boss, new Answer(kept + " " + receive(String.class)));
                    });
            refuteReceive(Answer.class);
            send(sleeper, "hello");
            assertReceive(new Answer("kept hello"));
        }

        @Scenario
        void goesOnAtOnceIfThereIsAMessage() {
            send(self(), "one");
            send(self(), "two");
            hibernate();
            hibernate();
            assertReceive("one");
            assertReceive("two");
        }

        @Scenario
        void isEndedByAnExitSignal() {
            Spawned sleeper = spawnMonitor(() -> hibernate());
            exit(sleeper.pid(), "enough");
            assertThat(awaitDown(sleeper.monitor())).isEqualTo(custom("enough"));
        }
    }

    @Nested
    class GivingTheStackUp {
        @Scenario
        void goesOnWithTheContinuationWhenAMessageHasCome() {
            Pid boss = self();
            Spawned sleeper =
                    spawnMonitor(() -> {
                        hibernate(() -> send(boss, new Answer(receive(String.class))));
                        send(boss, new Answer("never"));
                    });
            refuteReceive(Answer.class);
            send(sleeper.pid(), "hello");
            assertReceive(new Answer("hello"));
            assertThat(awaitDown(sleeper.monitor())).isEqualTo(NORMAL);
            refuteReceive(Answer.class);
        }

        @Scenario
        void goesOnAtOnceIfThereIsAMessageAndLosesNone() {
            Pid boss = self();
            Pid sleeper =
                    spawn(() -> {
                        receive(Go.class);
                        hibernate(() -> relay(boss));
                    });
            for (int i = 0; i < 5; i++) {
                send(sleeper, i);
            }
            send(sleeper, new Go());
            for (int i = 5; i < 8; i++) {
                send(sleeper, i);
            }
            for (int i = 0; i < 8; i++) {
                assertReceive(new Answer(i));
            }
        }

        private static void relay(Pid boss) {
            send(boss, new Answer(receive(Integer.class)));
            hibernate(() -> relay(boss));
        }

        @Scenario
        void leavesNothingOfTheStack() {
            Pid boss = self();
            Pid sleeper = spawn(() -> descend(boss, 300));
            assertReceive(Go.class);
            awaitWaiting(sleeper);
            assertThat(stack(sleeper)).hasSizeLessThan(30);
        }

        // It ends by giving the stack up, which the checker cannot see.
        @SuppressWarnings("InfiniteRecursion")
        private static int descend(Pid boss, int depth) {
            if (depth == 0) {
                send(boss, new Go());
                hibernate(() -> receive(Go.class));
            }
            return 1 + descend(boss, depth - 1);
        }

        @Scenario
        void keepsLinksMonitorsFlagsNameAndDictionary() {
            Pid boss = self();
            Pid linked = idle();
            Spawned sleeper =
                    spawnMonitor(() -> {
                        link(linked);
                        monitor(linked);
                        trapExits(true);
                        register("sleeper", self());
                        USER.put("ada");
                        send(boss, new Go());
                        hibernate(() -> {
                            send(boss, new Answer(USER.get()));
                            assertReceive(Exit.class);
                            assertReceive(Down.class);
                            exit("done");
                        });
                    });
            assertReceive(Go.class);
            exit(linked, "gone");
            assertReceive(new Answer(Optional.of("ada")));
            assertThat(awaitDown(sleeper.monitor())).isEqualTo(custom("done"));
            assertThat(whereis("sleeper")).isEmpty();
        }

        @Scenario
        void isEndedByAnExitSignal() {
            Spawned sleeper = spawnMonitor(() -> hibernate(() -> receive(Go.class)));
            exit(sleeper.pid(), "enough");
            assertThat(awaitDown(sleeper.monitor())).isEqualTo(custom("enough"));
        }

        @Scenario
        void endsWithWhatTheContinuationEndsWith() {
            Spawned failing =
                    spawnMonitor(() ->
                            hibernate(() -> {
                                throw new IllegalStateException("boom");
                            }));
            send(failing.pid(), "wake");
            assertThat(awaitDown(failing.monitor())).isInstanceOf(ExitReason.Crash.class);
        }
    }
}
