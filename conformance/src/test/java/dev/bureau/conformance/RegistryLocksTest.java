package dev.bureau.conformance;

import static dev.bureau.conformance.Registrants.*;
import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.otp.Registry.lock;
import static dev.bureau.otp.Registry.partitions;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.Registry;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Locks by key: Elixir's item R-11.
@Otp("R-11")
class RegistryLocksTest {
    /// Who holds the lock now.
    record Holds(Pid who) {}

    /// A process that takes the lock, says so, holds it until it is told to go, and ends as `then` does.
    private static Spawned holder(String registry, Object key, Body then) {
        Pid boss = self();
        return spawnMonitor(() -> {
            lock(
                    registry,
                    key,
                    () -> {
                        send(boss, new Holds(self()));
                        receive(Go.class);
                        then.run();
                        return "done";
                    });
            sleepForever();
        });
    }

    private static void awaitHolder(Spawned expected) {
        assertThat(assertReceive(Holds.class).who()).isEqualTo(expected.pid());
    }

    private static final Body NOTHING = () -> {};

    @Scenario(seeds = 200)
    void doesTheWorkInTheCallerAndReturnsOrThrowsWhatItDoes() {
        withEach(
                KINDS,
                (names, _) -> {
                    Pid caller = self();
                    assertThat(lock(names, "key", () -> self())).isEqualTo(caller);
                    assertThat(lock(names, List.of("key"), () -> 7) + 1).isEqualTo(8);
                    for (int i = 0; i < 2; i++) {
                        assertThatThrownBy(() ->
                                        lock(
                                                names,
                                                "key",
                                                () -> {
                                                    throw new IOException("oops");
                                                }))
                                .isInstanceOf(IOException.class)
                                .hasMessage("oops");
                    }
                    assertThat(info(self()).orElseThrow().monitors()).isEmpty();
                    refuteReceive(Object.class);
                });
    }

    @Scenario(seeds = 200)
    void excludesOthersUnderTheSameKeyOnly() {
        withEach(
                KINDS,
                (names, _) -> {
                    Spawned first = holder(names, "key", NOTHING);
                    awaitHolder(first);
                    Spawned elsewhere = holder(names, "other key", NOTHING);
                    awaitHolder(elsewhere);
                    Spawned second = holder(names, "key", NOTHING);
                    refuteReceive(Holds.class);
                    send(first.pid(), new Go());
                    awaitHolder(second);
                    send(second.pid(), new Go());
                    assertThat(lock(names, "key", () -> "mine")).isEqualTo("mine");
                    send(elsewhere.pid(), new Go());
                });
    }

