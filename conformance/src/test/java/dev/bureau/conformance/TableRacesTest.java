package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Table.Access.PUBLIC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Fixation;
import dev.bureau.otp.Table;
import dev.bureau.otp.Table.Entry;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/// Tables that several processes use at the same time, on carriers that the system interrupts anywhere.
class TableRacesTest {
    private static final int ROUNDS = 4000;

    private static List<Table<Integer, Integer>> sets() {
        return List.of(
                Table.<Integer, Integer>set(PUBLIC), Table.<Integer, Integer>orderedSet(PUBLIC));
    }

    /// Runs all at the same time; fails if one does.
    private static void together(List<Body> bodies) {
        List<Ref> all = new ArrayList<>();
        for (Body body : bodies) {
            all.add(spawnMonitor(body).monitor());
        }
        all.forEach(monitor ->
                assertThat(receive(monitor, dev.bureau.kernel.Down.class, ofSeconds(20)).reason())
                        .isEqualTo(NORMAL));
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static List<Entry<Integer, Integer>> all(int keys, int value) {
        return IntStream.range(0, keys).mapToObj(key -> new Entry<>(key, value)).toList();
    }

    @Nested
    class OneKey {
        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-04")
        void losesNoUpdate() {
            for (Table<Integer, Integer> table : sets()) {
                Body count =
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                table.updateCounter(1, 1, 0);
                                table.update(2, 0, value -> value + 1);
                                table.selectReplace((key, _) -> key == 2, (_, value) -> value + 1);
                            }
                        };
                together(List.of(count, count, count));
                assertThat(table.lookup(1)).contains(3 * ROUNDS);
                assertThat(table.lookup(2)).contains(6 * ROUNDS);
                assertThat(table.size()).isEqualTo(2);
            }
        }

