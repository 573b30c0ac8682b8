package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.trapper;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.Table;
import dev.bureau.otp.TableTransfer;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// What is known of a process that has ended: OTP's items P-15, P-16.
class EndedProcessesTest {
    private static volatile boolean closed;

    @Nested
    class WhenItIsKnownToHaveEnded {
        @Scenario
        @Otp("P-15")
        void itsNameIsFreeForThoseWhoMonitorIt() {
            for (Body end : ends()) {
                Spawned clerk = spawnMonitor(() -> work(end));
                endClerk(clerk.pid());
                awaitDown(clerk.monitor());
                assertThat(whereis("clerk")).isEmpty();
            }
        }

        @Scenario
        @Otp("P-15")
        void itsNameIsFreeForThoseWhoAreLinkedToIt() {
            trapExits(true);
            for (Body end : ends()) {
                Pid clerk = spawnLink(() -> work(end));
                endClerk(clerk);
                assertReceive(Exit.class);
                register("clerk", self());
                unregister("clerk");
            }
        }

        @Scenario
        @Otp("P-15")
        void itsNameIsFreeForThoseWhoSeeItDead() {
            for (Body end : ends()) {
                Pid clerk = spawn(() -> work(end));
                endClerk(clerk);
                while (isAlive(clerk)) {
                    sleep(ofMillis(1));
                }
                assertThat(whereis("clerk")).isEmpty();
            }
        }

        @Scenario
        @Otp("P-15")
        void itsNameIsFreeForASuccessor() {
            Pid boss = self();
            Pid first = spawn(() -> work(() -> {}));
            spawn(() -> {
                awaitDown(first);
                register("clerk", self());
                send(boss, self());
                sleepForever();
            });
            eventually(() -> whereis("clerk").isPresent());
            send(first, new Go());
            Pid successor = assertReceive(Pid.class);
            assertThat(whereis("clerk")).contains(successor);
        }

        @Scenario
        @Otp("P-15")
        void whatItOwnedIsClosed() {
            trapExits(true);
            for (Body end : ends()) {
                closed = false;
                Spawned owner =
                        spawnMonitor(
                                SpawnOptions.options().link(),
                                () -> {
                                    Owned.of((AutoCloseable) () -> closed = true);
                                    work(end);
                                });
                endClerk(owner.pid());
                Object first = assertReceive(Object.class);
                assertThat(first).isInstanceOfAny(Exit.class, Down.class);
                assertThat(closed).isTrue();
                assertReceive(Object.class);
            }
        }

        /// However long that takes, and whoever asks first.
        @Scenario
        @Otp("P-15")
        @Otp("P-16")
        void whatItOwnedIsClosedForThoseWhoSeeItDead() {
            for (Body end : ends()) {
                closed = false;
                Pid owner =
                        spawn(() -> {
                            Owned.of((AutoCloseable) EndedProcessesTest::closeSlowly);
                            Owned.of((AutoCloseable) EndedProcessesTest::closeSlowly);
                            work(end);
                        });
                endClerk(owner);
                while (isAlive(owner)) {
                    sleep(ofMillis(1));
                }
                assertThat(closed).isTrue();
                assertThat(processes()).doesNotContain(owner);
            }
            refuteReceive(Object.class);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }

        /// A table's owner is not dead before the table is gone, or another's.
        @Scenario
        @Otp("P-15")
        void itsTablesAreGoneOrInheritedForThoseWhoSeeItDead() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        Owned.of((AutoCloseable) EndedProcessesTest::closeSlowly);
                        send(boss, Table.<String, Integer>set());
                        send(boss, Table.<String, Integer>set(new Table.Heir(boss, "yours")));
                        sleepForever();
                    });
            Table<?, ?> deleted = assertReceive(Table.class);
            Table<?, ?> inherited = assertReceive(Table.class);
            exit(owner, KILL);
            assertThat(isAlive(owner)).isFalse();
            assertThat(deleted.info()).isEmpty();
            assertThat(inherited.info().orElseThrow().owner()).isEqualTo(boss);
            assertReceive(TableTransfer.class);
        }

        @Scenario
        @Otp("P-15")
        void whoAsksWhetherItLivesCanBeKilledMeanwhile() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        Owned.of(
                                (AutoCloseable)
                                        () -> {
                                            while (!closed) Thread.yield();
                                        });
                        send(boss, new Go());
                        sleepForever();
                    });
            assertReceive(Go.class);
            closed = false;
            exit(owner, KILL);
            Spawned asking =
                    spawnMonitor(() -> {
                        send(boss, new Go());
                        send(boss, isAlive(owner));
                    });
            assertReceive(Go.class);
            exit(asking.pid(), KILL);
            assertThat(awaitDown(asking.monitor())).isEqualTo(KILLED);
            closed = true;
            assertThat(isAlive(owner)).isFalse();
            refuteReceive(Object.class);
        }

        private static void work(Body end) throws Exception {
            register("clerk", self());
            receive(Go.class);
            end.run();
        }

        private static void endClerk(Pid clerk) {
            if (whereis("clerk").isEmpty()) {
                // Not registered yet: it ends all the same.
                sleep(ofMillis(1));
            }
            send(clerk, new Go());
        }

        private static List<Body> ends() {
            return List.of(
                    () -> {},
                    () -> exit("done"),
                    () -> fail(),
                    () -> exit(self(), "told"),
                    () -> exit(self(), KILL));
        }
    }

    @Nested
    class AfterAnExitSignal {
        @Scenario
        @Otp("P-16")
        void theSenderSeesTheProcessGone() {
            Pid boss = self();
            for (Pid victim :
                    List.of(
                            spawn(Bureau::sleepForever),
                            spawn(() -> receive(Go.class)),
                            spawn(() -> receive(Go.class, ofSeconds(1))),
                            spawn(() -> compute(boss)),
                            spawn(() -> hibernate(() -> fail())))) {
                for (int i = 0; i < 3; i++) {
                    send(victim, "unread");
                }
                exit(victim, "enough");
                assertThat(isAlive(victim)).isFalse();
                assertThat(info(victim)).isEmpty();
                assertThat(messages(victim, 10)).isEmpty();
                assertThatThrownBy(() -> register("late", victim))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(awaitDown(monitor(victim))).isEqualTo(NOPROC);
            }
        }

        @Scenario
        @Otp("P-16")
        void theSenderSeesTheMessageOfAProcessThatTraps() {
            Pid trapper =
                    spawn(() -> {
                        trapExits(true);
                        receive(Go.class);
                    });
            eventually(() -> info(trapper).orElseThrow().trapExits());
            exit(trapper, "enough");
            assertThat(isAlive(trapper)).isTrue();
            assertThat(messages(trapper, 10)).containsExactly(new Exit(self(), custom("enough")));
        }

        private static void compute(Pid boss) {
            while (true) {
                isAlive(boss);
            }
        }
    }

    private static void closeSlowly() {
        closed = false;
        for (int i = 0; i < 20; i++) {
            Thread.yield();
        }
        closed = true;
    }

    private static void fail() {
        throw new IllegalStateException("boom");
    }
}
