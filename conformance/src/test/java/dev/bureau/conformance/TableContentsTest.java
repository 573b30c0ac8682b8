package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Table.Access.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Table;
import dev.bureau.otp.Table.Entry;
import dev.bureau.otp.Table.Kind;
import dev.bureau.otp.Table.Wrap;
import dev.bureau.otp.TableInfo;
import dev.bureau.otp.TableName;
import dev.bureau.otp.TableTransfer;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/// What is in tables, and how it gets in and out: OTP's items E-03, E-04 and E-06.
class TableContentsTest {
    private static final TableName<String, Integer> SCORES = new TableName<>("scores");

    /// What another process has got of an operation.
    record Got(Object result) {}

    private static <K, V> Entry<K, V> entry(K key, V value) {
        return new Entry<>(key, value);
    }

    private interface Operation {
        Object run() throws Exception;
    }

    private static Operation done(Body body) {
        return () -> {
            body.run();
            return "done";
        };
    }

    /// With something mutable in it that can be copied.
    record Order(String name, List<String> items) {}

    @Nested
    class ASet {
        @Scenario(seeds = 5)
        @Otp("E-03")
        void hasOneValueForAKey() {
            Table<Object, Object> table = Table.set();
            table.insert("a", 1);
            table.insert("a", 2);
            table.insert("b", 3);
            assertThat(table.lookup("a")).contains(2);
            assertThat(table.lookup("c")).isEmpty();
            assertThat(table.lookup("c", 7)).isEqualTo(7);
            assertThat(table.lookupAll("a")).containsExactly(2);
            assertThat(table.lookupAll("c")).isEmpty();
            assertThat(table.member("a")).isTrue();
            assertThat(table.member("c")).isFalse();
            assertThat(table.size()).isEqualTo(2);
            assertThat(table.info().map(TableInfo::kind)).contains(Kind.SET);
        }

        /// As `=:=` does, unlike `==`.
        @Scenario(seeds = 5)
        @Otp("E-03")
        void tellsKeysApartByEquals() {
            Table<Object, String> table = Table.set();
            table.insert(1, "integer");
            table.insert(1.0, "double");
            table.insert(1L, "long");
            table.insert(List.of(1), "list");
            table.insert(new ArrayList<>(List.of(1)), "equal list");
            assertThat(table.size()).isEqualTo(4);
            assertThat(table.lookup(1)).contains("integer");
            assertThat(table.lookup(1.0)).contains("double");
            assertThat(table.lookup(List.of(1))).contains("equal list");
        }

        @Scenario(seeds = 5)
        @Otp("E-03")
        void deletesAndTakes() {
            Table<String, Integer> table = Table.set();
            table.insertAll(Map.of("a", 1, "b", 2, "c", 3));
            table.delete("a");
            table.delete("a");
            assertThat(table.take("b")).contains(2);
            assertThat(table.take("b")).isEmpty();
            table.delete("c", 4);
            assertThat(table.lookup("c")).contains(3);
            table.delete("c", 3);
            assertThat(table.size()).isZero();
            assertThat(table.toList()).isEmpty();
            table.insert("a", 5);
            assertThat(table.takeAll("a")).containsExactly(5);
            assertThat(table.takeAll("a")).isEmpty();
            table.insert("a", 5);
            table.insert("b", 5);
            table.deleteAll();
            assertThat(table.size()).isZero();
            assertThat(table.lookup("a")).isEmpty();
            assertThat(table.first()).isEmpty();
        }

