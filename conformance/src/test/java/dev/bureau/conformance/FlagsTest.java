package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// Priority, group leader, trapping exits: OTP's items F-01 to F-04.
class FlagsTest {
    private static volatile boolean burning;

    @Nested
    class ThePriority {
        @Scenario(seeds = 100)
        @Otp("F-01")
        void isNormalAtFirstAndSettingItReturnsTheOneBefore() {
            assertThat(priority(Priority.HIGH)).isEqualTo(Priority.NORMAL);
            assertThat(priority(Priority.LOW)).isEqualTo(Priority.HIGH);
            assertThat(priority(Priority.MAX)).isEqualTo(Priority.LOW);
            assertThat(priority(Priority.NORMAL)).isEqualTo(Priority.MAX);
        }

        @Scenario(seeds = 100)
        @Otp("F-01")
        void isNotInherited() {
            priority(Priority.HIGH);
            Pid boss = self();
            spawn(() -> send(boss, priority(Priority.NORMAL)));
            assertReceive(Priority.NORMAL);
            Pid low = spawn(SpawnOptions.options().priority(Priority.LOW), () -> receive(Go.class));
            assertThat(info(low).orElseThrow().priority()).isEqualTo(Priority.LOW);
            assertThat(info(self()).orElseThrow().priority()).isEqualTo(Priority.HIGH);
        }

        /// On one run queue max goes before high, and high before normal.
        @Scenario(simulated = false, carriers = 1)
        @Otp("F-01")
        void decidesWhoRunsFirstOnOneRunQueue() {
            Pid boss = self();
            // While this process has the highest priority and computes, nobody else begins.
            priority(Priority.MAX);
            for (Priority priority :
                    List.of(Priority.NORMAL, Priority.HIGH, Priority.NORMAL, Priority.MAX)) {
                for (int i = 0; i < 3; i++) {
                    spawn(SpawnOptions.options().priority(priority), () -> send(boss, priority));
                }
            }
            List<Priority> order = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                order.add(receive(Priority.class));
            }
            List<Priority> sorted = new ArrayList<>(order);
            sorted.sort(java.util.Comparator.reverseOrder());
            assertThat(order).isEqualTo(sorted);
        }

        /// Low ones go on beside normal ones that never rest; normal ones beside high ones that rest now and then.
        @Scenario(simulated = false, runs = 3)
        @Otp("F-01")
        void thatIsLowIsNotStarvedByNormalOnes() {
            Pid boss = self();
            List<Pid> busy = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                busy.add(
                        spawn(() -> {
                            while (true) {
                                send(self(), new Go());
                                receive(Go.class);
                            }
                        }));
            }
            spawn(
                    SpawnOptions.options().priority(Priority.LOW),
                    () -> {
                        for (int i = 0; i < 200; i++) {
                            send(self(), new Go());
                            receive(Go.class);
                        }
                        send(boss, "done");
                    });
            assertReceive("done");
            busy.forEach(pid -> exit(pid, KILL));
        }

        /// What others ask of a process of low priority is done at their own: no inversion (OTP C-04).
        @Scenario(simulated = false, runs = 3)
        @Otp("F-01")
        @Otp("PI-07")
        void thatIsLowDoesNotHoldUpWhoAsksAboutIt() {
            burning = true;
            Pid low =
                    spawn(
                            SpawnOptions.options().priority(Priority.LOW),
                            () -> {
                                while (burning) {
                                    Thread.onSpinWait();
                                }
                            });
            List<Pid> busy = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                busy.add(
                        spawn(
                                SpawnOptions.options().priority(Priority.HIGH),
                                () -> {
                                    while (true) {
                                        send(self(), new Go());
                                        receive(Go.class);
                                    }
                                }));
            }
            priority(Priority.HIGH);
            for (int i = 0; i < 20; i++) {
                assertThat(info(low)).isPresent();
                assertThat(isAlive(low)).isTrue();
            }
            burning = false;
            busy.forEach(pid -> exit(pid, KILL));
        }
    }

    @Nested
    class TheGroupLeader {
        @Scenario
        @Otp("F-02")
        void isInheritedFromTheSpawner() {
            Pid boss = self();
            Pid leader = groupLeader();
            spawn(() -> {
                send(boss, groupLeader());
                spawn(() -> send(boss, groupLeader()));
            });
            assertReceive(leader);
            assertReceive(leader);
            assertThat(info(self()).orElseThrow().groupLeader()).isEqualTo(leader);
        }

        @Scenario
        @Otp("F-02")
        void isChangedForOneProcessAndThoseItSpawnsLater() {
            Pid boss = self();
            Pid before = groupLeader();
            Pid leader = idle();
            Pid worker =
                    spawn(() -> {
                        Pid early =
                                spawn(() -> {
                                    receive(Go.class);
                                    send(boss, groupLeader());
                                });
                        send(boss, early);
                        receive(Go.class);
                        send(boss, groupLeader());
                        spawn(() -> send(boss, groupLeader()));
                    });
            Pid early = receive(Pid.class);
            groupLeader(worker, leader);
            send(worker, new Go());
            assertReceive(leader);
            assertReceive(leader);
            send(early, new Go());
            assertReceive(before);
            assertThat(groupLeader()).isEqualTo(before);
        }

        @Scenario
        @Otp("F-02")
        void mayBeDead() {
            Pid boss = self();
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            groupLeader(self(), dead);
            assertThat(groupLeader()).isEqualTo(dead);
            spawn(() -> send(boss, groupLeader()));
            assertReceive(dead);
            assertThatThrownBy(() -> groupLeader(dead, self()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("alive");
        }

        @Scenario(simulated = false, runs = 3)
        @Otp("F-02")
        void isInheritedAlsoAcrossNodes() {
            Pid boss = self();
            Pid leader = groupLeader();
            try (Node other = Node.start(Node.options().schedulers(1))) {
                other.spawn(() -> send(boss, groupLeader()));
                assertReceive(leader);
            }
        }
    }

    @Nested
    class TrappingExits {
        @Scenario
        @Otp("F-04")
        void isOffAtFirstAndNotInherited() {
            assertThat(trapExits(true)).isFalse();
            assertThat(trapExits(true)).isTrue();
            Pid boss = self();
            Pid child =
                    spawn(() -> {
                        boolean inherited = trapExits(false);
                        send(boss, inherited);
                        receive(Go.class);
                    });
            assertReceive(false);
            assertThat(info(child).orElseThrow().trapExits()).isFalse();
            assertThat(info(self()).orElseThrow().trapExits()).isTrue();
            Pid linked = spawnLink(() -> exit("trapped"));
            assertReceive(new Exit(linked, Staff.custom("trapped")));
            assertThat(trapExits(false)).isTrue();
            assertThat(trapExits(false)).isFalse();
        }

        /// A function that shapes the message traps as well.
        @Scenario
        @Otp("F-04")
        void withAFunctionReturnsWhatWasBeforeToo() {
            record Gone(Pid who) {}
            assertThat(trapExits(exit -> new Gone(exit.from()))).isFalse();
            Pid linked = spawnLink(() -> exit("trapped"));
            assertReceive(new Gone(linked));
            assertThat(trapExits(true)).isTrue();
            Pid other = spawnLink(() -> exit("trapped"));
            assertReceive(new Exit(other, Staff.custom("trapped")));
        }
    }
}
