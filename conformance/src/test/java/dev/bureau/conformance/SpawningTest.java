package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.SpawnReply;
import dev.bureau.kernel.Spawned;
import dev.bureau.kernel.SystemLimit;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// Spawning with a link or a monitor, and by request: OTP's items P-05 to P-07.
class SpawningTest {
    @Nested
    class WithALink {
        @Scenario
        @Otp("P-05")
        void tellsTheRealReasonHoweverFastTheChildEnds() {
            trapExits(true);
            for (Object reason : List.of("gone", KILL, NORMAL)) {
                Pid child = spawnLink(() -> exit(reason));
                assertReceive(new Exit(child, ExitReason.of(reason)));
            }
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-05")
        void endsAParentThatDoesNotTrap() {
            Spawned parent =
                    spawnMonitor(() -> {
                        spawnLink(() -> exit("gone"));
                        sleepForever();
                    });
            assertThat(awaitDown(parent.monitor())).isEqualTo(custom("gone"));
        }

        @Scenario
        @Otp("P-05")
        void isThereWhenTheChildBegins() {
            Pid boss = self();
            spawnLink(() -> {
                if (linked(self(), boss)) {
                    send(boss, new Go());
                }
                sleepForever();
            });
            assertReceive(Go.class);
        }

        @Scenario
        @Otp("P-05")
        void canGoWithAMonitor() {
            trapExits(true);
            Spawned child = spawnMonitor(SpawnOptions.options().link(), () -> exit("gone"));
            assertReceive(Exit.class, new Exit(child.pid(), custom("gone"))::equals);
            assertReceive(
                    Down.class, new Down(child.monitor(), child.pid(), custom("gone"))::equals);
            refuteReceive(Object.class);
        }

        @Scenario(outcomes = {"hit before it ran", "hit later"})
        @Otp("P-06")
        void takesTheChildAlongIfTheParentEndsAtOnce() {
            Pid boss = self();
            spawn(() -> {
                Pid child =
                        spawnLink(() -> {
                            send(boss, "runs");
                            sleepForever();
                        });
                send(boss, child);
                exit("gone");
            });
            ExitReason reason = awaitDown(assertReceive(Pid.class));
            assertThat(reason).isIn(custom("gone"), NOPROC);
            observe(poll(String.class).isEmpty() ? "hit before it ran" : "hit later");
        }

        @Scenario
        @Otp("P-06")
        void tellsAChildThatTrapsIfTheParentEndsAtOnce() {
            Pid boss = self();
            Pid parent =
                    spawn(() -> {
                        Pid child =
                                spawnLink(() -> {
                                    trapExits(true);
                                    send(boss, receive(Exit.class));
                                });
                        send(boss, child);
                        exit("gone");
                    });
            Pid child = assertReceive(Pid.class);
            awaitDown(child);
            // Nothing if the signal came before the child trapped.
            poll(Exit.class)
                    .ifPresent(
                            exit -> assertThat(exit).isEqualTo(new Exit(parent, custom("gone"))));
        }

        @Scenario
        @Otp("P-06")
        void takesTheChildAlongIfTheParentIsKilledWhileItSpawns() {
            Pid boss = self();
            Pid parent =
                    spawn(() -> {
                        while (true) {
                            send(boss, spawnLink(Bureau::sleepForever));
                        }
                    });
            List<Pid> children = new ArrayList<>();
            children.add(assertReceive(Pid.class));
            exit(parent, "enough");
            awaitDown(parent);
            for (Pid child : processes()) {
                if (info(child).flatMap(ProcessInfo::parent).filter(parent::equals).isPresent()) {
                    children.add(child);
                }
            }
            for (Pid child : children) {
                assertThat(awaitDown(child)).isIn(custom("enough"), NOPROC);
            }
        }
    }