        @Scenario(seeds = 5)
        @Otp("E-03")
        void growsAndShrinks() {
            Table<Integer, Integer> table = Table.set();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 3000; i++) {
                    table.insert(i, i + round);
                }
                assertThat(table.size()).isEqualTo(3000);
                assertThat(table.stream().map(Entry::key).sorted().toList())
                        .isEqualTo(IntStream.range(0, 3000).boxed().toList());
                for (int i = 0; i < 3000; i++) {
                    assertThat(table.take(i)).contains(i + round);
                }
                assertThat(table.toList()).isEmpty();
                assertThat(table.first()).isEmpty();
            }
        }
    }

    @Nested
    class AnOrderedSet {
        @Scenario(seeds = 5)
        @Otp("E-03")
        void hasItsKeysInOrder() {
            Table<Integer, String> table = Table.orderedSet();
            for (int key : new int[] {5, 1, 4, 2}) {
                table.insert(key, "v" + key);
            }
            table.insert(4, "w4");
            assertThat(table.stream().map(Entry::key)).containsExactly(1, 2, 4, 5);
            assertThat(table.lookup(4)).contains("w4");
            assertThat(table.lookupAll(4)).containsExactly("w4");
            assertThat(table.first()).contains(1);
            assertThat(table.last()).contains(5);
            assertThat(table.next(2)).contains(4);
            assertThat(table.prev(4)).contains(2);
            assertThat(table.next(5)).isEmpty();
            assertThat(table.prev(1)).isEmpty();
            assertThat(table.take(4)).contains("w4");
            assertThat(table.next(2)).contains(5);
            assertThat(table.info().map(TableInfo::kind)).contains(Kind.ORDERED_SET);
        }

        /// As 1 and 1.0 in Erlang: keys that compare as equal are one, and the object is the one that came last.
        @Scenario(seeds = 5)
        @Otp("E-03")
        void tellsKeysApartByTheirOrder() {
            Comparator<Number> byValue = Comparator.comparingDouble(Number::doubleValue);
            Table<Number, String> table = Table.orderedSet(byValue);
            table.insert(1, "integer");
            table.insert(1.0, "double");
            assertThat(table.toList()).containsExactly(entry(1.0, "double"));
            assertThat(table.lookup(1)).contains("double");
            assertThat(table.first()).contains(1.0);
            assertThat(table.insertNew(1, "new")).isFalse();
            assertThat(table.insertAllNew(Map.of(1L, "new", 2, "two"))).isFalse();
            table.delete(1, "double");
            assertThat(table.size()).isOne();
            table.update(1, String::toUpperCase);
            assertThat(table.toList()).containsExactly(entry(1.0, "DOUBLE"));
            assertThat(table.selectReplace((key, _) -> key.equals(1.0), (_, value) -> value + "!"))
                    .isOne();
            assertThat(table.toList()).containsExactly(entry(1.0, "DOUBLE!"));
            table.insertAll(List.of(entry(1L, "long")));
            assertThat(table.toList()).containsExactly(entry(1L, "long"));
            table.insert(1, "integer");
            assertThat(table.toList()).containsExactly(entry(1, "integer"));
            table.insert(1.0, "double");
            table.delete(1.0, "double");
            assertThat(table.toList()).isEmpty();
        }

        @Scenario(seeds = 5)
        @Otp("E-03")
        void hasAnOrderOfItsOwnIfWanted() {
            Table<String, Integer> table =
                    Table.orderedSet(SCORES, Comparator.<String>reverseOrder(), PUBLIC);
            table.insertAll(Map.of("a", 1, "c", 3, "b", 2));
            assertThat(table.select((_, value) -> value > 1))
                    .containsExactly(entry("c", 3), entry("b", 2));
            assertThat(table.next("bb")).contains("b");
            assertThat(table.prev("bb")).contains("c");
            AtomicLong seen = new AtomicLong();
            assertThatThrownBy(() ->
                            Table.<String, Integer>orderedSet((one, other) -> {
                                seen.incrementAndGet();
                                return one.compareTo(other);
                            }))
                    .isInstanceOf(NotShareableException.class);
        }
    }

    @Nested
    class ABag {
        @Scenario(seeds = 5)
        @Otp("E-03")
        void hasEachValueOfAKeyOnce() {
            Table<String, Object> table = Table.bag();
            for (Object value : List.of(1, 2, 1.0, 2, List.of(3), new ArrayList<>(List.of(3)))) {
                table.insert("a", value);
            }
            table.insert("b", 1);
            assertThat(table.lookupAll("a")).containsExactly(1, 2, 1.0, List.of(3));
            assertThat(table.size()).isEqualTo(5);
            table.delete("a", 2);
            table.delete("a", 77);
            assertThat(table.lookupAll("a")).containsExactly(1, 1.0, List.of(3));
            table.insert("a", 2);
            assertThat(table.lookupAll("a")).containsExactly(1, 1.0, List.of(3), 2);
            table.delete("b", 1);
            assertThat(table.member("b")).isFalse();
            assertThat(table.takeAll("a")).containsExactly(1, 1.0, List.of(3), 2);
            assertThat(table.size()).isZero();
        }

        @Scenario(seeds = 5)
        @Otp("E-03")
        void thatIsADuplicateBagHasEachAsOftenAsInserted() {
            Table<String, Integer> table = Table.duplicateBag();
            table.insertAll(List.of(entry("a", 1), entry("a", 2), entry("a", 1)));
            table.insert("a", 2);
            assertThat(table.lookupAll("a")).containsExactly(1, 2, 1, 2);
            assertThat(table.size()).isEqualTo(4);
            assertThat(table.toList())
                    .containsExactly(entry("a", 1), entry("a", 2), entry("a", 1), entry("a", 2));
            table.delete("a", 1);
            assertThat(table.lookupAll("a")).containsExactly(2, 2);
            assertThat(table.selectReplace((_, value) -> value == 2, (_, value) -> value + 1))
                    .isEqualTo(2);
            assertThat(table.lookupAll("a")).containsExactly(3, 3);
            assertThat(table.selectDelete((_, value) -> value == 3)).isEqualTo(2);
            assertThat(table.size()).isZero();
        }

        @Scenario(seeds = 5)
        @Otp("E-03")
        void takesNewOnesOnlyForAKeyThatHasNone() {
            for (Table<String, Integer> table :
                    List.of(Table.<String, Integer>bag(), Table.<String, Integer>duplicateBag())) {
                assertThat(table.insertNew("a", 1)).isTrue();
                assertThat(table.insertNew("a", 2)).isFalse();
                assertThat(table.insertAllNew(List.of(entry("b", 1), entry("b", 2)))).isTrue();
                assertThat(table.insertAllNew(List.of(entry("c", 1), entry("b", 3)))).isFalse();
                assertThat(table.lookupAll("b")).containsExactly(1, 2);
                assertThat(table.member("c")).isFalse();
            }
        }

        @Scenario(seeds = 5)
        @Otp("E-03")
        void hasNoOneValueToLookUpOrCount() {
            for (Table<String, Integer> table :
                    List.of(Table.<String, Integer>bag(), Table.<String, Integer>duplicateBag())) {
                table.insert("a", 1);
                for (Operation operation :
                        List.<Operation>of(
                                () -> table.lookup("a"),
                                () -> table.lookup("a", 0),
                                () -> table.take("a"),
                                () -> table.updateCounter("a", 1),
                                () -> table.update("a", value -> value))) {
                    assertThatThrownBy(operation::run)
                            .isInstanceOf(UnsupportedOperationException.class)
                            .hasMessageContaining("expected a set or an ordered set");
                }
                assertThat(table.lookupAll("a")).containsExactly(1);
            }
            assertThatThrownBy(() ->
                            Table.<String, Integer>bag()
                                    .selectReplace((_, _) -> true, (_, value) -> value))
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        @Scenario(seeds = 5)
        @Otp("E-03")
        void holdsManyValuesOfAKey() {
            Table<String, Integer> table = Table.duplicateBag();
            for (int i = 0; i < 20_000; i++) {
                table.insert("a", i);
            }
            assertThat(table.lookupAll("a")).isEqualTo(IntStream.range(0, 20_000).boxed().toList());
        }
    }

    @Nested
    class ACounter {
        @Scenario(seeds = 5)
        @Otp("E-04")
        void isAddedTo() {
            Table<String, Number> table = Table.set();
            table.insert("long", 1L);
            table.insert("int", 1);
            assertThat(table.updateCounter("long", 5)).isEqualTo(6);
            assertThat(table.updateCounter("int", -5)).isEqualTo(-4);
            assertThat(table.lookup("long")).contains(6L);
            assertThat(table.lookup("int")).contains(-4);
            assertThat(table.updateCounter("new", 5, 10L)).isEqualTo(15);
            assertThat(table.updateCounter("new", 5, 10L)).isEqualTo(20);
            assertThat(table.lookup("new")).contains(20L);
        }

        /// Incremented above its limit or decremented below it, by nothing too.
        @Scenario(seeds = 5)
        @Otp("E-04")
        void wraps() {
            Table<String, Integer> table = Table.orderedSet();
            table.insert("w", 9);
            assertThat(table.updateCounter("w", 1, new Wrap(10, 0))).isEqualTo(10);
            assertThat(table.updateCounter("w", 1, new Wrap(10, 0))).isZero();
            assertThat(table.updateCounter("w", -1, new Wrap(0, 7))).isEqualTo(7);
            assertThat(table.updateCounter("w", -3, new Wrap(5, 100))).isEqualTo(100);
            assertThat(table.updateCounter("w", 0, new Wrap(10, 3))).isEqualTo(3);
            assertThat(table.updateCounter("w", -1, new Wrap(2, 0))).isEqualTo(2);
            assertThat(table.updateCounter("v", 1, new Wrap(10, 0), 10)).isZero();
            assertThat(table.lookup("v")).contains(0);
        }

        @Scenario(seeds = 5)
        @Otp("E-04")
        void mustBeThereAndAnInteger() {
            Table<String, Object> table = Table.set();
            table.insert("text", "1");
            assertThatThrownBy(() -> table.updateCounter("none", 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("none")
                    .hasMessageContaining("third argument");
            assertThatThrownBy(() -> table.updateCounter("text", 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a Long or an Integer under the key text, got: 1");
            assertThatThrownBy(() -> table.updateCounter("none", 1, "zero"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(table.toList()).containsExactly(entry("text", "1"));
        }

        @Scenario(seeds = 5)
        @Otp("E-04")
        void doesNotOverflow() {
            Table<String, Number> table = Table.set();
            table.insert("int", Integer.MAX_VALUE);
            table.insert("long", Long.MAX_VALUE);
            for (String key : List.of("int", "long")) {
                assertThatThrownBy(() -> table.updateCounter(key, 1))
                        .isInstanceOf(ArithmeticException.class);
            }
            assertThat(table.lookup("int")).contains(Integer.MAX_VALUE);
            assertThat(table.lookup("long")).contains(Long.MAX_VALUE);
        }

        @Scenario(seeds = 200)
        @Otp("E-04")
        void losesNoUpdate() {
            Table<String, Integer> table = Table.set(PUBLIC);
            List<Ref> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(
                        spawnMonitor(
                                        () -> {
                                            for (int j = 0; j < 10; j++) {
                                                table.updateCounter("n", 1, 0);
                                                table.update("m", 0, value -> value + 1);
                                            }
                                        })
                                .monitor());
            }
            all.forEach(monitor -> assertThat(awaitDown(monitor)).isEqualTo(NORMAL));
            assertThat(table.lookup("n")).contains(30);
            assertThat(table.lookup("m")).contains(30);
        }
    }

    @Nested
    class OneOperation {
        @Scenario(seeds = 5)
        @Otp("E-04")
        void insertsWhatIsNew() {
            for (Table<String, Integer> table :
                    List.of(Table.<String, Integer>set(), Table.<String, Integer>orderedSet())) {
                assertThat(table.insertNew("a", 1)).isTrue();
                assertThat(table.insertNew("a", 2)).isFalse();
                assertThat(table.lookup("a")).contains(1);
                table.delete("a");
                assertThat(table.insertNew("a", 3)).isTrue();
                assertThat(table.toList()).containsExactly(entry("a", 3));
            }
        }

        @Scenario(outcomes = {"one", "other"})
        @Otp("E-04")
        void isWonByOneOfTwo() {
            Table<String, String> table = Table.set(PUBLIC);
            Pid boss = self();
            for (String who : List.of("one", "other")) {
                spawn(() -> send(boss, new Got(table.insertNew("prize", who))));
            }
            assertThat(List.of(receive(Got.class).result(), receive(Got.class).result()))
                    .containsExactlyInAnyOrder(true, false);
            observe(table.lookup("prize").orElseThrow());
        }

        @Scenario(seeds = 200)
        @Otp("E-04")
        void takesWhatNobodyElseTakes() {
            Table<Integer, Integer> table = Table.set(PUBLIC);
            for (int i = 0; i < 10; i++) {
                table.insert(i, i);
            }
            Pid boss = self();
            for (int i = 0; i < 2; i++) {
                spawn(() -> {
                    List<Integer> mine = new ArrayList<>();
                    for (int j = 0; j < 10; j++) {
                        table.take(j).ifPresent(mine::add);
                    }
                    send(boss, new Got(mine));
                });
            }
            List<Object> taken = new ArrayList<>();
            taken.addAll((List<?>) receive(Got.class).result());
            taken.addAll((List<?>) receive(Got.class).result());
            assertThat(taken).hasSize(10).doesNotHaveDuplicates();
        }

        @Scenario(seeds = 5)
        @Otp("E-04")
        void updates() {
            Table<String, List<Integer>> table = Table.set();
            table.insert("a", List.of(1));
            assertThat(table.update("a", _ -> List.of(1, 2))).contains(List.of(1, 2));
            assertThat(table.update("b", _ -> List.of(3))).isEmpty();
            assertThat(table.member("b")).isFalse();
            assertThat(table.update("b", List.of(), _ -> List.of(4))).isEqualTo(List.of(4));
            assertThat(table.lookup("b")).contains(List.of(4));
            assertThatThrownBy(() ->
                            table.update(
                                    "a",
                                    _ -> {
                                        throw new IllegalStateException("mine");
                                    }))
                    .hasMessage("mine");
            assertThatThrownBy(() ->
                            table.update(
                                    "c",
                                    List.of(),
                                    _ -> {
                                        throw new IllegalStateException("mine");
                                    }))
                    .hasMessage("mine");
            assertThat(table.lookup("a")).contains(List.of(1, 2));
            assertThat(table.size()).isEqualTo(2);
            assertThatThrownBy(() -> table.update("a", _ -> null))
                    .isInstanceOf(NullPointerException.class);
        }

        /// A function that changes the table itself: what it does counts, and it is asked again.
        @Scenario(seeds = 5)
        @Otp("E-04")
        void mayBeInsideAnother() {
            Table<String, Integer> table = Table.set();
            table.insert("a", 1);
            assertThat(
                            table.update(
                                    "a",
                                    value -> {
                                        if (value < 5) {
                                            table.updateCounter("a", 1);
                                        }
                                        return value * 10;
                                    }))
                    .contains(50);
        }

        @Scenario(seeds = 5)
        void refusesNull() {
            for (Table<String, Integer> table :
                    List.of(
                            Table.<String, Integer>set(),
                            Table.<String, Integer>orderedSet(),
                            Table.<String, Integer>bag())) {
                for (Operation operation :
                        List.<Operation>of(
                                done(() -> table.insert(null, 1)),
                                done(() -> table.insert("a", null)),
                                () -> table.insertNew("a", null),
                                () -> table.lookupAll(null),
                                () -> table.member(null),
                                done(() -> table.delete((String) null)),
                                () -> table.next(null),
                                done(() -> table.insertAll(Arrays.asList(entry("a", 1), null))))) {
                    assertThatThrownBy(operation::run).isInstanceOf(NullPointerException.class);
                }
                assertThat(table.size()).isZero();
            }
        }
    }

    @Nested
    class AnInsertOfMany {
        @Scenario(seeds = 5)
        @Otp("E-04")
        void insertsAll() {
            for (Table<String, Integer> table :
                    List.of(Table.<String, Integer>set(), Table.<String, Integer>orderedSet())) {
                table.insert("a", 0);
                table.insertAll(Map.of("a", 1, "b", 2));
                table.insertAll(List.of(entry("c", 3), entry("c", 4)));
                table.insertAll(List.of());
                table.insertAll(Map.of());
                assertThat(table.toList())
                        .containsExactlyInAnyOrder(entry("a", 1), entry("b", 2), entry("c", 4));
                assertThat(table.size()).isEqualTo(3);
            }
        }

        @Scenario(seeds = 5)
        @Otp("E-04")
        void ofNewOnesInsertsAllOrNothing() {
            Table<String, Integer> table = Table.set();
            table.insert("b", 0);
            Map<String, Integer> many = new LinkedHashMap<>();
            many.put("a", 1);
            many.put("b", 2);
            many.put("c", 3);
            assertThat(table.insertAllNew(many)).isFalse();
            assertThat(table.toList()).containsExactly(entry("b", 0));
            assertThat(table.size()).isOne();
            table.delete("b");
            assertThat(table.insertAllNew(many)).isTrue();
            assertThat(table.size()).isEqualTo(3);
            assertThat(table.insertAllNew(List.of(entry("d", 1), entry("d", 2)))).isTrue();
            assertThat(table.lookup("d")).contains(2);
            assertThat(table.insertAllNew(Map.of())).isTrue();
        }

        @Scenario(seeds = 5)
        @Otp("E-04")
        void inWhichOneIsRefusedInsertsNothing() {
            Table<Object, Object> table = Table.set();
            table.insert("a", 0);
            assertThatThrownBy(() ->
                            table.insertAll(List.of(entry("a", 1), entry("b", new AtomicLong()))))
                    .isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() ->
                            table.insertAll(List.of(entry("a", 1), entry(new AtomicLong(), 1))))
                    .isInstanceOf(NotShareableException.class);
            assertThat(table.toList()).containsExactly(entry("a", 0));
        }

        /// Its order throws in the middle: as if nothing had been tried, also for who comes next.
        @Scenario(seeds = 5)
        @Otp("E-04")
        void thatFailsOnTheWayInsertsNothing() {
            Table<Integer, String> table =
                    Table.orderedSet((one, other) -> {
                        if (one + other >= 100) {
                            throw new IllegalStateException("too large");
                        }
                        return Integer.compare(one, other);
                    });
            table.insert(1, "one");
            assertThatThrownBy(() ->
                            table.insertAll(
                                    List.of(entry(1, "uno"), entry(2, "due"), entry(99, "much"))))
                    .hasMessage("too large");
            assertThat(table.toList()).containsExactly(entry(1, "one"));
            assertThat(table.size()).isOne();
            assertThat(table.insertNew(2, "two")).isTrue();
            table.insertAll(Map.of(1, "one!", 3, "three"));
            assertThat(table.toList())
                    .containsExactly(entry(1, "one!"), entry(2, "two"), entry(3, "three"));
        }
    }

    @Nested
    class WhatIsInIt {
        @Scenario(seeds = 5)
        @Otp("E-06")
        void isNotWhatWasPutIn() {
            for (Table<String, Order> table :
                    List.of(
                            Table.<String, Order>set(),
                            Table.<String, Order>orderedSet(),
                            Table.<String, Order>bag())) {
                List<String> items = new ArrayList<>(List.of("tea"));
                Order order = new Order("one", items);
                table.insert("a", order);
                table.insertNew("b", order);
                table.insertAll(Map.of("c", order));
                table.insertAllNew(List.of(entry("d", order)));
                items.add("milk");
                assertThat(table.toList())
                        .hasSize(4)
                        .allMatch(entry -> entry.value().items().equals(List.of("tea")));
            }
        }

        @Scenario(seeds = 5)
        @Otp("E-06")
        void isNotWhatIsTakenOut() {
            Table<String, int[]> table = Table.set();
            int[] numbers = {1, 2};
            table.insert("a", numbers);
            numbers[0] = 7;
            List<int[]> seen = new ArrayList<>();
            seen.add(table.lookup("a").orElseThrow());
            seen.add(table.lookup("a", numbers));
            seen.add(table.lookupAll("a").getFirst());
            seen.add(table.toList().getFirst().value());
            seen.add(table.stream().toList().getFirst().value());
            seen.add(table.select((_, value) -> value[1]++ == 2).getFirst().value());
            table.fold(0, (_, entry) -> entry.value()[0] = 9);
            table.count((_, value) -> value[0]++ > 0);
            table.selectDelete((_, value) -> value[0]++ > 1000);
            table.selectReplace((_, value) -> value[0]++ > 1000, (_, value) -> value);
            table.update(
                    "a",
                    value -> {
                        seen.add(value);
                        return value;
                    });
            seen.forEach(value -> value[0]++);
            assertThat(table.lookup("a").orElseThrow()).containsExactly(1, 2);
            assertThat(table.take("a").orElseThrow()).containsExactly(1, 2);
        }

        @Scenario(seeds = 5)
        @Otp("E-06")
        void isNotWhatAFunctionHasReturned() {
            Table<String, List<Integer>> table = Table.set();
            List<Integer> mine = new ArrayList<>(List.of(1));
            assertThat(table.update("a", List.of(), _ -> mine)).isEqualTo(List.of(1));
            mine.add(2);
            assertThat(table.lookup("a")).contains(List.of(1));
            table.selectReplace((_, _) -> true, (_, _) -> mine);
            mine.add(3);
            assertThat(table.lookup("a")).contains(List.of(1, 2));
        }

        @Scenario(seeds = 5)
        @Otp("E-06")
        void hasKeysOfItsOwn() {
            Table<List<Integer>, String> table = Table.set();
            List<Integer> key = new ArrayList<>(List.of(1));
            table.insert(key, "one");
            key.add(2);
            assertThat(table.lookup(List.of(1))).contains("one");
            assertThat(table.lookup(key)).isEmpty();
            table.first().orElseThrow().add(3);
            table.toList().getFirst().key().add(4);
            assertThat(table.lookup(List.of(1))).contains("one");
        }

        /// Better than a copy: what cannot be changed need not be copied.
        @Scenario(seeds = 5)
        @Otp("E-06")
        void isSharedIfImmutable() {
            Table<String, Object> table = Table.set();
            Object order = new Order("one", List.of("tea"));
            table.insert("a", order);
            assertThat(table.lookup("a").orElseThrow()).isSameAs(order);
            table.insert("b", table);
            assertThat(table.lookup("b").orElseThrow()).isSameAs(table);
        }

        @Scenario(seeds = 5)
        @Otp("E-06")
        void isRefusedIfItCannotBeCopied() {
            Table<Object, Object> table = Table.set();
            assertThatThrownBy(() -> table.insert("a", List.of(new AtomicLong())))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("AtomicLong");
            assertThatThrownBy(() -> table.insert(new AtomicLong(), 1))
                    .isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() -> table.update("a", 1, _ -> new AtomicLong()))
                    .isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() -> table.heir(self(), new AtomicLong()))
                    .isInstanceOf(NotShareableException.class);
            assertThat(table.size()).isZero();
        }

        /// A gift, and what an heir is told, are messages as any other.
        @Scenario
        @Otp("E-06")
        void goesToItsNextOwnerAsAMessageDoes() {
            Table<String, Integer> table = Table.set();
            Pid boss = self();
            Pid next =
                    spawn(() -> {
                        List<String> gift = listOf(receive(TableTransfer.class).data());
                        gift.add("mine");
                        send(boss, gift);
                        receive(Go.class);
                    });
            List<String> gift = new ArrayList<>(List.of("a"));
            table.giveAway(next, gift);
            assertReceive(List.of("a", "mine"));
            assertThat(gift).containsExactly("a");
        }

        @SuppressWarnings("unchecked")
        private static List<String> listOf(Object any) {
            return (List<String>) any;
        }
    }
}
