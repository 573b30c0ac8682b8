package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Table.Access.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Fixation;
import dev.bureau.otp.Table;
import dev.bureau.otp.Table.Entry;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// Going through tables: OTP's item E-05.
class TableTraversalsTest {
    private static <K, V> Entry<K, V> entry(K key, V value) {
        return new Entry<>(key, value);
    }

    private static List<Table<Integer, Integer>> kinds() {
        return List.of(
                Table.<Integer, Integer>set(),
                Table.<Integer, Integer>orderedSet(),
                Table.<Integer, Integer>bag(),
                Table.<Integer, Integer>duplicateBag());
    }

    @Nested
    class ATraversal {
        @Scenario(seeds = 5)
        @Otp("E-05")
        void selectsAndCountsByPredicate() {
            for (Table<Integer, Integer> table : kinds()) {
                for (int i = 0; i < 10; i++) {
                    table.insert(i, i * i);
                }
                assertThat(table.select((key, value) -> key > 2 && value < 30))
                        .containsExactlyInAnyOrder(entry(3, 9), entry(4, 16), entry(5, 25));
                assertThat(table.count((key, _) -> key % 2 == 0)).isEqualTo(5);
                assertThat(table.<Integer>fold(0, (sum, entry) -> sum + entry.key())).isEqualTo(45);
                assertThat(table.toList()).hasSize(10);
                assertThat(table.selectDelete((key, _) -> key % 2 == 0)).isEqualTo(5);
                assertThat(table.stream().map(Entry::key)).containsExactlyInAnyOrder(1, 3, 5, 7, 9);
                assertThat(table.size()).isEqualTo(5);
                assertThat(table.selectDelete((_, _) -> false)).isZero();
            }
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void replacesByPredicate() {
            Table<String, Integer> table = Table.set();
            table.insertAll(Map.of("a", 1, "b", 2, "c", 3));
            assertThat(table.selectReplace((_, value) -> value > 1, (key, value) -> value * 10))
                    .isEqualTo(2);
            assertThat(table.toList())
                    .containsExactlyInAnyOrder(entry("a", 1), entry("b", 20), entry("c", 30));
            assertThatThrownBy(() ->
                            table.selectReplace(
                                    (_, _) -> true,
                                    (_, _) -> {
                                        throw new IllegalStateException("mine");
                                    }))
                    .hasMessage("mine");
            assertThat(table.size()).isEqualTo(3);
        }

        /// Not a snapshot: what it has not come to yet may be changed, deleted and added, by itself too.
        @Scenario(seeds = 5)
        @Otp("E-05")
        void seesWhatHappensMeanwhile() {
            Table<Integer, String> table = Table.orderedSet();
            table.insertAll(Map.of(1, "a", 2, "b", 3, "c", 4, "d"));
            Iterator<Entry<Integer, String>> iterator = table.iterator();
            assertThat(iterator.next()).isEqualTo(entry(1, "a"));
            table.delete(1);
            table.delete(3);
            table.insert(4, "D");
            assertThat(iterator.next().key()).isEqualTo(2);
            assertThat(iterator.next()).isEqualTo(entry(4, "D"));
            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        }

        /// What a continuation does in Erlang: it goes on from where it stands, whatever has been deleted since.
        @Scenario(seeds = 5)
        @Otp("E-05")
        void canBeDoneInParts() {
            for (Table<Integer, Integer> table : kinds()) {
                for (int i = 0; i < 10; i++) {
                    table.insert(i, i);
                }
                List<Integer> seen = new ArrayList<>();
                Iterator<Entry<Integer, Integer>> rest = table.iterator();
                for (int i = 0; i < 4; i++) {
                    seen.add(rest.next().key());
                }
                seen.forEach(table::delete);
                rest.forEachRemaining(entry -> seen.add(entry.key()));
                assertThat(seen).hasSize(10).doesNotHaveDuplicates();
            }
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void endsWhenAllIsDeleted() {
            for (Table<Integer, Integer> table : kinds()) {
                table.insertAll(Map.of(1, 1, 2, 2, 3, 3));
                Iterator<Entry<Integer, Integer>> iterator = table.iterator();
                iterator.next();
                table.deleteAll();
                assertThat(iterator.hasNext()).isFalse();
            }
        }

        /// While another inserts, updates and deletes: who is there all along is met once.
        @Scenario(seeds = 300)
        @Otp("E-05")
        void meetsOnceWhoIsThereAllAlong() {
            for (Table<Integer, Integer> table :
                    List.of(
                            Table.<Integer, Integer>set(PUBLIC),
                            Table.<Integer, Integer>orderedSet(PUBLIC))) {
                for (int i = 0; i < 12; i++) {
                    table.insert(i, 0);
                }
                Ref other =
                        monitor(
                                spawn(() -> {
                                    for (int i = 0; i < 12; i++) {
                                        if (i % 3 == 0) {
                                            table.delete(i);
                                            table.insert(i + 100, 0);
                                        } else {
                                            table.updateCounter(i, 1);
                                        }
                                    }
                                }));
                List<Integer> seen = new ArrayList<>();
                table.forEach(entry -> seen.add(entry.key()));
                assertThat(seen).contains(1, 2, 4, 5, 7, 8, 10, 11).doesNotHaveDuplicates();
                awaitDown(other);
                assertThat(table.size()).isEqualTo(12);
            }
        }

        /// A predicate's verdict is on the object that is deleted: one that was replaced meanwhile is judged again.
        @Scenario(outcomes = {"spared", "deleted"})
        @Otp("E-04")
        @Otp("E-05")
        void deletesOnlyWhatFits() {
            Table<String, Integer> table = Table.set(PUBLIC);
            table.insert("a", 1);
            Ref other = monitor(spawn(() -> table.insert("a", 2)));
            long deleted = table.selectDelete((_, value) -> value == 1);
            awaitDown(other);
            assertThat(table.lookup("a")).contains(2);
            observe(deleted == 0 ? "spared" : "deleted");
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void goesFromKeyToKey() {
            for (Table<Integer, Integer> table : kinds()) {
                assertThat(table.first()).isEmpty();
                assertThat(table.last()).isEmpty();
                for (int i = 0; i < 10; i++) {
                    table.insert(i, 1);
                    table.insert(i, 2);
                }
                assertThat(keys(table)).hasSize(10).doesNotHaveDuplicates();
            }
        }

        private static List<Integer> keys(Table<Integer, Integer> table) {
            List<Integer> keys = new ArrayList<>();
            for (Optional<Integer> key = table.first();
                    key.isPresent();
                    key = table.next(key.get())) {
                keys.add(key.get());
            }
            return keys;
        }

        /// As in Erlang: where the order means nothing there is but one direction.
        @Scenario(seeds = 5)
        @Otp("E-05")
        void hasOneDirectionWithoutOrder() {
            Table<String, Integer> table = Table.set();
            table.insertAll(Map.of("a", 1, "b", 2, "c", 3));
            assertThat(table.last()).isEqualTo(table.first());
            String first = table.first().orElseThrow();
            assertThat(table.prev(first)).isEqualTo(table.next(first));
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void cannotGoOnFromAKeyThatIsNotThere() {
            Table<String, Integer> table = Table.set();
            table.insertAll(Map.of("a", 1, "b", 2));
            assertThatThrownBy(() -> table.next("c"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("got: c")
                    .hasMessageContaining("table.fix()");
            assertThatThrownBy(() -> table.prev("c")).isInstanceOf(IllegalArgumentException.class);
            table.delete("a");
            assertThatThrownBy(() -> table.next("a")).isInstanceOf(IllegalArgumentException.class);
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void canGoOnFromAnyKeyWhereThereIsAnOrder() {
            Table<Integer, Integer> table = Table.orderedSet();
            table.insertAll(Map.of(1, 1, 3, 3, 5, 5));
            table.delete(3);
            assertThat(table.next(3)).contains(5);
            assertThat(table.prev(3)).contains(1);
            assertThat(table.next(77)).isEmpty();
            assertThat(table.prev(-77)).isEmpty();
            assertThat(table.prev(77)).contains(5);
        }
    }

    @Nested
    class AFixation {
        @Scenario(seeds = 5)
        @Otp("E-05")
        void letsOneGoOnFromWhatIsDeleted() {
            for (Table<Integer, Integer> table : kinds()) {
                for (int i = 0; i < 20; i++) {
                    table.insert(i, i);
                }
                List<Integer> seen = new ArrayList<>();
                try (Fixation fixation = table.fix()) {
                    assertThat(fixation).isNotNull();
                    assertThat(table.info().orElseThrow().fixed()).isTrue();
                    for (Optional<Integer> key = table.first();
                            key.isPresent();
                            key = table.next(key.get())) {
                        seen.add(key.get());
                        table.delete(key.get());
                    }
                }
                assertThat(seen).hasSize(20).doesNotHaveDuplicates();
                assertThat(table.size()).isZero();
                assertThat(table.toList()).isEmpty();
                assertThat(table.info().orElseThrow().fixed()).isFalse();
            }
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void keepsThePlaceOfWhatComesBack() {
            Table<Integer, Integer> table = Table.set();
            for (int i = 0; i < 10; i++) {
                table.insert(i, i);
            }
            List<Integer> seen = new ArrayList<>();
            try (Fixation fixation = table.fix()) {
                assertThat(fixation).isNotNull();
                for (Optional<Integer> key = table.first();
                        key.isPresent();
                        key = table.next(key.get())) {
                    seen.add(key.get());
                    table.delete(key.get());
                    table.insert(key.get(), -1);
                }
            }
            assertThat(seen).hasSize(10).doesNotHaveDuplicates();
            assertThat(table.size()).isEqualTo(10);
            assertThat(table.count((_, value) -> value == -1)).isEqualTo(10);
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void isNeededByKeysThatWereNeverThereToo() {
            Table<String, Integer> table = Table.set();
            table.insert("a", 1);
            try (Fixation fixation = table.fix()) {
                assertThat(fixation).isNotNull();
                assertThatThrownBy(() -> table.next("never"))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void outlivesTheDeletionOfAll() {
            Table<String, Integer> table = Table.set();
            table.insertAll(Map.of("a", 1, "b", 2));
            try (Fixation fixation = table.fix()) {
                assertThat(fixation).isNotNull();
                String first = table.first().orElseThrow();
                table.deleteAll();
                table.insert("c", 3);
                assertThat(table.next(first)).isEmpty();
                assertThat(table.next("c")).isEmpty();
            }
            assertThatThrownBy(() -> table.next("a")).isInstanceOf(IllegalArgumentException.class);
        }

        @Scenario(seeds = 5)
        @Otp("E-05")
        void isCounted() {
            Table<String, Integer> table = Table.set();
            table.insertAll(Map.of("a", 1, "b", 2));
            Fixation one = table.fix();
            Fixation two = table.fix();
            table.delete("a");
            one.close();
            one.close();
            assertThat(table.info().orElseThrow().fixed()).isTrue();
            table.next("a");
            two.close();
            assertThat(table.info().orElseThrow().fixed()).isFalse();
            assertThatThrownBy(() -> table.next("a")).isInstanceOf(IllegalArgumentException.class);
            assertThat(table.next("b")).isEmpty();
        }

        @Scenario
        @Otp("E-05")
        void endsWithItsProcess() {
            Table<String, Integer> table = Table.set(PUBLIC);
            table.insert("a", 1);
            Pid boss = self();
            Pid other =
                    spawn(() -> {
                        table.fix();
                        send(boss, new Go());
                        receive(Go.class);
                        send(boss, table.next("a").isEmpty());
                        sleepForever();
                    });
            receive(Go.class);
            table.delete("a");
            send(other, new Go());
            assertReceive(true);
            assertThat(table.info().orElseThrow().fixed()).isTrue();
            Ref monitor = monitor(other);
            exit(other, KILL);
            awaitDown(monitor);
            assertThat(table.info().orElseThrow().fixed()).isFalse();
            assertThatThrownBy(() -> table.next("a")).isInstanceOf(IllegalArgumentException.class);
        }

        @Scenario(seeds = 5)
        void outlivesTheTable() {
            Table<String, Integer> table = Table.set();
            Fixation fixation = table.fix();
            table.delete();
            fixation.close();
            assertThatThrownBy(() -> send(self(), Table.set().fix()))
                    .isInstanceOf(NotShareableException.class);
        }
    }
}
