package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.agree;
import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.conformance.Staff.trapper;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.conformance.Staff.Told;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// Links: OTP's items L-01 to L-06, L-09, L-11.
class LinksTest {
    @Nested
    class Linking {
        @Scenario
        @Otp("L-01")
        void worksBothWays() {
            trapExits(true);
            Pid trapper = trapper();
            link(trapper);
            assertThat(linked(self(), trapper)).isTrue();
            assertThat(linked(trapper, self())).isTrue();
            exit(trapper, KILL);
            assertReceive(new Exit(trapper, KILLED));

            Pid witness = trapper();
            Pid linker =
                    spawn(() -> {
                        link(witness);
                        exit("gone");
                    });
            assertReceive(new Told(witness, new Exit(linker, custom("gone"))));
        }

        @Scenario
        @Otp("L-01")
        void isDoneOnceHoweverOften() {
            trapExits(true);
            Pid idle = idle();
            link(idle);
            link(idle);
            link(idle);
            assertThat(info(self()).orElseThrow().links()).containsExactly(idle);
            assertThat(info(idle).orElseThrow().links()).containsExactly(self());
            unlink(idle);
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            assertThat(agree(self(), idle)).isTrue();
            link(idle);
            link(idle);
            exit(idle, "gone");
            assertReceive(new Exit(idle, custom("gone")));
            refuteReceive(Exit.class);
        }

        @Scenario
        @Otp("L-01")
        void isOneLinkIfBothDoIt() {
            trapExits(true);
            Pid boss = self();
            Pid other =
                    spawn(() -> {
                        link(boss);
                        send(boss, new Go());
                        sleepForever();
                    });
            link(other);
            assertReceive(Go.class);
            assertThat(info(other).orElseThrow().links()).containsExactly(boss);
            unlink(other);
            assertThat(agree(boss, other)).isTrue();
            assertThat(linked(other, boss)).isFalse();
            exit(other, "gone");
            refuteReceive(Exit.class);
        }

        @Scenario
        @Otp("L-02")
        void toOneselfDoesNothing() {
            link(self());
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            unlink(self());
            Spawned other =
                    spawnMonitor(() -> {
                        trapExits(true);
                        link(self());
                        exit("gone");
                    });
            assertThat(awaitDown(other.monitor())).isEqualTo(custom("gone"));
        }

        @Scenario
        @Otp("L-03")
        void toTheDeadIsToldToWhoTraps() {
            trapExits(true);
            Pid dead = dead();
            link(dead);
            assertReceive(new Exit(dead, NOPROC));
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            link(dead);
            assertReceive(new Exit(dead, NOPROC));
            refuteReceive(Exit.class);
        }

        @Scenario
        @Otp("L-03")
        void toTheDeadFailsForOthers() {
            Pid dead = dead();
            assertThatThrownBy(() -> link(dead))
                    .isInstanceOfSatisfying(
                            ExitException.class,
                            exit -> assertThat(exit.reason()).isEqualTo(NOPROC));
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            Spawned careless = spawnMonitor(() -> link(dead));
            assertThat(awaitDown(careless.monitor())).isEqualTo(NOPROC);
        }

        @Scenario(outcomes = {"gone", "noproc"})
        @Otp("L-03")
        void toTheDyingTellsItsReasonOrThatItIsGone() {
            trapExits(true);
            Pid dying = spawn(() -> exit("gone"));
            link(dying);
            Exit exit = assertReceive(Exit.class);
            assertThat(exit.from()).isEqualTo(dying);
            assertThat(exit.reason()).isIn(custom("gone"), NOPROC);
            observe(exit.reason().equals(NOPROC) ? "noproc" : "gone");
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            refuteReceive(Exit.class);
        }

        @Scenario(outcomes = {"gone", "noproc"})
        @Otp("L-03")
        void toTheDyingEndsWhoDoesNotTrap() {
            Pid dying = spawn(() -> exit("gone"));
            Spawned careless =
                    spawnMonitor(() -> {
                        link(dying);
                        sleepForever();
                    });
            ExitReason reason = awaitDown(careless.monitor());
            assertThat(reason).isIn(custom("gone"), NOPROC);
            observe(reason.equals(NOPROC) ? "noproc" : "gone");
        }

        @Scenario
        @Otp("L-03")
        void afterAnExitSignalFindsNobody() {
            trapExits(true);
            Pid victim = idle();
            exit(victim, "enough");
            link(victim);
            assertReceive(new Exit(victim, NOPROC));
            refuteReceive(Exit.class);
        }
    }