    @Nested
    class WithAMonitor {
        @Scenario
        @Otp("P-05")
        void tellsTheRealReasonHoweverFastTheChildEnds() {
            for (Object reason : List.of("gone", KILL, NORMAL)) {
                Spawned child = spawnMonitor(() -> exit(reason));
                assertReceive(new Down(child.monitor(), child.pid(), ExitReason.of(reason)));
            }
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-05")
        void isThereWhenTheChildBegins() {
            Pid boss = self();
            spawnMonitor(() -> {
                send(boss, info(self()).orElseThrow().monitoredBy().getFirst());
                sleepForever();
            });
            assertReceive(boss);
        }

        @Scenario
        @Otp("P-05")
        @Otp("M-10")
        void canMakeAMessageOfItsOwn() {
            record Gone(Down down) {}
            Spawned child = spawnMonitor(SpawnOptions.options(), () -> exit("gone"), Gone::new);
            assertReceive(new Gone(new Down(child.monitor(), child.pid(), custom("gone"))));
        }

        /// Whoever goes through the list of processes finds also those that are about to begin.
        @Scenario(runs = 50)
        @Otp("P-05")
        @Otp("M-09")
        void isNotLostIfOthersMonitorAndLinkTheChildBeforeItBegins() {
            trapExits(true);
            Optional<Pid> mine = Optional.of(self());
            Pid census =
                    spawn(() -> {
                        trapExits(true);
                        while (true) {
                            for (Pid pid : processes()) {
                                monitor(pid);
                                if (info(pid).flatMap(ProcessInfo::parent).equals(mine)) {
                                    link(pid);
                                }
                                poll(Object.class);
                            }
                        }
                    });
            for (int i = 0; i < 5; i++) {
                Spawned child = spawnMonitor(SpawnOptions.options().link(), () -> exit("gone"));
                assertThat(awaitDown(child.monitor())).isEqualTo(custom("gone"));
                assertReceive(Exit.class, new Exit(child.pid(), custom("gone"))::equals);
            }
            exit(census, KILL);
            awaitDown(census);
        }

        @Scenario
        @Otp("P-05")
        void leavesNothingBehindIfTheBodyCannotBeShared() {
            List<Pid> before = processes();
            Runnable mutable = mutable();
            assertThatThrownBy(
                            () -> spawnMonitor(SpawnOptions.options().link(), () -> mutable.run()))
                    .isInstanceOf(NotShareableException.class);
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            assertThat(processes()).containsExactlyInAnyOrderElementsOf(before);
            refuteReceive(Object.class);
        }
    }

