package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.pause;
import static dev.bureau.conformance.Staff.trapper;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.conformance.Staff.Told;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// What an exit signal does: OTP's items.
class ExitSignalsTest {
    private static volatile boolean ranOn;

    record Answer(Object value) {}

    @Nested
    class ToAnother {
        @Scenario
        @Otp("X-06")
        @Otp("X-11")
        void endsItWhateverItDoes() {
            Pid boss = self();
            for (Body activity : activities(boss)) {
                for (Object reason : List.of("enough", SHUTDOWN, KILL)) {
                    Spawned victim =
                            spawnMonitor(() -> {
                                send(boss, new Go());
                                activity.run();
                            });
                    assertReceive(Go.class);
                    pause();
                    Duration before = now();
                    exit(victim.pid(), reason);
                    assertThat(awaitDown(victim.monitor())).isEqualTo(seen(reason));
                    assertThat(now().minus(before)).isLessThan(ofMillis(500));
                }
            }
        }

        private static List<Body> activities(Pid boss) {
            return List.of(
                    () -> receive(Go.class),
                    () -> receive(Go.class, ofSeconds(100)),
                    () -> sleep(ofSeconds(100)),
                    () -> sleepForever(),
                    () -> hibernate(),
                    () -> hibernate(() -> receive(Go.class)),
                    () -> call(boss, from -> new Answer("a question without an answer")),
                    () -> {
                        while (true) {
                            isAlive(boss);
                        }
                    },
                    () -> {
                        while (true) {
                            poll(Go.class);
                        }
                    },
                    () -> {
                        while (true) {
                            spawn(() -> {});
                            sleep(Duration.ZERO);
                        }
                    });
        }

        @Scenario
        @Otp("X-06")
        void endsItBeforeItHasRun() {
            Spawned victim = spawnMonitor(() -> sleepForever());
            exit(victim.pid(), "enough");
            assertThat(awaitDown(victim.monitor())).isEqualTo(custom("enough"));
        }

        @Scenario
        @Otp("X-07")
        void doesNothingIfItIsNormal() {
            Pid idle = idle();
            exit(idle, NORMAL);
            assertThat(isAlive(idle)).isTrue();
            Pid trapper = trapper();
            exit(trapper, NORMAL);
            assertReceive(new Told(trapper, new Exit(self(), NORMAL)));
        }

        @Scenario
        @Otp("X-08")
        void cannotBeTrappedIfItIsKill() {
            trapExits(true);
            Pid trapper = trapper();
            Ref monitor = monitor(trapper);
            link(trapper);
            exit(trapper, KILL);
            assertThat(awaitDown(monitor)).isEqualTo(KILLED);
            assertReceive(Exit.class, new Exit(trapper, KILLED)::equals);
            refuteReceive(Told.class);
        }

        @Scenario
        @Otp("X-11")
        void becomesAMessageBehindAllThatCameBefore() {
            Pid boss = self();
            Pid trapper =
                    spawn(() -> {
                        trapExits(true);
                        send(boss, new Go());
                        while (true) {
                            send(boss, new Answer(receive(Object.class)));
                        }
                    });
            assertReceive(Go.class);
            send(trapper, "before");
            exit(trapper, "told");
            send(trapper, "after");
            assertReceive(new Answer("before"));
            assertReceive(new Answer(new Exit(boss, custom("told"))));
            assertReceive(new Answer("after"));
        }

        private static ExitReason seen(Object reason) {
            return reason.equals(KILL) ? KILLED : ExitReason.of(reason);
        }
    }

    @Nested
    class AlongAChainOfLinks {
        @Scenario
        @Otp("X-08")
        @Otp("X-10")
        void killIsSeenAsKilledAtEveryHop() {
            trapExits(true);
            Pid boss = self();
            for (int length : List.of(0, 1, 2, 9)) {
                Pid first = spawnLink(() -> chain(length, boss, () -> sleepForever()));
                Pid last = assertReceive(Pid.class);
                exit(last, KILL);
                assertReceive(new Exit(first, KILLED));
                Pid suicidal = spawnLink(() -> chain(length, boss, () -> exit(self(), KILL)));
                assertReceive(Pid.class);
                assertReceive(new Exit(suicidal, KILLED));
            }
        }

        @Scenario
        @Otp("X-09")
        @Otp("X-10")
        void anExitWithKillIsSeenAsKillAtEveryHop() {
            trapExits(true);
            Pid boss = self();
            for (int length : List.of(0, 1, 2, 9)) {
                Pid first = spawnLink(() -> chain(length, boss, () -> exit(KILL)));
                assertReceive(Pid.class);
                assertReceive(new Exit(first, KILL));
            }
        }

