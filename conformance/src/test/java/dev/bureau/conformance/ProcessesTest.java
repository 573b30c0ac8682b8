package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import dev.bureau.kernel.ProcessLocal;
import dev.bureau.kernel.Spawned;
import dev.bureau.kernel.SystemLimit;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/// How a process begins and ends, and what is its own: OTP's items P-01 to P-04, P-08 to P-11.
class ProcessesTest {
    private static final ProcessLocal<String> USER = ProcessLocal.named("user");

    record Answer(Object value) {}

    @Nested
    class TheEnd {
        @Scenario
        @Otp("P-01")
        void isNormalWhenTheBodyReturns() {
            assertThat(awaitDown(spawnMonitor(() -> {}).monitor())).isEqualTo(NORMAL);
            trapExits(true);
            Pid linked = spawnLink(() -> {});
            assertReceive(new Exit(linked, NORMAL));
        }

        @Scenario
        @Otp("P-02")
        void hasTheReasonGivenToExit() {
            for (Object reason :
                    List.of("done", 42, SHUTDOWN, new ExitReason.ShutdownWith("now"))) {
                Spawned worker = spawnMonitor(() -> exit(reason));
                assertThat(awaitDown(worker.monitor())).isEqualTo(ExitReason.of(reason));
            }
        }

        @Scenario
        @Otp("P-02")
        void hasTheExceptionThatNobodyCaughtAndItsStack() {
            Spawned worker = spawnMonitor(() -> fail());
            ExitReason reason = awaitDown(worker.monitor());
            assertThat(reason).isInstanceOf(ExitReason.Crash.class);
            Throwable error = ((ExitReason.Crash) reason).error();
            assertThat(error).isInstanceOf(IllegalStateException.class).hasMessage("boom");
            assertThat(error.getStackTrace()[0].getMethodName()).isEqualTo("fail");
        }

        @Scenario
        @Otp("P-02")
        void isACrashAlsoWhenTheStackOverflows() {
            Spawned worker = spawnMonitor(() -> descend(0));
            ExitReason reason = awaitDown(worker.monitor());
            assertThat(reason).isInstanceOf(ExitReason.Crash.class);
            assertThat(((ExitReason.Crash) reason).error()).isInstanceOf(StackOverflowError.class);
        }

        @Scenario
        @Otp("P-02")
        void canBeCalledOffByCatchingTheExit() {
            try {
                exit("never mind");
            } catch (ExitException exit) {
                assertThat(exit.reason()).isEqualTo(custom("never mind"));
            }
            assertThat(isAlive(self())).isTrue();
        }

        @Scenario
        @Otp("P-02")
        void hasTheReasonOfTheLastExitThrown() {
            Spawned worker =
                    spawnMonitor(() -> {
                        try {
                            exit("first");
                        } finally {
                            exit("last");
                        }
                    });
            assertThat(awaitDown(worker.monitor())).isEqualTo(custom("last"));
        }

        @Scenario
        @Otp("P-02")
        void letsFinallyBlocksSendAndReceiveAfterAnExitOfOnesOwn() {
            Pid boss = self();
            Spawned worker =
                    spawnMonitor(() -> {
                        try {
                            exit("done");
                        } finally {
                            send(boss, self());
                            send(boss, new Answer(receive(Go.class)));
                        }
                    });
            send(assertReceive(Pid.class), new Go());
            assertReceive(Answer.class);
            assertThat(awaitDown(worker.monitor())).isEqualTo(custom("done"));
        }
    }

    @Nested
    class TheReport {
        @Scenario
        @Otp("P-03")
        void isWrittenOnceForAnExceptionThatNobodyCaught() throws Exception {
            List<String> log =
                    captureLog(() -> {
                        Spawned worker =
                                spawnMonitor(() -> {
                                    spawnLink(() -> fail());
                                    sleepForever();
                                });
                        awaitDown(worker.monitor());
                    });
            assertThat(log).hasSize(1);
            assertThat(log.getFirst()).contains("boom");
        }

        @Scenario
        @Otp("P-03")
        void isNotWrittenForAnExitWhateverItsReason() throws Exception {
            ExitReason crash = new ExitReason.Crash(new IllegalStateException("boom"));
            List<String> log =
                    captureLog(() -> {
                        for (Object reason : List.of("done", KILL, crash)) {
                            awaitDown(spawnMonitor(() -> exit(reason)).monitor());
                            Spawned told = spawnMonitor(Bureau::sleepForever);
                            exit(told.pid(), reason);
                            awaitDown(told.monitor());
                        }
                    });
            assertThat(log).isEmpty();
        }
    }

