package dev.bureau.conformance;

import static dev.bureau.conformance.Registrants.*;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Registry.DUPLICATE;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.otp.Registry.partitions;
import static dev.bureau.otp.Registry.via;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Registrants.Tried;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Registration;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Registry.Entry;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// Registries, and what is found in them: Elixir's items.
class RegistryTest {
    record Point(int x, int y) {}

    @Nested
    class AUniqueKey {
        @Scenario(seeds = 100)
        @Otp("R-01")
        void hasOneOwner() {
            withEach(
                    List.of(UNIQUE),
                    (names, _) -> {
                        assertThat(Registry.count(names)).isZero();
                        Pid partition = Registry.register(names, "hello", "value").orThrow();
                        assertThat(isAlive(partition)).isTrue();
                        assertThat(Registry.register(names, "hello", "other"))
                                .isEqualTo(new Registration.AlreadyRegistered(self()));
                        assertThat(registering(names, "hello", "other").outcome())
                                .isEqualTo(new Registration.AlreadyRegistered(self()));
                        Pid other = registered(names, "world", "value");
                        assertThat(Registry.register(names, "world"))
                                .isEqualTo(new Registration.AlreadyRegistered(other));
                        assertThat(Registry.lookup(names, "hello"))
                                .containsExactly(entry("hello", self(), "value"));
                        assertThat(Registry.keys(names, self())).containsExactly("hello");
                        assertThat(Registry.keys(names, other)).containsExactly("world");
                        assertThat(Registry.count(names)).isEqualTo(2);
                    });
        }

        @Scenario(seeds = 20)
        @Otp("R-01")
        void thatIsTakenSaysWhoHasIt() {
            Registry.startLink("names", UNIQUE);
            Pid holder = registered("names", "hello", 1);
            assertThatThrownBy(() -> Registry.register("names", "hello").orThrow())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected a key that nobody has, it belongs to " + holder);
        }

