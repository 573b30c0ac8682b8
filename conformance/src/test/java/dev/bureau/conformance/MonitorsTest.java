package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.ready;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/// Monitors: OTP's items M-01 to M-08, M-10, M-11.
class MonitorsTest {
    @Nested
    class ADown {
        @Scenario
        @Otp("M-01")
        void comesForEachMonitor() {
            Pid idle = idle();
            Set<Ref> monitors = Set.of(monitor(idle), monitor(idle), monitor(idle));
            assertThat(monitors).hasSize(3);
            exit(idle, "gone");
            for (Ref monitor : monitors) {
                assertReceive(Down.class, new Down(monitor, idle, custom("gone"))::equals);
            }
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-01")
        void comesToTheMonitoringOnly() {
            Pid boss = self();
            Pid watcher =
                    spawn(() -> {
                        monitor(boss);
                        send(boss, new Go());
                        exit("gone");
                    });
            Ref monitor = monitor(watcher);
            assertReceive(Go.class);
            assertThat(awaitDown(monitor)).isIn(custom("gone"), NOPROC);
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-02")
        void namesThePidOrTheNameThatWasMonitored() {
            Pid clerk = waiting();
            register("clerk", clerk);
            Name qualified = Name.on(node().id(), "clerk");
            Ref byPid = monitor(clerk);
            Ref byName = monitor("clerk");
            Ref byQualified = monitor(qualified);
            send(clerk, new Go());
            assertThat(downOf(byPid)).isEqualTo(new Down(byPid, clerk, NORMAL));
            assertThat(downOf(byName)).isEqualTo(new Down(byName, qualified, NORMAL));
            assertThat(downOf(byQualified)).isEqualTo(new Down(byQualified, qualified, NORMAL));
        }

        @Scenario
        @Otp("M-01")
        void tellsTheReason() {
            for (Object reason : List.of(NORMAL, SHUTDOWN, "gone", List.of(1, 2, 3))) {
                Pid worker = ready(() -> exit(reason));
                Ref monitor = monitor(worker);
                send(worker, new Go());
                assertThat(awaitDown(monitor)).isEqualTo(ExitReason.of(reason));
            }
        }

        @Scenario
        @Otp("M-03")
        void comesAtOnceForTheDeadAndTheUnknown() {
            Pid dead = spawn(() -> exit("gone"));
            awaitDown(dead);
            Ref byPid = monitor(dead);
            assertThat(downOf(byPid)).isEqualTo(new Down(byPid, dead, NOPROC));
            Ref byName = monitor("nobody");
            assertThat(downOf(byName))
                    .isEqualTo(new Down(byName, Name.on(node().id(), "nobody"), NOPROC));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-03")
        void hasNoReasonForWhoWasToldToExitBefore() {
            Pid victim = idle();
            exit(victim, "enough");
            Ref late = monitor(victim);
            assertThat(awaitDown(late)).isEqualTo(NOPROC);
            assertThat(isAlive(victim)).isFalse();
        }

        @Scenario(outcomes = {"gone", "noproc"})
        @Otp("M-03")
        void tellsTheReasonOfTheDyingOrThatItIsGone() {
            Pid dying = spawn(() -> exit("gone"));
            ExitReason reason = awaitDown(monitor(dying));
            assertThat(reason).isIn(custom("gone"), NOPROC);
            observe(reason.equals(NOPROC) ? "noproc" : "gone");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-04")
        void isAboutTheProcessThatHadTheNameThen() {
            Pid first = waiting();
            register("clerk", first);
            Ref monitor = monitor("clerk");
            unregister("clerk");
            Pid second = waiting();
            register("clerk", second);
            send(second, new Go());
            awaitDown(second);
            refuteReceive(Down.class);
            send(first, new Go());
            assertThat(awaitDown(monitor)).isEqualTo(NORMAL);
        }

        @Scenario
        @Otp("M-04")
        void tellsOfANodeThatCannotBeReached() {
            Name elsewhere = Name.on(new NodeId("elsewhere@nowhere", 1), "clerk");
            Ref monitor = monitor(elsewhere);
            assertThat(downOf(monitor))
                    .isEqualTo(new Down(monitor, elsewhere, ExitReason.NOCONNECTION));
        }

        @Scenario
        @Otp("M-05")
        void neverComesForOneself() {
            Ref monitor = monitor(self());
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            assertThat(demonitor(monitor)).isFalse();
            register("me", self());
            Ref byName = monitor("me");
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            assertThat(demonitor(byName)).isFalse();
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-10")
        void canBeAMessageOfOnesOwnProtocol() {
            record Gone(Down down) {}
            Pid worker = waiting();
            Ref monitor = monitor(worker, Gone::new);
            Ref plain = monitor(worker);
            send(worker, new Go());
            assertReceive(Gone.class, new Gone(new Down(monitor, worker, NORMAL))::equals);
            awaitDown(plain);
            refuteReceive(Object.class);
        }
    }

    @Nested
    class Demonitoring {
        @Scenario
        @Otp("M-06")
        @Otp("M-07")
        void keepsTheDownAway() {
            Pid worker = waiting();
            Ref monitor = monitor(worker);
            Ref kept = monitor(worker);
            assertThat(demonitor(monitor)).isTrue();
            assertThat(demonitor(monitor)).isFalse();
            send(worker, new Go());
            awaitDown(kept);
            refuteReceive(Down.class);
        }

        /// A Down cannot be among what came before its monitor was made.
        @Scenario(simulated = false, runs = 1)
        @Otp("M-06")
        void withFlushTakesNoLongerWithAMillionUnreadMessages() {
            for (int i = 0; i < 1_000_000; i++) {
                send(self(), i);
            }
            Pid dead = spawn(() -> {});
            for (int i = 0; i < 20_000; i++) {
                demonitorFlush(monitor(dead));
            }
            assertThat(info(self()).orElseThrow().messageQueueLength()).isEqualTo(1_000_000);
        }

        @Scenario
        @Otp("M-06")
        void withFlushTakesOutAnUrgentDownToo() {
            send(self(), "ordinary");
            Ref alias = alias(AliasOption.PRIORITY);
            sendPriority(alias, "urgent");
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Ref monitor = monitor(dead, MonitorOption.PRIORITY);
            assertThat(demonitorFlush(monitor)).isFalse();
            assertReceive("urgent");
            assertReceive("ordinary");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-06")
        @Otp("M-07")
        void leavesADownThatHasCome() {
            Pid worker = spawn(() -> {});
            Ref monitor = monitor(worker);
            hibernate();
            assertThat(demonitor(monitor)).isFalse();
            assertReceive(Down.class, down -> down.ref().equals(monitor));
        }

        @Scenario
        @Otp("M-06")
        @Otp("M-07")
        void withFlushTakesOutADownThatHasCome() {
            Pid worker = spawn(() -> {});
            Ref monitor = monitor(worker);
            Ref other = monitor(worker);
            eventually(() -> info(self()).orElseThrow().monitors().isEmpty());
            send(self(), "unrelated");
            assertThat(demonitorFlush(monitor)).isFalse();
            assertThat(demonitorFlush(monitor)).isFalse();
            awaitDown(other);
            assertReceive("unrelated");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-06")
        @Otp("M-10")
        void withFlushTakesOutAlsoWhatIsOfOnesOwnProtocol() {
            record Gone(Down down) {}
            Pid worker = spawn(() -> {});
            Ref monitor = monitor(worker, Gone::new);
            hibernate();
            demonitorFlush(monitor);
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("M-08")
        void doesNothingToAForeignReference() {
            Pid boss = self();
            Pid worker = waiting();
            Ref monitor = monitor(worker);
            assertThat(demonitor(ref())).isFalse();
            assertThat(demonitorFlush(ref())).isFalse();
            assertThat(demonitor(alias())).isFalse();
            awaitDown(
                    spawn(() -> {
                        send(boss, demonitor(monitor));
                        send(boss, demonitorFlush(monitor));
                    }));
            assertReceive(false);
            assertReceive(false);
            assertThat(info(worker).orElseThrow().monitoredBy()).containsExactly(boss);
            send(worker, new Go());
            awaitDown(monitor);
        }
    }

    @Nested
    class TheLists {
        @Scenario
        @Otp("M-01")
        @Otp("M-11")
        void showWhoWatchesWhomAndForgetTheDead() {
            Pid boss = self();
            Pid worker = idle();
            Spawned watcher =
                    spawnMonitor(() -> {
                        monitor(worker);
                        monitor(worker);
                        send(boss, new Go());
                        receive(Go.class);
                    });
            assertReceive(Go.class);
            assertThat(info(watcher.pid()).orElseThrow().monitors())
                    .containsExactly(worker, worker);
            assertThat(info(worker).orElseThrow().monitoredBy())
                    .containsExactly(watcher.pid(), watcher.pid());
            send(watcher.pid(), new Go());
            awaitDown(watcher.monitor());
            eventually(() -> info(worker).orElseThrow().monitoredBy().isEmpty());
        }

        @Scenario
        @Otp("M-01")
        void areEmptyWhenAllIsOver() {
            List<Ref> monitors = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Pid worker = waiting();
                monitors.add(monitor(worker));
                if (i % 2 == 0) {
                    send(worker, new Go());
                }
            }
            for (int i = 0; i < 6; i++) {
                if (i % 2 == 0) {
                    awaitDown(monitors.get(i));
                } else {
                    assertThat(demonitor(monitors.get(i))).isTrue();
                }
            }
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }

        @Scenario
        @Otp("M-11")
        void ofTheDeadTroubleNobody() {
            Pid boss = self();
            Spawned watcher =
                    spawnMonitor(() -> {
                        for (int i = 0; i < 3; i++) {
                            monitor(boss);
                        }
                        exit("gone");
                    });
            awaitDown(watcher.monitor());
            eventually(() -> !info(boss).orElseThrow().monitoredBy().contains(watcher.pid()));
            refuteReceive(Object.class);
        }
    }

    /// OTP's `case_1`: the monitored kills the monitoring, then ends.
    @Scenario
    @Otp("M-11")
    void theMonitoredMayKillTheMonitoring() {
        Spawned watcher =
                spawnMonitor(() -> {
                    Pid me = self();
                    Pid watched =
                            ready(() -> {
                                exit(me, "enough");
                            });
                    monitor(watched);
                    send(watched, new Go());
                    sleepForever();
                });
        assertThat(awaitDown(watcher.monitor())).isEqualTo(custom("enough"));
    }

    private static Down downOf(Ref monitor) {
        return receive(monitor, Down.class, ofSeconds(5));
    }
}