    @Nested
    class Spawning {
        @Scenario(outcomes = {"parent first", "child first"})
        @Otp("P-04")
        void returnsBeforeOrAfterTheChildHasBegun() {
            Pid boss = self();
            spawn(() -> send(boss, "begun"));
            observe(poll(String.class).isPresent() ? "child first" : "parent first");
        }

        @Scenario
        @Otp("P-04")
        void doesNotWaitForTheChild() {
            Pid child = spawn(Bureau::sleepForever);
            assertThat(isAlive(child)).isTrue();
        }

        @Scenario
        @Otp("P-04")
        void yieldsAPidThatMessagesReachAtOnce() {
            Pid boss = self();
            Pid child = spawn(() -> send(boss, new Answer(receive(Object.class))));
            send(child, "early");
            assertReceive(new Answer("early"));
        }

        @Scenario(maxProcesses = 20)
        @Otp("P-08")
        void failsAtTheLimitAndDisturbsNobody() {
            Pid boss = self();
            List<Pid> staff = new ArrayList<>();
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    staff.add(spawn(() -> echoTo(boss)));
                                }
                            })
                    .isInstanceOf(SystemLimit.class);
            assertThat(staff).hasSize(18);
            assertThatThrownBy(() -> spawnLink(() -> {})).isInstanceOf(SystemLimit.class);
            assertThatThrownBy(() -> spawnMonitor(() -> {})).isInstanceOf(SystemLimit.class);
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            for (Pid one : staff) {
                send(one, one);
                assertReceive(new Answer(one));
            }
            exit(staff.getFirst(), KILL);
            awaitDown(staff.getFirst());
            awaitDown(spawn(() -> {}));
        }

        @Scenario(seeds = 1, runs = 1)
        @Otp("P-08")
        void allowsAtLeastAsManyProcessesAsOtpDoes() {
            assertThat(Node.options().maxProcesses()).isGreaterThanOrEqualTo(262_144);
        }

        @Scenario
        @Otp("P-09")
        void neverGivesAPidAgain() {
            Set<Pid> seen = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                Pid pid = spawn(() -> {});
                assertThat(seen.add(pid)).isTrue();
                if (i % 10 == 0) {
                    awaitDown(pid);
                }
            }
        }

        @Scenario
        @Otp("P-09")
        void leavesAStalePidStale() {
            Pid boss = self();
            Pid stale = spawn(() -> {});
            awaitDown(stale);
            for (int i = 0; i < 5; i++) {
                spawn(() -> echoTo(boss));
            }
            send(stale, "hello");
            exit(stale, KILL);
            assertThat(isAlive(stale)).isFalse();
            assertThat(info(stale)).isEmpty();
            assertThat(processes()).doesNotContain(stale);
            refuteReceive(Answer.class);
        }
    }

    @Nested
    class OwnState {
        @Scenario
        @Otp("P-10")
        void isPrivateAndNotInherited() {
            Pid boss = self();
            assertThat(USER.get()).isEmpty();
            assertThat(USER.put("ada")).isEmpty();
            spawn(() -> {
                send(boss, new Answer(USER.get()));
                USER.put("bob");
                send(boss, new Answer(USER.get()));
            });
            assertReceive(new Answer(Optional.empty()));
            assertReceive(new Answer(Optional.of("bob")));
            assertThat(USER.get()).contains("ada");
        }

        @Scenario
        @Otp("P-10")
        void tellsWhatWasThereBefore() {
            assertThat(USER.put("ada")).isEmpty();
            assertThat(USER.put("bob")).contains("ada");
            assertThat(USER.erase()).contains("bob");
            assertThat(USER.erase()).isEmpty();
            assertThat(USER.get()).isEmpty();
        }

        @Scenario
        @Otp("P-11")
        void flagsTellWhatTheyWereBefore() {
            assertThat(trapExits(true)).isFalse();
            assertThat(trapExits(true)).isTrue();
            assertThat(trapExits(exit -> exit)).isTrue();
            assertThat(trapExits(false)).isTrue();
            assertThat(trapExits(false)).isFalse();
            assertThat(priority(Priority.HIGH)).isEqualTo(Priority.NORMAL);
            assertThat(priority(Priority.LOW)).isEqualTo(Priority.HIGH);
            assertThat(priority(Priority.NORMAL)).isEqualTo(Priority.LOW);
        }
    }

    private static void echoTo(Pid boss) {
        while (true) {
            send(boss, new Answer(receive(Object.class)));
        }
    }

    private static void fail() {
        throw new IllegalStateException("boom");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int descend(int depth) {
        return descend(depth + 1) + 1;
    }
}