    @Scenario
    void goesToThoseWhoWaitInTheOrderInWhichTheyCame() {
        Registry.startLink("names", UNIQUE);
        Spawned first = holder("names", "key", NOTHING);
        awaitHolder(first);
        List<Spawned> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Spawned next = holder("names", "key", NOTHING);
            awaitWaiting(next.pid());
            waiting.add(next);
        }
        Spawned holding = first;
        for (Spawned next : waiting) {
            send(holding.pid(), new Go());
            awaitHolder(next);
            holding = next;
        }
    }

    @Scenario
    void isFreedByAnExceptionAndByTheDeathOfItsHolder() {
        Registry.startLink("names", UNIQUE, partitions(3));
        Spawned raises =
                holder(
                        "names",
                        "key",
                        () -> {
                            throw new IllegalStateException("oops");
                        });
        awaitHolder(raises);
        Spawned exits = holder("names", "key", () -> exit("enough"));
        send(raises.pid(), new Go());
        awaitHolder(exits);
        Spawned killed = holder("names", "key", NOTHING);
        send(exits.pid(), new Go());
        awaitHolder(killed);
        Spawned last = holder("names", "key", NOTHING);
        exit(killed.pid(), KILL);
        awaitHolder(last);
        assertThat(awaitDown(raises.monitor())).isInstanceOf(ExitReason.Crash.class);
        assertThat(awaitDown(exits.monitor())).isEqualTo(custom("enough"));
        assertThat(awaitDown(killed.monitor())).isEqualTo(KILLED);
    }

    @Scenario(outcomes = {"held", "waited"})
    void isNotHeldByTheDeadWhoWaitedForIt() {
        Registry.startLink("names", UNIQUE);
        Spawned first = holder("names", "key", NOTHING);
        awaitHolder(first);
        Spawned waiter = holder("names", "key", NOTHING);
        Spawned last = holder("names", "key", NOTHING);
        Staff.pause();
        send(first.pid(), new Go());
        exit(waiter.pid(), KILL);
        awaitDown(waiter.monitor());
        Pid next = assertReceive(Holds.class).who();
        observe(next.equals(waiter.pid()) ? "held" : "waited");
        if (next.equals(waiter.pid())) {
            next = assertReceive(Holds.class).who();
        }
        assertThat(next).isEqualTo(last.pid());
        send(last.pid(), new Go());
        assertThat(lock("names", "key", () -> "mine")).isEqualTo("mine");
    }

    @Scenario(seeds = 100)
    void isRefusedToItsHolder() {
        Registry.startLink("names", UNIQUE);
        String result =
                lock(
                        "names",
                        "key",
                        () -> {
                            assertThatThrownBy(() -> lock("names", "key", () -> "inner"))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessage(
                                            "the process holds the lock of key in registry 'names' already; do what"
                                                    + " needs it inside one lock(...)");
                            Spawned other = holder("names", "key", NOTHING);
                            refuteReceive(Holds.class);
                            exit(other.pid(), KILL);
                            return lock("names", "another", () -> "another");
                        });
        assertThat(result).isEqualTo("another");
        assertThat(lock("names", "key", () -> "again")).isEqualTo("again");
    }

    @Scenario(seeds = 20)
    void isOfAKeyThatIsComparedByItsContent() {
        Registry.startLink("names", UNIQUE);
        assertThatThrownBy(() -> lock("names", new int[0], () -> "never"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("int[]");
        Spawned first = holder("names", new ArrayList<>(List.of(1)), NOTHING);
        awaitHolder(first);
        Spawned second = holder("names", List.of(1), NOTHING);
        refuteReceive(Holds.class);
        send(first.pid(), new Go());
        awaitHolder(second);
    }

    @Scenario(seeds = 300)
    void failsWhoWaitsWhenThePartitionCrashes() {
        Registry.startLink("names", UNIQUE);
        Spawned first = holder("names", "key", NOTHING);
        awaitHolder(first);
        Spawned waiter = holder("names", "key", NOTHING);
        awaitWaiting(waiter.pid());
        Pid partition =
                info(whereis("names").orElseThrow()).orElseThrow().links().stream()
                        .filter(pid -> !pid.equals(self()))
                        .findFirst()
                        .orElseThrow();
        exit(partition, KILL);
        assertThat(awaitDown(waiter.monitor()))
                .isInstanceOfSatisfying(
                        ExitReason.CallFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(KILLED));
        send(first.pid(), new Go());
        eventually(() -> info(first.pid()).orElseThrow().messageQueueLength() == 0);
        assertThat(isAlive(first.pid())).isTrue();
    }

    /// Each reads, gives the others time to do so too, and writes; some die meanwhile.
    @Scenario(seeds = 300)
    void losesNoUpdateWhoeverDies() {
        Registry.startLink("names", UNIQUE, partitions(2), Registry.withMeta("sum", 0));
        List<Spawned> workers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            workers.add(
                    spawnMonitor(() -> {
                        for (int n = 0; n < 3; n++) {
                            lock(
                                    "names",
                                    "key",
                                    () -> {
                                        int before =
                                                (int) Registry.meta("names", "sum").orElseThrow();
                                        Staff.pause();
                                        Registry.putMeta("names", "sum", before + 1);
                                        return before;
                                    });
                        }
                    }));
        }
        Set<Pid> killed = new HashSet<>();
        for (Spawned victim : workers.subList(0, 2)) {
            exit(victim.pid(), KILL);
            killed.add(victim.pid());
        }
        for (Spawned worker : workers) {
            Ref end = worker.monitor();
            if (!killed.contains(worker.pid())) {
                assertThat(awaitDown(end)).isEqualTo(NORMAL);
            }
        }
        int sum = (int) Registry.meta("names", "sum").orElseThrow();
        assertThat(sum).isBetween(12, 18);
        assertThat(lock("names", "key", () -> "free")).isEqualTo("free");
    }
}