    @Nested
    class Unlinking {
        @Scenario
        @Otp("L-05")
        void leavesWhatIsInTheMailbox() {
            trapExits(true);
            Pid child = spawnLink(() -> exit("gone"));
            hibernate();
            unlink(child);
            assertReceive(new Exit(child, custom("gone")));
        }

        @Scenario(outcomes = {"told", "not told"})
        @Otp("L-05")
        void letsNothingInOnceItHasReturned() {
            trapExits(true);
            Pid child = spawnLink(() -> exit("gone"));
            unlink(child);
            boolean told = poll(Exit.class).isPresent();
            observe(told ? "told" : "not told");
            refuteReceive(Exit.class);
        }

        @Scenario
        @Otp("L-05")
        void protectsWhoDoesNotTrap() {
            Pid boss = self();
            Spawned careful =
                    spawnMonitor(() -> {
                        Pid dangerous =
                                spawnLink(() -> {
                                    receive(Go.class);
                                    exit("gone");
                                });
                        send(dangerous, new Go());
                        unlink(dangerous);
                        awaitDown(dangerous);
                        send(boss, "survived");
                    });
            ExitReason reason = awaitDown(careful.monitor());
            assertThat(reason).isIn(NORMAL, custom("gone"));
            assertThat(poll(String.class).isPresent()).isEqualTo(reason.equals(NORMAL));
        }

        @Scenario
        @Otp("L-06")
        void fromStrangersAndTheDeadDoesNothing() {
            Pid idle = idle();
            unlink(idle);
            unlink(dead());
            assertThat(isAlive(idle)).isTrue();
            link(idle);
            unlink(idle);
            unlink(idle);
            assertThat(agree(self(), idle)).isTrue();
        }

        @Scenario
        @Otp("L-05")
        void byOneEndFreesBoth() {
            Pid boss = self();
            Pid other =
                    spawn(() -> {
                        link(boss);
                        send(boss, new Go());
                        receive(Go.class);
                        exit("gone");
                    });
            assertReceive(Go.class);
            unlink(other);
            send(other, new Go());
            awaitDown(other);
            assertThat(info(self()).orElseThrow().links()).isEmpty();
        }
    }

    @Nested
    class Ending {
        @Scenario
        @Otp("L-09")
        void normallyIsToldOnlyToWhoTraps() {
            Pid boss = self();
            Pid trapper = trapper();
            Pid bystander = idle();
            Pid ending =
                    spawn(() -> {
                        link(trapper);
                        link(bystander);
                        send(boss, new Go());
                    });
            assertReceive(Go.class);
            assertReceive(new Told(trapper, new Exit(ending, NORMAL)));
            awaitDown(ending);
            eventually(() -> info(bystander).orElseThrow().links().isEmpty());
            assertThat(isAlive(bystander)).isTrue();
        }

        @Scenario
        @Otp("L-11")
        void emptiesTheListOfLinks() {
            trapExits(true);
            List<Pid> linked = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                linked.add(spawnLink(() -> sleepForever()));
            }
            assertThat(info(self()).orElseThrow().links())
                    .containsExactlyInAnyOrderElementsOf(linked);
            for (Pid pid : linked) {
                exit(pid, "gone");
                assertReceive(new Exit(pid, custom("gone")));
                assertThat(linked(self(), pid)).isFalse();
            }
            assertThat(info(self()).orElseThrow().links()).isEmpty();
        }

        @Scenario
        @Otp("L-09")
        @Otp("X-11")
        void takesAWholeCircleAlong() {
            Pid boss = self();
            Pid first = spawn(() -> circle(boss, 5, null));
            List<Ref> monitors = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                monitors.add(monitor(assertReceive(Pid.class)));
            }
            assertReceive(Go.class);
            exit(first, "gone");
            for (Ref monitor : monitors) {
                assertThat(awaitDown(monitor)).isEqualTo(custom("gone"));
            }
        }

        private static void circle(Pid boss, int left, Pid first) {
            send(boss, self());
            Pid head = first == null ? self() : first;
            if (left == 1) {
                link(head);
                send(boss, new Go());
            } else {
                spawnLink(() -> circle(boss, left - 1, head));
            }
            sleepForever();
        }
    }

    private static Pid dead() {
        Pid dead = spawn(() -> {});
        awaitDown(dead);
        return dead;
    }
}
