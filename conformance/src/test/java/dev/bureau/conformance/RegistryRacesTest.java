package dev.bureau.conformance;

import static dev.bureau.conformance.Registrants.KINDS;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Registry.DUPLICATE;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.otp.Registry.partitions;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.Registration;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Registry.Entry;
import dev.bureau.otp.Registry.Keys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Registering, dying and looking up at the same time: items under load.
@Otp("R-03")
class RegistryRacesTest {
    private static final int MANY = 50_000;

    /// Who has a unique key, as those say who have been told that they have it.
    private static final ConcurrentHashMap<Held, Pid> HELD = new ConcurrentHashMap<>();

    private record Held(NodeId node, Object key) {}

    /// A guest whose thread registers, for others to end.
    private static final AtomicReference<@Nullable Pid> GUEST = new AtomicReference<>();

    /// Takes keys, gives them back, and at last dies with what it has.
    private static void live(String names, int life, int rounds) {
        SplittableRandom random = new SplittableRandom(life);
        for (int i = 0; i < rounds; i++) {
            Object key = random.nextInt(3);
            Held held = new Held(node().id(), key);
            switch (Registry.register(names, key, life)) {
                case Registration.Made _ -> {
                    Pid before = HELD.put(held, self());
                    if (before != null && isAlive(before)) {
                        throw new AssertionError(before + " and " + self() + " both have " + key);
                    }
                    assertThat(Registry.whereis(names, key)).contains(self());
                    if (random.nextInt(3) == 0) {
                        HELD.remove(held, self());
                        Registry.unregister(names, key);
                    }
                }
                case Registration.AlreadyRegistered(var holder) ->
                        assertThat(holder.equals(self()) == mine(names, key)).isTrue();
            }
        }
        exit("life " + life);
    }

    private static boolean mine(String names, Object key) {
        return !Registry.values(names, key, self()).isEmpty();
    }