        @Scenario(outcomes = {"one", "other"})
        @Otp("R-01")
        void thatTwoRaceForGoesToOne() {
            Registry.startLink("names", UNIQUE, partitions(2));
            Pid boss = self();
            List<Pid> runners = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runners.add(
                        spawn(() -> {
                            send(boss, new Tried(self(), Registry.register("names", "prize")));
                            receive(Go.class);
                        }));
            }
            Tried first = assertReceive(Tried.class);
            Tried second = assertReceive(Tried.class);
            boolean won = first.outcome() instanceof Registration.Made;
            Tried winner = won ? first : second;
            Tried loser = won ? second : first;
            assertThat(winner.outcome()).isInstanceOf(Registration.Made.class);
            assertThat(loser.outcome()).isEqualTo(new Registration.AlreadyRegistered(winner.by()));
            assertThat(Registry.whereis("names", "prize")).contains(winner.by());
            assertThat(Registry.keys("names", loser.by())).isEmpty();
            observe(winner.by().equals(runners.getFirst()) ? "one" : "other");
        }
    }

    @Nested
    class ADuplicateKey {
        @Scenario(seeds = 100)
        @Otp("R-01")
        void hasAnyNumberOfEntriesAlsoOfOneProcess() {
            withEach(
                    DUPLICATES,
                    (events, _) -> {
                        Pid partition = Registry.register(events, "hello", 1).orThrow();
                        assertThat(Registry.register(events, "hello", 2).orThrow())
                                .isEqualTo(partition);
                        assertThat(Registry.register(events, "hello", 2).orThrow())
                                .isEqualTo(partition);
                        Registry.register(events, "world", 3).orThrow();
                        Pid other = registered(events, "hello", 4);
                        assertThat(Registry.keys(events, self()))
                                .containsExactly("hello", "hello", "hello", "world");
                        assertThat(Registry.keys(events, other)).containsExactly("hello");
                        assertThat(Registry.values(events, "hello", self()))
                                .containsExactly(1, 2, 2);
                        assertThat(Registry.values(events, "hello", other)).containsExactly(4);
                        assertThat(Registry.values(events, "world", other)).isEmpty();
                        assertThat(Registry.lookup(events, "hello"))
                                .containsExactlyInAnyOrder(
                                        entry("hello", self(), 1),
                                        entry("hello", self(), 2),
                                        entry("hello", self(), 2),
                                        entry("hello", other, 4));
                        assertThat(Registry.count(events)).isEqualTo(5);
                    });
        }

        @Scenario(seeds = 20)
        @Otp("R-06")
        void keepsTheOrderInWhichEntriesCame() {
            Registry.startLink("events", DUPLICATE);
            List<Entry> expected = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                expected.add(entry("goal", registered("events", "goal", i), i));
            }
            endAndAwait(expected.remove(2).pid());
            eventually(() -> Registry.count("events") == 4);
            expected.add(entry("goal", registered("events", "goal", 5), 5));
            assertThat(Registry.lookup("events", "goal")).isEqualTo(expected);
        }
    }

    @Nested
    @Otp("R-02")
    class TheLinkToAPartition {
        @Scenario(seeds = 200)
        void comesWithTheFirstEntryAndGoesWithTheLast() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        Pid partition = Registry.register(names, "hello").orThrow();
                        assertThat(linked(self(), partition)).isTrue();
                        assertThat(linked(partition, self())).isTrue();
                        assertThat(Registry.register(names, "world").orThrow())
                                .isEqualTo(partition);
                        Registry.unregister(names, "hello");
                        assertThat(linked(self(), partition)).isTrue();
                        Registry.unregister(names, "world");
                        assertThat(linked(self(), partition)).isFalse();
                        assertThat(Staff.agree(self(), partition)).isTrue();
                    });
        }

        @Scenario
        void isNotMadeByAFailure() {
            Registry.startLink("names", UNIQUE);
            Pid holder = registered("names", "hello", 1);
            int before = info(self()).orElseThrow().links().size();
            assertThat(Registry.register("names", "hello"))
                    .isEqualTo(new Registration.AlreadyRegistered(holder));
            assertThat(info(self()).orElseThrow().links()).hasSize(before);
        }

        @Scenario(seeds = 100)
        void staysWithAFailureIfThereAreOtherEntries() {
            Registry.startLink("names", UNIQUE);
            registered("names", "hello", 1);
            Pid partition = Registry.register("names", "mine").orThrow();
            Registry.register("names", "hello");
            Registry.register("names", "mine");
            assertThat(linked(self(), partition)).isTrue();
        }

        @Scenario(seeds = 100)
        void staysWhileSomeOfTheEntriesUnderAKeyDo() {
            withEach(
                    DUPLICATES,
                    (events, _) -> {
                        Pid partition = Registry.register(events, "hello", 1).orThrow();
                        Registry.register(events, "hello", 2);
                        Registry.unregisterMatch(
                                events, "hello", value -> Integer.valueOf(1).equals(value));
                        assertThat(linked(self(), partition)).isTrue();
                        Registry.unregisterMatch(
                                events, "hello", value -> Integer.valueOf(2).equals(value));
                        assertThat(linked(self(), partition)).isFalse();
                    });
        }
    }

    @Nested
    @Otp("R-03")
    class AnEntryOfTheDead {
        @Scenario(seeds = 300)
        void mayShowButBlocksNobodyAndIsNeverAName() {
            Registry.startLink("names", UNIQUE);
            Pid holder =
                    spawn(() -> {
                        Registry.register("names", "key", "old");
                        receive(Go.class);
                    });
            eventually(() -> Registry.whereis("names", "key").isPresent());
            Pid partition = info(holder).orElseThrow().links().getFirst();
            suspend(partition);
            endAndAwait(holder);
            assertThat(Registry.lookup("names", "key"))
                    .containsExactly(entry("key", holder, "old"));
            assertThat(Registry.whereis("names", "key")).isEmpty();
            assertThatThrownBy(() -> send(via("names", "key"), "x")).isInstanceOf(NoSuchName.class);
            assertThat(Registry.register("names", "key", "new"))
                    .isEqualTo(new Registration.Made(partition));
            assertThat(Registry.lookup("names", "key"))
                    .containsExactly(entry("key", self(), "new"));
            resume(partition);
            eventually(() -> Registry.keys("names", holder).isEmpty());
            assertThat(Registry.lookup("names", "key"))
                    .containsExactly(entry("key", self(), "new"));
            assertThat(Registry.count("names")).isEqualTo(1);
        }

        @Scenario(seeds = 200)
        void goesAwaySoon() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        List<Pid> holders = new ArrayList<>();
                        for (int i = 0; i < 3; i++) {
                            holders.add(registered(names, "key " + i, i));
                        }
                        holders.forEach(Registrants::endAndAwait);
                        eventually(() -> Registry.count(names) == 0);
                        assertThat(Registry.select(names)).isEmpty();
                        holders.forEach(
                                holder -> assertThat(Registry.keys(names, holder)).isEmpty());
                    });
        }

        /// Whoever is told of the end of the owner can have the key.
        @Scenario
        void givesWayToWhoIsToldOfTheEnd() {
            Registry.startLink("names", UNIQUE, partitions(3));
            for (int i = 0; i < 3; i++) {
                Pid holder = registered("names", "key", i);
                Ref end = monitor(holder);
                send(holder, new Go());
                awaitDown(end);
                Registry.register("names", "key", "mine").orThrow();
                assertThat(Registry.whereis("names", "key")).contains(self());
                Registry.unregister("names", "key");
            }
        }

        @Scenario(outcomes = {"registered", "not"})
        void isLeftByNobodyWhoIsKilledWhileItRegisters() {
            Registry.startLink("names", UNIQUE, partitions(2));
            Pid victim =
                    spawn(() -> {
                        Registry.register("names", "key");
                        send(self(), new Go());
                        sleepForever();
                    });
            Staff.pause();
            exit(victim, KILL);
            observe(Registry.lookup("names", "key").isEmpty() ? "not" : "registered");
            awaitDown(victim);
            eventually(
                    () -> Registry.count("names") == 0 && Registry.keys("names", victim).isEmpty());
            Registry.register("names", "key").orThrow();
        }

        @Scenario(seeds = 100)
        void isNotMadeByAnExitSignalFromTheLiving() {
            Registry.startLink("names", UNIQUE);
            Pid partition = Registry.register("names", "key").orThrow();
            exit(partition, "go away");
            Registry.lock("names", "any", () -> "the partition has received all that came before");
            assertThat(Registry.whereis("names", "key")).contains(self());
        }
    }

    @Nested
    @Otp("R-04")
    class ItsKeys {
        @Scenario(seeds = 50)
        void areComparedStrictly() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        List<Object> all =
                                List.of(
                                        1,
                                        1L,
                                        1.0,
                                        "1",
                                        '1',
                                        List.of(1),
                                        new Point(1, 1),
                                        "_",
                                        self());
                        all.forEach(key -> Registry.register(names, key, key).orThrow());
                        assertThat(Registry.keys(names, self())).containsExactlyElementsOf(all);
                        all.forEach(key ->
                                assertThat(Registry.values(names, key, self()))
                                        .containsExactly(key));
                        assertThat(Registry.lookup(names, new Point(1, 1))).hasSize(1);
                        assertThat(Registry.lookup(names, new Point(1, 2))).isEmpty();
                        Registry.unregister(names, 1);
                        assertThat(Registry.lookup(names, 1)).isEmpty();
                        assertThat(Registry.lookup(names, 1L)).hasSize(1);
                    });
        }

        @Scenario(seeds = 20)
        void areIsolatedAsValuesAre() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        List<String> key = new ArrayList<>(List.of("a"));
                        List<String> value = new ArrayList<>(List.of("v"));
                        Registry.register(names, key, value).orThrow();
                        key.add("b");
                        value.add("w");
                        assertThat(Registry.lookup(names, key)).isEmpty();
                        Entry found = Registry.lookup(names, List.of("a")).getFirst();
                        assertThat(found).isEqualTo(entry(List.of("a"), self(), List.of("v")));
                        changed(found.key());
                        changed(found.value());
                        changed(Registry.keys(names, self()).getFirst());
                        changed(Registry.values(names, List.of("a"), self()).getFirst());
                        Registry.dispatch(
                                names,
                                List.of("a"),
                                entries -> changed(entries.getFirst().value()));
                        Registry.select(names, each -> changed(each.value()));
                        Registry.match(names, List.of("a"), Registrants::changed);
                        assertThat(Registry.lookup(names, List.of("a")))
                                .containsExactly(entry(List.of("a"), self(), List.of("v")));
                    });
        }

        @Scenario(seeds = 20)
        void thatCannotBeKeysAreRefused() {
            Registry.startLink("names", UNIQUE);
            assertThatThrownBy(() -> Registry.register("names", new byte[] {1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected a key that is compared by its content, got an array (byte[]);"
                                    + " use a list or a record instead");
            assertThatThrownBy(() -> Registry.register("names", new Thread()))
                    .isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() -> Registry.register("names", "key", new Thread()))
                    .isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() -> via("names", new Thread()))
                    .isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() -> Registry.register("names", nothing()))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("key");
            assertThatThrownBy(() -> Registry.lookup("names", nothing()))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("key");
            assertThat(Registry.count("names")).isZero();
            assertThat(Registry.keys("names", self())).isEmpty();
        }
    }

    @Nested
    @Otp("R-05")
    class AnEntry {
        @Scenario(seeds = 100)
        void isTakenOutByItsOwnerOnlyAndAsOftenAsHeLikes() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        Registry.unregister(names, "hello");
                        Pid other = registered(names, "hello", "his");
                        Registry.unregister(names, "hello");
                        Registry.unregisterMatch(names, "hello", _ -> true);
                        assertThat(Registry.lookup(names, "hello"))
                                .containsExactly(entry("hello", other, "his"));
                        Registry.register(names, "mine", 1).orThrow();
                        Registry.unregister(names, "mine");
                        Registry.unregister(names, "mine");
                        assertThat(Registry.keys(names, self())).isEmpty();
                        assertThat(Registry.lookup(names, "mine")).isEmpty();
                        assertThat(Registry.count(names)).isEqualTo(1);
                        Registry.register(names, "mine", 2).orThrow();
                    });
        }

        @Scenario(seeds = 100)
        void underADuplicateKeyGoesWithAllOthersOfItsOwner() {
            withEach(
                    DUPLICATES,
                    (events, _) -> {
                        Pid other = registered(events, "hello", 0);
                        for (int i = 1; i < 4; i++) {
                            Registry.register(events, "hello", i);
                            Registry.register(events, i, i);
                        }
                        Registry.unregister(events, "hello");
                        assertThat(Registry.lookup(events, "hello"))
                                .containsExactly(entry("hello", other, 0));
                        assertThat(Registry.keys(events, self())).containsExactly(1, 2, 3);
                    });
        }

        @Scenario(seeds = 100)
        void canGetAnotherValueFromItsOwner() {
            withEach(
                    List.of(UNIQUE),
                    (names, _) -> {
                        assertThat(update(names, "hello")).isEmpty();
                        registered(names, "hello", 7);
                        assertThat(update(names, "hello")).isEmpty();
                        Registry.register(names, "world", 1);
                        assertThat(update(names, "world")).contains(new Registry.Updated<>(2, 1));
                        assertThat(Registry.lookup(names, "world"))
                                .containsExactly(entry("world", self(), 2));
                        assertThat(Registry.lookup(names, "hello").getFirst().value()).isEqualTo(7);
                        assertThat(Registry.updateValue(names, "world", int.class, n -> n + 1))
                                .contains(new Registry.Updated<>(3, 2));
                        assertThatThrownBy(() ->
                                        Registry.updateValue(
                                                names, "world", String.class, String::strip))
                                .isInstanceOf(ClassCastException.class);
                        assertThatThrownBy(() ->
                                        Registry.updateValue(
                                                names,
                                                "world",
                                                Integer.class,
                                                _ -> {
                                                    throw new IllegalStateException("no");
                                                }))
                                .hasMessage("no");
                        assertThat(Registry.values(names, "world", self())).containsExactly(3);
                    });
        }

        private static Optional<Registry.Updated<Integer>> update(String names, String key) {
            return Registry.updateValue(names, key, Integer.class, n -> n + 1);
        }

        @Scenario(seeds = 20)
        void underADuplicateKeyKeepsItsValue() {
            withEach(
                    DUPLICATES,
                    (events, kind) ->
                            assertThatThrownBy(() -> update(events, "hello"))
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .hasMessage(
                                            "updateValue needs a registry with unique keys, got: '"
                                                    + events
                                                    + "', whose keys are "
                                                    + kind));
        }
    }

    @Nested
    @Otp("R-06")
    class LookingUp {
        @Scenario(seeds = 50)
        void byKeyAndPredicate() {
            withEach(
                    DUPLICATES,
                    (events, _) -> {
                        Registry.register(events, "hello", new Point(1, 1));
                        Registry.register(events, "hello", new Point(2, 1));
                        Registry.register(events, "world", new Point(1, 1));
                        assertThat(
                                        Registry.match(
                                                events,
                                                "hello",
                                                v -> v instanceof Point(var x, _) && x == 1))
                                .containsExactly(entry("hello", self(), new Point(1, 1)));
                        assertThat(Registry.match(events, "hello", v -> v instanceof Point))
                                .hasSize(2);
                        assertThat(Registry.match(events, "hello", v -> v instanceof String))
                                .isEmpty();
                        assertThat(Registry.match(events, "nobody", _ -> true)).isEmpty();
                        assertThat(
                                        Registry.countMatch(
                                                events,
                                                "hello",
                                                v -> v instanceof Point(_, var y) && y == 1))
                                .isEqualTo(2);
                        assertThat(Registry.countMatch(events, "nobody", _ -> true)).isZero();
                    });
        }

        @Scenario(seeds = 50)
        void amongAll() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        assertThat(Registry.select(names)).isEmpty();
                        assertThat(Registry.countSelect(names, _ -> true)).isZero();
                        Registry.register(names, "hello", 1);
                        Registry.register(names, "world");
                        Pid other = registered(names, "other", 2);
                        assertThat(Registry.select(names))
                                .containsExactlyInAnyOrder(
                                        entry("hello", self(), 1),
                                        new Entry("world", self(), null),
                                        entry("other", other, 2));
                        assertThat(Registry.select(names, each -> each.pid().equals(other)))
                                .containsExactly(entry("other", other, 2));
                        assertThat(
                                        Registry.countSelect(
                                                names, each -> each.key().toString().contains("o")))
                                .isEqualTo(3);
                        assertThat(Registry.countSelect(names, each -> each.value() == null))
                                .isEqualTo(1);
                        assertThat(Registry.count(names)).isEqualTo(3);
                    });
        }

        @Scenario(seeds = 50)
        void ofOneWithoutAValueGivesNone() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        Registry.register(names, "hello");
                        assertThat(Registry.lookup(names, "hello"))
                                .containsExactly(new Entry("hello", self(), null));
                        assertThat(Registry.values(names, "hello", self()))
                                .containsExactly((Object) null);
                        assertThat(Registry.match(names, "hello", v -> v == null)).hasSize(1);
                    });
        }

        @Scenario(seeds = 50)
        void isOfUseForTakingOut() {
            withEach(
                    KINDS,
                    (names, kind) -> {
                        Registry.register(names, "hello", 1);
                        Registry.unregisterMatch(names, "hello", v -> v instanceof String);
                        assertThat(Registry.values(names, "hello", self())).containsExactly(1);
                        if (kind != UNIQUE) {
                            Registry.register(names, "hello", 2);
                            Registry.register(names, "hello", 3);
                            Registry.unregisterMatch(
                                    names, "hello", v -> v instanceof Integer n && n < 3);
                            assertThat(Registry.values(names, "hello", self())).containsExactly(3);
                            assertThat(Registry.keys(names, self())).containsExactly("hello");
                        }
                        Registry.unregisterMatch(names, "hello", _ -> true);
                        assertThat(Registry.count(names)).isZero();
                    });
        }

        @Scenario(seeds = 20)
        void givesNothingThatCanBeChanged() {
            Registry.startLink("events", DUPLICATE);
            Registry.register("events", "hello", 1);
            for (List<?> found :
                    List.of(
                            Registry.lookup("events", "hello"),
                            Registry.select("events"),
                            Registry.keys("events", self()),
                            Registry.values("events", "hello", self()))) {
                assertThatThrownBy(found::removeFirst)
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }
}