    @Nested
    class ByRequest {
        @Scenario
        @Otp("P-07")
        void isAnsweredByAMessage() {
            Pid boss = self();
            Ref request = spawnRequest(SpawnOptions.options(), () -> send(boss, self()));
            SpawnReply reply = receive(request, SpawnReply.class, ofSeconds(5));
            assertThat(reply).isInstanceOf(SpawnReply.Started.class);
            assertReceive(((SpawnReply.Started) reply).pid());
            assertThat(abandonSpawnRequest(request)).isFalse();
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-07")
        void canLink() {
            trapExits(true);
            Ref request = spawnRequest(SpawnOptions.options().link(), () -> exit("gone"));
            SpawnReply reply = receive(request, SpawnReply.class, ofSeconds(5));
            Pid child = ((SpawnReply.Started) reply).pid();
            assertReceive(new Exit(child, custom("gone")));
        }

        @Scenario(maxProcesses = 2)
        @Otp("P-07")
        @Otp("P-08")
        void isAnsweredAlsoWhenItFails() {
            Ref request = spawnRequest(SpawnOptions.options(), () -> {});
            SpawnReply reply = receive(request, SpawnReply.class, ofSeconds(5));
            assertThat(reply).isInstanceOf(SpawnReply.Failed.class);
            ExitReason reason = ((SpawnReply.Failed) reply).reason();
            assertThat(((ExitReason.Crash) reason).error()).isInstanceOf(SystemLimit.class);
        }

        @Scenario
        @Otp("P-07")
        void isOverWhenItReturnsSoItCannotBeAbandoned() {
            Ref request = spawnRequest(SpawnOptions.options(), () -> {});
            assertThat(abandonSpawnRequest(request)).isFalse();
            assertReceive(SpawnReply.class);
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-07")
        void isAnsweredBeforeAnythingElseComesOfIt() {
            trapExits(true);
            Pid boss = self();
            SpawnOptions linked = SpawnOptions.options().link();
            Ref request = spawnRequestMonitor(linked, () -> send(boss, "hello"));
            assertThat(receive()).isInstanceOf(SpawnReply.Started.class);
            assertThat(receive()).isEqualTo("hello");
            assertThat(List.of(receive(), receive()))
                    .hasAtLeastOneElementOfType(Exit.class)
                    .hasAtLeastOneElementOfType(Down.class);
            assertThat(demonitor(request)).isFalse();
        }

        @Scenario
        @Otp("P-07")
        void canMonitor() {
            Ref request = spawnRequestMonitor(SpawnOptions.options(), () -> receive(Go.class));
            SpawnReply reply = receive(request, SpawnReply.class, ofSeconds(5));
            Pid child = ((SpawnReply.Started) reply).pid();
            assertThat(info(child).orElseThrow().monitoredBy()).containsExactly(self());
            send(request, "no alias any more");
            send(child, new Go());
            assertReceive(new Down(request, child, NORMAL));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-07")
        void canMonitorWithoutAReply() {
            SpawnOptions options = SpawnOptions.options();
            Ref request = spawnRequestMonitor(options, () -> exit("gone"), SpawnReply.Wanted.NEVER);
            assertThat(awaitDown(request)).isEqualTo(custom("gone"));
            Ref ended = spawnRequestMonitor(options, () -> sleepForever(), SpawnReply.Wanted.NEVER);
            assertThat(demonitor(ended)).isTrue();
            refuteReceive(Object.class);
        }

        @Scenario(maxProcesses = 2)
        @Otp("P-07")
        @Otp("P-08")
        void monitorsNobodyIfItFails() {
            Ref request = spawnRequestMonitor(SpawnOptions.options(), () -> {});
            SpawnReply reply = receive(request, SpawnReply.class, ofSeconds(5));
            assertThat(reply).isInstanceOf(SpawnReply.Failed.class);
            assertThat(demonitor(request)).isFalse();
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-07")
        void leavesNothingBehindIfTheBodyCannotBeShared() {
            Runnable mutable = mutable();
            Ref request = spawnRequestMonitor(SpawnOptions.options().link(), () -> mutable.run());
            SpawnReply reply = receive(request, SpawnReply.class, ofSeconds(5));
            assertThat(reply).isInstanceOf(SpawnReply.Failed.class);
            ProcessInfo mine = info(self()).orElseThrow();
            assertThat(mine.links()).isEmpty();
            assertThat(mine.monitors()).isEmpty();
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-07")
        void isAnsweredOnlyIfThatIsWanted() {
            Body body = () -> {};
            for (SpawnReply.Wanted wanted : SpawnReply.Wanted.values()) {
                Ref request = spawnRequest(SpawnOptions.options(), body, wanted);
                if (wanted == SpawnReply.Wanted.ALWAYS || wanted == SpawnReply.Wanted.ON_SUCCESS) {
                    assertThat(receive(request, SpawnReply.class, ofSeconds(5)))
                            .isInstanceOf(SpawnReply.Started.class);
                }
                assertThat(abandonSpawnRequest(request)).isFalse();
            }
            refuteReceive(Object.class);
        }

        @Scenario(maxProcesses = 2)
        @Otp("P-07")
        void isAnsweredOnlyIfThatIsWantedAlsoWhenItFails() {
            for (SpawnReply.Wanted wanted : SpawnReply.Wanted.values()) {
                Ref request = spawnRequest(SpawnOptions.options(), () -> {}, wanted);
                if (wanted == SpawnReply.Wanted.ALWAYS || wanted == SpawnReply.Wanted.ON_ERROR) {
                    assertThat(receive(request, SpawnReply.class, ofSeconds(5)))
                            .isInstanceOf(SpawnReply.Failed.class);
                }
            }
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("P-07")
        void canBeAbandonedOnlyByWhoHasMadeIt() {
            Pid boss = self();
            Ref request = spawnRequest(SpawnOptions.options(), () -> {});
            spawn(() -> send(boss, abandonSpawnRequest(request)));
            assertReceive(SpawnReply.class);
            assertReceive(false);
        }
    }

    private static Runnable mutable() {
        return new Runnable() {
            private int runs;

            @Override
            public void run() {
                runs++;
            }
        };
    }
}