    @Scenario(seeds = 500, runs = 100)
    @Otp("R-01")
    void neverDoTwoLivingProcessesHaveAUniqueKey() {
        Registry.startLink("names", UNIQUE, partitions(2));
        List<Spawned> lives = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int life = i;
            lives.add(spawnMonitor(() -> live("names", life, 4)));
        }
        exit(lives.get(3).pid(), KILL);
        for (Spawned life : lives) {
            assertThat(receive(life.monitor(), Down.class, ofSeconds(5)).reason())
                    .isNotInstanceOf(ExitReason.Crash.class);
        }
        eventually(() -> isClean("names", lives));
        HELD.keySet().removeIf(held -> held.node().equals(node().id()));
    }

    private static boolean isClean(String names, List<Spawned> dead) {
        return Registry.count(names) == 0
                && Registry.select(names).isEmpty()
                && dead.stream().allMatch(one -> Registry.keys(names, one.pid()).isEmpty());
    }

    /// Whoever stays is in each look-up, once, whoever comes and goes around him.
    @Scenario(seeds = 300, runs = 100)
    @Otp("R-06")
    void whoStaysIsAlwaysFoundAmongThoseWhoComeAndGo() {
        for (Keys kind : List.of(DUPLICATE, Registry.DUPLICATE_BY_KEY)) {
            String events = kind.name();
            Registry.startLink(events, kind, partitions(2));
            List<Spawned> lives = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int life = i;
                lives.add(
                        spawnMonitor(() -> {
                            for (int n = 0; n < 3; n++) {
                                Registry.register(events, "goal", life);
                                Registry.register(events, n, life);
                                if (n == 1) {
                                    Registry.unregister(events, "goal");
                                }
                            }
                        }));
                if (i == 2) {
                    Registry.register(events, "goal", "stays");
                }
                if (i > 2) {
                    assertThat(
                                    Registry.lookup(events, "goal").stream()
                                            .filter(entry -> "stays".equals(entry.value()))
                                            .count())
                            .isEqualTo(1);
                }
            }
            for (Spawned life : lives) {
                awaitDown(life.monitor());
            }
            eventually(() -> Registry.count(events) == 1);
            assertThat(Registry.select(events)).containsExactly(new Entry("goal", self(), "stays"));
            eventually(() ->
                    lives.stream().allMatch(one -> Registry.keys(events, one.pid()).isEmpty()));
        }
    }

    @Scenario(simulated = false, runs = 1, timeoutSeconds = 60)
    @Otp("R-01")
    void manyLivesLeaveNothing() {
        Registry.startLink("names", UNIQUE, partitions(2));
        Registry.startLink("events", DUPLICATE, partitions(2));
        for (int round = 0; round < 100; round++) {
            List<Spawned> lives = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int life = round * 100 + i;
                lives.add(
                        spawnMonitor(() -> {
                            Registry.register("events", life % 3, life);
                            live("names", life, 20);
                        }));
            }
            for (int i = 0; i < 100; i += 10) {
                exit(lives.get(i).pid(), KILL);
            }
            for (int i = 0; i < 50; i++) {
                Optional<Pid> found = Registry.whereis("names", i % 3);
                found.ifPresent(pid -> Registry.keys("names", pid));
                Registry.lookup("events", i % 3);
            }
            for (Spawned life : lives) {
                assertThat(receive(life.monitor(), Down.class, ofSeconds(10)).reason())
                        .isNotInstanceOf(ExitReason.Crash.class);
            }
            eventually(() -> isClean("names", lives) && isClean("events", lives));
        }
        HELD.keySet().removeIf(held -> held.node().equals(node().id()));
    }

    @Scenario(simulated = false, runs = 1, carriers = 2, timeoutSeconds = 60)
    void manyThousandsComeAndGo() {
        for (Keys kind : KINDS) {
            String names = kind.name();
            Registry.startLink(names, kind, partitions(2));
            Pid centre =
                    spawn(() -> {
                        for (int i = 0; i < MANY; i++) {
                            int key = i;
                            spawnLink(() -> {
                                Registry.register(names, key).orThrow();
                                Registry.register(names, -1 - key / 2);
                                sleepForever();
                            });
                        }
                        receive(Go.class);
                        exit("gone");
                    });
            long expected = kind == UNIQUE ? MANY + MANY / 2 : 2 * MANY;
            awaitCount(names, expected);
            assertThat(Registry.lookup(names, -5)).hasSize(kind == UNIQUE ? 1 : 2);
            send(centre, new Go());
            awaitCount(names, 0);
            assertThat(Registry.select(names)).isEmpty();
        }
    }

    private static void awaitCount(String names, long expected) {
        for (int waits = 0; waits < 3_000 && Registry.count(names) != expected; waits++) {
            sleep(ofMillis(10));
        }
        assertThat(Registry.count(names)).isEqualTo(expected);
    }

    /// The thread of a guest goes on when others have ended the guest, also in the middle of registering.
    @Scenario(simulated = false, runs = 3, timeoutSeconds = 60)
    void aGuestThatIsEndedWhileItRegistersLeavesNothing() {
        Registry.startLink("names", UNIQUE, partitions(2));
        Registry.startLink("events", DUPLICATE, partitions(2));
        Node here = node();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int round = 0; round < 300; round++) {
                                try (Guest guest = here.guest()) {
                                    GUEST.set(guest.pid());
                                    for (int i = 0; ; i++) {
                                        Registry.register("names", i);
                                        Registry.register("events", i % 10);
                                    }
                                } catch (ExitException ended) {
                                    continue;
                                }
                            }
                        });
        while (thread.isAlive()) {
            Pid guest = GUEST.get();
            if (guest != null) {
                exit(guest, KILL);
            }
            sleep(ofMillis(1));
        }
        awaitCount("names", 0);
        awaitCount("events", 0);
        assertThat(Registry.select("events")).isEmpty();
    }
}