        private static void chain(int length, Pid boss, Body last) throws Exception {
            if (length == 0) {
                send(boss, self());
                last.run();
                return;
            }
            spawnLink(() -> chain(length - 1, boss, last));
            sleepForever();
        }

        @Scenario
        @Otp("X-09")
        void killCanBeTrapped() {
            trapExits(true);
            Pid killer = spawnLink(() -> exit(KILL));
            assertReceive(new Exit(killer, KILL));
            Spawned victim =
                    spawnMonitor(() -> {
                        spawnLink(() -> exit(KILL));
                        sleepForever();
                    });
            assertThat(awaitDown(victim.monitor())).isEqualTo(KILL);
        }
    }

    @Nested
    class WhileTheFlagChanges {
        @Scenario(outcomes = {"died", "trapped"})
        @Otp("X-12")
        void isJudgedWhenItIsReceived() {
            Pid boss = self();
            Spawned wavering =
                    spawnMonitor(() -> {
                        trapExits(true);
                        send(boss, receive(Exit.class));
                    });
            exit(wavering.pid(), "told");
            ExitReason reason = awaitDown(wavering.monitor());
            if (poll(Exit.class).isPresent()) {
                assertThat(reason).isEqualTo(NORMAL);
                observe("trapped");
            } else {
                assertThat(reason).isEqualTo(custom("told"));
                observe("died");
            }
        }

        @Scenario
        @Otp("X-12")
        void isTrappedForSureOnceTheSenderKnows() {
            Pid trapper = trapper();
            exit(trapper, "told");
            assertReceive(new Told(trapper, new Exit(self(), custom("told"))));
        }

        @Scenario
        @Otp("X-12")
        void isFatalOnceTheFlagIsTakenBackAndWhatWasTrappedStays() {
            Pid boss = self();
            Spawned wavering =
                    spawnMonitor(() -> {
                        trapExits(true);
                        send(boss, new Go());
                        receive(Go.class);
                        trapExits(false);
                        send(boss, receive(Exit.class));
                        sleepForever();
                    });
            assertReceive(Go.class);
            exit(wavering.pid(), "first");
            send(wavering.pid(), new Go());
            assertReceive(new Exit(boss, custom("first")));
            exit(wavering.pid(), "second");
            assertThat(awaitDown(wavering.monitor())).isEqualTo(custom("second"));
        }

        @Scenario
        @Otp("X-12")
        void canBecomeAMessageOfOnesOwnProtocol() {
            record Ended(Exit exit) {}
            trapExits(Ended::new);
            Pid child = spawnLink(() -> exit("gone"));
            assertReceive(new Ended(new Exit(child, custom("gone"))));
            trapExits(true);
            Pid other = spawnLink(() -> exit("gone"));
            assertReceive(new Exit(other, custom("gone")));
        }
    }

    @Nested
    class ToOneself {
        @Scenario
        @Otp("X-07")
        void isFatalAlsoIfItIsNormal() {
            Spawned suicide =
                    spawnMonitor(() -> {
                        exit(self(), NORMAL);
                        exit("went on");
                    });
            assertThat(awaitDown(suicide.monitor())).isEqualTo(NORMAL);
        }

        @Scenario
        @Otp("X-07")
        @Otp("X-11")
        void becomesAMessageForWhoTraps() {
            trapExits(true);
            for (Object reason : List.of(NORMAL, "told")) {
                exit(self(), reason);
                assertThat(poll(Exit.class)).contains(new Exit(self(), ExitReason.of(reason)));
            }
        }

        @Scenario
        @Otp("X-13")
        void isSeenBeforeTheNextStep() {
            ranOn = false;
            Spawned suicide =
                    spawnMonitor(() -> {
                        exit(self(), "enough");
                        ranOn = true;
                    });
            for (int i = 0; i < 3; i++) {
                spawn(() -> isAlive(suicide.pid()));
            }
            assertThat(awaitDown(suicide.monitor())).isEqualTo(custom("enough"));
            assertThat(ranOn).isFalse();
        }

        @Scenario
        @Otp("X-13")
        void cannotBeCaught() {
            Pid boss = self();
            for (Object reason : List.of("enough", KILL)) {
                Spawned suicide =
                        spawnMonitor(() -> {
                            try {
                                exit(self(), reason);
                            } catch (Exception caught) {
                                send(boss, "caught");
                            }
                            send(boss, "went on");
                        });
                assertThat(awaitDown(suicide.monitor())).isNotEqualTo(NORMAL);
                refuteReceive(String.class);
            }
        }
    }
}