        /// Tokens that are taken by one and inserted again are always as many.
        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-04")
        void isTakenOnceAndInsertedOnce() {
            for (Table<Integer, Integer> table : sets()) {
                for (int i = 0; i < 8; i++) {
                    table.insert(i, i);
                }
                List<Body> bodies = new ArrayList<>();
                for (int who = 0; who < 4; who++) {
                    int seed = who;
                    bodies.add(() -> {
                        Random random = new Random(seed);
                        for (int i = 0; i < ROUNDS; i++) {
                            Optional<Integer> token = table.take(random.nextInt(8));
                            if (token.isPresent()) {
                                check(
                                        table.insertNew(token.get(), token.get()),
                                        "a token was there twice");
                            }
                        }
                    });
                }
                together(bodies);
                assertThat(table.stream().map(Entry::key).sorted())
                        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
                assertThat(table.size()).isEqualTo(8);
            }
        }

        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-04")
        void ofABagKeepsAllThatIsInserted() {
            Table<Integer, Integer> table = Table.duplicateBag(PUBLIC);
            List<Body> bodies = new ArrayList<>();
            for (int who = 0; who < 3; who++) {
                int base = who * ROUNDS;
                bodies.add(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        table.insert(i % 3, base + i);
                    }
                    for (int i = 0; i < ROUNDS; i += 2) {
                        table.delete(i % 3, base + i);
                    }
                });
            }
            together(bodies);
            assertThat(table.stream().map(Entry::value).sorted())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 3 * ROUNDS)
                                    .filter(i -> i % 2 == 1)
                                    .boxed()
                                    .toList());
            assertThat(table.size()).isEqualTo(3 * ROUNDS / 2);
        }
    }

    @Nested
    class AnInsertOfMany {
        /// The values rise: who has met one of a later insert meets none of an earlier, whatever the order of reading.
        @Scenario(simulated = false, runs = 5, carriers = 4)
        @Otp("E-04")
        void isSeenAsAWhole() {
            for (Table<Integer, Integer> table : sets()) {
                table.insertAll(all(8, 0));
                Body write =
                        () -> {
                            for (int round = 1; round <= ROUNDS; round++) {
                                table.insertAll(all(8, round));
                            }
                        };
                Body read =
                        () -> {
                            Random random = new Random(1);
                            int last = 0;
                            while (last < ROUNDS) {
                                int value = table.lookup(random.nextInt(8), -1);
                                check(value >= last, value + " after " + last);
                                last = value;
                            }
                        };
                Body walk =
                        () -> {
                            int last = 0;
                            while (last < ROUNDS) {
                                for (Entry<Integer, Integer> entry : table) {
                                    check(entry.value() >= last, entry + " after " + last);
                                    last = entry.value();
                                }
                            }
                        };
                // Changes nothing, but meets what is under way.
                Body touch =
                        () -> {
                            while (table.lookup(0, 0) < ROUNDS) {
                                for (int key = 0; key < 8; key++) {
                                    check(!table.insertNew(key, -1), key + " was not there");
                                }
                            }
                        };
                together(List.of(write, read, read, walk, touch));
                assertThat(table.size()).isEqualTo(8);
            }
        }

        /// New keys too: all of them or none.
        @Scenario(simulated = false, runs = 5, carriers = 4)
        @Otp("E-04")
        void ofNewKeysIsSeenAsAWhole() {
            for (Table<Integer, Integer> table : sets()) {
                int last = ROUNDS * 2;
                Body write =
                        () -> {
                            for (int i = 0; i < last; i += 2) {
                                table.insertAllNew(
                                        List.of(new Entry<>(i, i), new Entry<>(i + 1, i)));
                            }
                        };
                Body read =
                        () -> {
                            for (int i = 0; i < last; i += 2) {
                                while (!table.member(i)) {
                                    Thread.onSpinWait();
                                }
                                check(table.member(i + 1), "half an insert");
                            }
                        };
                Body readBackwards =
                        () -> {
                            for (int i = 0; i < last; i += 2) {
                                while (!table.member(i + 1)) {
                                    Thread.onSpinWait();
                                }
                                check(table.member(i), "half an insert");
                            }
                        };
                together(List.of(write, read, readBackwards));
                assertThat(table.size()).isEqualTo(last);
            }
        }

        /// As locks: who has inserted both keys of a pair has them to himself, though pairs overlap.
        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-04")
        void excludesOthersOfTheSameKeys() {
            for (Table<Integer, Integer> table : sets()) {
                Table<Integer, Integer> uses = Table.set(PUBLIC);
                List<Body> bodies = new ArrayList<>();
                for (int who = 1; who <= 4; who++) {
                    int me = who;
                    bodies.add(() -> {
                        Random random = new Random(me);
                        int own = 0;
                        for (int i = 0; i < ROUNDS; i++) {
                            int one = random.nextInt(4);
                            int other = (one + 1) % 4;
                            if (!table.insertAllNew(
                                    List.of(new Entry<>(one, me), new Entry<>(other, me)))) {
                                continue;
                            }
                            // Not atomic: right only for who is alone.
                            uses.insert(one, uses.lookup(one, 0) + 1);
                            uses.insert(other, uses.lookup(other, 0) + 1);
                            own += 2;
                            check(table.lookup(other, 0) == me, "not mine");
                            check(table.take(one).equals(Optional.of(me)), "not mine");
                            table.delete(other, me);
                        }
                        uses.updateCounter(-1, own, 0);
                    });
                }
                together(bodies);
                int all = uses.lookup(-1).orElseThrow();
                assertThat(uses.fold(-all, (sum, entry) -> sum + entry.value())).isEqualTo(all);
                assertThat(table.toList()).isEmpty();
                assertThat(table.size()).isZero();
            }
        }

        /// Beside others who change the same keys one by one, nothing is lost and all agree in the end.
        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-04")
        void meetsOtherWriters() {
            for (Table<Integer, Integer> table : sets()) {
                Body many =
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                table.insertAll(all(6, i));
                            }
                        };
                Body single =
                        () -> {
                            Random random = new Random(3);
                            for (int i = 0; i < ROUNDS; i++) {
                                table.insertNew(random.nextInt(6), -1);
                                table.delete(random.nextInt(6));
                                table.updateCounter(7, 1, 0);
                            }
                        };
                together(List.of(many, many, single));
                assertThat(table.lookup(7)).contains(ROUNDS);
                assertThat(table.size()).isEqualTo(table.toList().size());
                table.deleteAll();
                table.insertAll(all(6, 1));
                assertThat(table.size()).isEqualTo(6);
            }
        }
    }

    @Nested
    class ATraversal {
        private static final int STAYING = 200;

        private static Body coming(Table<Integer, Integer> table, int seed) {
            return () -> {
                Random random = new Random(seed);
                for (int i = 0; i < 10 * ROUNDS; i++) {
                    int key = STAYING + random.nextInt(1000);
                    switch (random.nextInt(4)) {
                        case 0 -> table.insert(key, 0);
                        case 1 -> table.delete(key);
                        case 2 -> table.insertAll(List.of(new Entry<>(key, 1)));
                        default -> table.updateCounter(random.nextInt(STAYING), 1);
                    }
                }
                table.insert(-1, 0);
            };
        }

        private static void checkSeen(List<Integer> seen) {
            int[] times = new int[STAYING];
            for (int key : seen) {
                if (key >= 0 && key < STAYING) {
                    times[key]++;
                }
            }
            for (int key = 0; key < STAYING; key++) {
                check(times[key] == 1, key + " was met " + times[key] + " times");
            }
        }

        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-05")
        void meetsOnceWhoIsThereAllAlong() {
            for (Table<Integer, Integer> table : sets()) {
                table.insertAll(all(STAYING, 0));
                Body walk =
                        () -> {
                            while (!table.member(-1)) {
                                checkSeen(table.stream().map(Entry::key).toList());
                            }
                        };
                together(List.of(coming(table, 1), coming(table, 2), walk));
                assertThat(table.size()).isEqualTo(table.toList().size());
            }
        }

        /// From key to key, while each that it stands on may be deleted.
        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-05")
        void goesOnFromWhatIsDeletedWhileTheTableIsFixed() {
            for (Table<Integer, Integer> table : sets()) {
                table.insertAll(all(STAYING, 0));
                Body walk =
                        () -> {
                            while (!table.member(-1)) {
                                List<Integer> seen = new ArrayList<>();
                                try (Fixation fixation = table.fix()) {
                                    check(fixation != null, "not fixed");
                                    for (Optional<Integer> key = table.first();
                                            key.isPresent();
                                            key = table.next(key.get())) {
                                        seen.add(key.get());
                                        if (key.get() >= STAYING) {
                                            table.delete(key.get());
                                        }
                                    }
                                }
                                checkSeen(seen);
                            }
                        };
                together(List.of(coming(table, 1), coming(table, 2), walk, walk));
                assertThat(table.info().orElseThrow().fixed()).isFalse();
                table.selectDelete((key, _) -> key >= STAYING || key < 0);
                assertThat(table.size()).isEqualTo(STAYING);
                checkSeen(table.stream().map(Entry::key).toList());
            }
        }

        /// Who has found a key meets it, whoever of two has inserted it.
        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-05")
        void meetsWhatIsFoundBefore() {
            for (Table<Integer, Integer> table : sets()) {
                Body insert =
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                table.insertNew(i, 0);
                            }
                        };
                Body look =
                        () -> {
                            for (int i = 0; i < ROUNDS; i += 97) {
                                int key = i;
                                while (!table.member(key)) {
                                    Thread.onSpinWait();
                                }
                                check(table.count((each, _) -> each == key) == 1, "not met");
                            }
                        };
                together(List.of(insert, insert, look));
                assertThat(table.size()).isEqualTo(ROUNDS);
            }
        }

        @Scenario(simulated = false, runs = 3, carriers = 4)
        @Otp("E-04")
        void goesWellWithDeletingAll() {
            for (Table<Integer, Integer> table : sets()) {
                Body clear =
                        () -> {
                            for (int i = 0; i < 200; i++) {
                                table.deleteAll();
                                table.insertAll(all(50, i));
                            }
                        };
                Body walk =
                        () -> {
                            for (int i = 0; i < 400; i++) {
                                List<Integer> seen = table.stream().map(Entry::key).toList();
                                check(seen.stream().distinct().count() == seen.size(), "met twice");
                            }
                        };
                together(List.of(clear, walk, walk));
                assertThat(table.size()).isEqualTo(50);
                assertThat(table.toList()).hasSize(50);
            }
        }
    }
}
