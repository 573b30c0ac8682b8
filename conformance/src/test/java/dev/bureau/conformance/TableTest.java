package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Table.Access.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Fixation;
import dev.bureau.otp.NoSuchTable;
import dev.bureau.otp.Table;
import dev.bureau.otp.Table.Entry;
import dev.bureau.otp.Table.Heir;
import dev.bureau.otp.Table.Kind;
import dev.bureau.otp.Table.Wrap;
import dev.bureau.otp.TableAccessException;
import dev.bureau.otp.TableInfo;
import dev.bureau.otp.TableName;
import dev.bureau.otp.TableTransfer;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/// Tables: OTP's items E-01 to E-06.
class TableTest {
    private static final TableName<String, Integer> SCORES = new TableName<>("scores");
    private static final TableName<String, Integer> OTHER = new TableName<>("other");

    /// What another process has got of an operation: its result, or the class of what it threw.
    record Got(Object result) {}

    /// What `operation` gives to another process.
    private static Object elsewhere(Operation operation) {
        Pid boss = self();
        spawn(() -> {
            Object result;
            try {
                result = operation.run();
            } catch (RuntimeException thrown) {
                result = thrown.getClass();
            }
            send(boss, new Got(result));
        });
        return receive(Got.class).result();
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

    private record Made(Table<String, Integer> table, Pid owner) {
        Made gone() {
            Ref monitor = monitor(owner);
            send(owner, new Go());
            awaitDown(monitor);
            return this;
        }
    }

    /// A table with one object, a=1, owned by a process that ends when it is told to go.
    private static Made made(Table.Option... options) {
        Pid boss = self();
        List<Table.Option> all = List.of(options);
        Pid owner =
                spawn(() -> {
                    Table<String, Integer> table = Table.set(all.toArray(Table.Option[]::new));
                    table.insert("a", 1);
                    send(boss, new Got(table));
                    receive(Go.class);
                });
        return new Made(table(receive(Got.class).result()), owner);
    }

    @SuppressWarnings("unchecked")
    private static Table<String, Integer> table(Object any) {
        return (Table<String, Integer>) any;
    }

    private static <K, V> Entry<K, V> entry(K key, V value) {
        return new Entry<>(key, value);
    }

    @Nested
    class TheOwner {
        @Scenario
        @Otp("E-01")
        void takesTheTableWithIt() {
            Made made = made(PUBLIC);
            assertThat(made.table().info().map(TableInfo::owner)).contains(made.owner());
            assertThat(Table.all()).contains(made.table());
            made.gone();
            assertThatThrownBy(() -> made.table().lookup("a"))
                    .isInstanceOf(NoSuchTable.class)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(made.table().toString())
                    .hasMessageContaining("heir");
            assertThatThrownBy(() -> made.table().insert("b", 1)).isInstanceOf(NoSuchTable.class);
            assertThatThrownBy(made.table()::delete).isInstanceOf(NoSuchTable.class);
            assertThatThrownBy(made.table()::size).isInstanceOf(NoSuchTable.class);
            assertThat(made.table().info()).isEmpty();
            assertThat(Table.all()).doesNotContain(made.table());
        }

        @Scenario
        @Otp("E-01")
        @Otp("P-15")
        void takesTheTableWithItHoweverItEnds() {
            Pid boss = self();
            for (Body ending :
                    List.<Body>of(
                            () -> {},
                            () -> exit("reason"),
                            () -> {
                                throw new IllegalStateException("crash");
                            },
                            () -> exit(self(), KILL),
                            () -> {
                                send(self(), new Go());
                                hibernate(() -> {});
                            },
                            () -> {
                                spawnLink(() -> exit("peer"));
                                sleepForever();
                            })) {
                Pid owner =
                        spawn(() -> {
                            Table.set(SCORES).insert("a", 1);
                            send(boss, new Go());
                            receive(Go.class);
                            ending.run();
                        });
                receive(Go.class);
                assertThat(SCORES.table().lookup("a", 0)).isOne();
                Ref monitor = monitor(owner);
                send(owner, new Go());
                awaitDown(monitor);
                // Before anybody is told.
                assertThat(SCORES.find()).isEmpty();
            }
        }

        @Scenario
        @Otp("E-01")
        void losesItBeforeItsLinksAreTold() {
            trapExits(true);
            for (int i = 0; i < 3; i++) {
                Pid boss = self();
                spawnLink(() -> {
                    send(boss, Table.set(SCORES));
                    exit("over");
                });
                Table<?, ?> table = receive(Table.class);
                receive(Exit.class);
                assertThat(SCORES.find()).isEmpty();
                assertThat(table.info()).isEmpty();
            }
        }

        @Scenario
        @Otp("E-01")
        void mayDeleteItEarly() {
            Table<String, Integer> table = Table.set(SCORES);
            table.insert("a", 1);
            table.delete();
            assertThat(SCORES.find()).isEmpty();
            assertThatThrownBy(() -> table.lookup("a")).isInstanceOf(NoSuchTable.class);
            Table<String, Integer> again = Table.set(SCORES);
            assertThat(again.lookup("a")).isEmpty();
        }

        /// A guest that is closed, and the owner of several.
        @Scenario(simulated = false)
        @Otp("E-01")
        void mayBeAGuest() throws Exception {
            Node node = node();
            List<Table<String, Integer>> tables = new ArrayList<>();
            Thread thread =
                    new Thread(() -> {
                        try (Guest guest = node.guest()) {
                            tables.add(Table.set());
                            tables.add(Table.set(SCORES));
                            tables.forEach(table -> table.insert("a", 1));
                            assertThat(tables.getFirst().info().map(TableInfo::owner))
                                    .contains(guest.pid());
                        }
                    });
            thread.start();
            thread.join();
            assertThat(tables).hasSize(2).allMatch(table -> table.info().isEmpty());
        }
    }

    @Nested
    class TheHeir {
        @Scenario
        @Otp("E-01")
        void getsTheTableAndIsToldWhatWasAgreed() {
            Made made = made(new Heir(self(), List.of("data")));
            assertThat(made.table().info().flatMap(TableInfo::heir)).contains(self());
            assertThatThrownBy(() -> made.table().insert("b", 2))
                    .isInstanceOf(TableAccessException.class);
            made.gone();
            assertReceive(new TableTransfer(made.table(), made.owner(), List.of("data")));
            assertThat(made.table().lookup("a")).contains(1);
            made.table().insert("b", 2);
            assertThat(made.table().info().map(TableInfo::owner)).contains(self());
            assertThat(made.table().info().flatMap(TableInfo::heir)).contains(self());
        }

        @Scenario
        @Otp("E-01")
        void isToldBeforeTheEndOfTheOwner() {
            trapExits(true);
            Made made = made(new Heir(self(), "mine"));
            link(made.owner());
            Ref monitor = monitor(made.owner());
            send(made.owner(), new Go());
            assertThat(receive()).isInstanceOf(TableTransfer.class);
            assertThat(List.of(receive().getClass(), receive().getClass())).contains(Exit.class);
            assertThat(monitor).isNotNull();
        }

        @Scenario
        @Otp("E-01")
        void whoIsDeadInheritsNothing() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Made made = made(new Heir(dead, "mine"));
            assertThat(made.table().info().flatMap(TableInfo::heir)).isEmpty();
            made.gone();
            assertThat(made.table().info()).isEmpty();
        }

        @Scenario
        @Otp("E-01")
        void mayBeTheOwnerWhichChangesNothing() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        Table<String, Integer> table = Table.set();
                        table.heir(self(), "me");
                        send(boss, table);
                        receive(Go.class);
                    });
            Table<String, Integer> table = table(receive(Table.class));
            new Made(table, owner).gone();
            assertThat(table.info()).isEmpty();
        }

        @Scenario
        @Otp("E-01")
        void isChosenByTheOwnerAlone() {
            Table<String, Integer> table = Table.set(PUBLIC);
            Pid boss = self();
            assertThat(elsewhere(done(() -> table.heir(boss, "x"))))
                    .isEqualTo(TableAccessException.class);
            assertThat(elsewhere(done(table::noHeir))).isEqualTo(TableAccessException.class);
            Pid heir = idle();
            table.heir(heir, "x");
            assertThat(table.info().flatMap(TableInfo::heir)).contains(heir);
            table.noHeir();
            assertThat(table.info().flatMap(TableInfo::heir)).isEmpty();
        }

        /// Inherits again when it has given the table away and the new owner ends: an heir is one until another is named.
        @Scenario
        @Otp("E-01")
        void remainsTheHeir() {
            Made made = made(new Heir(self(), "mine")).gone();
            receive(TableTransfer.class);
            for (int i = 0; i < 2; i++) {
                Pid next = spawn(() -> receive(TableTransfer.class));
                made.table().giveAway(next, "yours");
                assertThat(receive(TableTransfer.class))
                        .isEqualTo(new TableTransfer(made.table(), next, "mine"));
            }
            assertThat(made.table().lookup("a")).contains(1);
        }

        /// Owner and heir end at the same time: whoever of them has it last takes it along.
        @Scenario(outcomes = {"told", "not told"})
        @Otp("E-01")
        void whoDiesTooLeavesNoTableBehind() {
            Pid boss = self();
            Pid heir =
                    spawn(() -> {
                        receive(Go.class);
                        send(boss, poll(TableTransfer.class).isPresent() ? "told" : "not told");
                    });
            Made made = made(new Heir(heir, "mine"));
            Ref one = monitor(heir);
            Ref two = monitor(made.owner());
            send(heir, new Go());
            send(made.owner(), new Go());
            awaitDown(one);
            awaitDown(two);
            assertThat(made.table().info()).isEmpty();
            assertThat(Table.all()).doesNotContain(made.table());
            observe(receive(String.class));
        }
    }

    @Nested
    class Giving {
        @Scenario
        @Otp("E-01")
        void makesAnotherTheOwner() {
            Pid boss = self();
            Pid next =
                    spawn(() -> {
                        TableTransfer transfer = receive(TableTransfer.class);
                        table(transfer.table()).insert("a", 2);
                        send(boss, transfer);
                        receive(Go.class);
                    });
            Table<String, Integer> table = Table.set(SCORES);
            table.insert("a", 1);
            table.giveAway(next, List.of("gift"));
            assertThatThrownBy(() -> table.insert("a", 3))
                    .isInstanceOf(TableAccessException.class)
                    .hasMessage(
                            "expected Table[scores] to be written by its owner "
                                    + next
                                    + ", since it is PROTECTED, got: "
                                    + self());
            assertThat(receive(TableTransfer.class))
                    .isEqualTo(new TableTransfer(table, self(), List.of("gift")));
            assertThat(table.lookup("a")).contains(2);
            assertThat(table.info().map(TableInfo::owner)).contains(next);
            new Made(table, next).gone();
            assertThat(SCORES.find()).isEmpty();
        }

        @Scenario(seeds = 50)
        @Otp("E-01")
        void isForTheOwnerAndToOneWhoIsAlive() {
            Table<String, Integer> table = Table.set(PUBLIC);
            Pid other = idle();
            assertThat(elsewhere(done(() -> table.giveAway(other, "x"))))
                    .isEqualTo(TableAccessException.class);
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            assertThatThrownBy(() -> table.giveAway(dead, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("alive");
            assertThatThrownBy(() -> table.giveAway(self(), "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another process");
            assertThatThrownBy(() -> table.giveAway(other, new AtomicLong()))
                    .isInstanceOf(NotShareableException.class);
            assertThat(table.info().map(TableInfo::owner)).contains(self());
            table.insert("a", 1);
        }

        /// The giver's end after that leaves it alone.
        @Scenario
        @Otp("E-01")
        void isForEver() {
            Pid boss = self();
            awaitDown(
                    spawn(() -> {
                        Table<String, Integer> table = Table.set();
                        table.insert("a", 1);
                        table.giveAway(boss, "gift");
                    }));
            Table<String, Integer> table = table(receive(TableTransfer.class).table());
            table.insert("b", 2);
            assertThat(table.size()).isEqualTo(2);
        }

        /// To one who dies meanwhile: it was too late, or it is gone with him, or the heir has it. Never nobody.
        @Scenario(outcomes = {"too late", "inherited"})
        @Otp("E-01")
        void toOneWhoIsDyingLosesNothing() {
            Pid boss = self();
            Pid dying = spawn(() -> {});
            Table<String, Integer> table = Table.set(new Heir(self(), "back"));
            table.insert("a", 1);
            Ref monitor = monitor(dying);
            String outcome;
            try {
                table.giveAway(dying, "gift");
                assertThat(receive(TableTransfer.class))
                        .isEqualTo(new TableTransfer(table, dying, "back"));
                outcome = "inherited";
            } catch (IllegalArgumentException late) {
                outcome = "too late";
            }
            awaitDown(monitor);
            assertThat(table.info().map(TableInfo::owner)).contains(boss);
            assertThat(poll(TableTransfer.class)).isEmpty();
            table.insert("a", 2);
            observe(outcome);
        }

        /// A public one may be deleted by another just then.
        @Scenario
        @Otp("E-01")
        void andDeletingAtTheSameTimeLeavesNothing() {
            Table<String, Integer> table = Table.set(SCORES, PUBLIC);
            Pid boss = self();
            Pid other = idle();
            spawn(() -> {
                table.delete();
                send(boss, new Go());
            });
            try {
                table.giveAway(other, "gift");
            } catch (NoSuchTable deleted) {
                assertThat(table.info()).isEmpty();
            }
            receive(Go.class);
            assertThat(table.info()).isEmpty();
            assertThat(SCORES.find()).isEmpty();
            awaitKilled(other);
            assertThat(Table.all()).isEmpty();
        }

        private void awaitKilled(Pid pid) {
            exit(pid, KILL);
            awaitDown(pid);
        }
    }

    @Nested
    class Access {
        @Scenario(seeds = 50)
        @Otp("E-02")
        void toAPrivateTableIsTheOwners() {
            Table<String, Integer> table = Table.set(SCORES, PRIVATE);
            table.insert("a", 1);
            assertThat(table.lookup("a")).contains(1);
            for (Operation operation : reads(table)) {
                assertThat(elsewhere(operation)).isEqualTo(TableAccessException.class);
            }
            for (Operation operation : writes(table)) {
                assertThat(elsewhere(operation)).isEqualTo(TableAccessException.class);
            }
            assertThat(elsewhere(() -> SCORES.table().size())).isEqualTo(1L);
            assertThat(elsewhere(() -> table.info().orElseThrow().access())).isEqualTo(PRIVATE);
            assertThat(table.toList()).containsExactly(entry("a", 1));
        }

        @Scenario(seeds = 50)
        @Otp("E-02")
        void toAProtectedTableIsReadingForAllAndWritingForTheOwner() {
            Table<String, Integer> table = Table.set();
            table.insert("a", 1);
            assertThat(table.info().map(TableInfo::access)).contains(PROTECTED);
            for (Operation operation : reads(table)) {
                assertThat(elsewhere(operation)).isNotInstanceOf(Class.class);
            }
            for (Operation operation : writes(table)) {
                assertThat(elsewhere(operation)).isEqualTo(TableAccessException.class);
            }
            assertThat(table.toList()).containsExactly(entry("a", 1));
        }

        @Scenario(seeds = 50)
        @Otp("E-02")
        void toAPublicTableIsForAll() {
            for (int i = 0; i < writes(Table.set()).size(); i++) {
                int number = i;
                Table<String, Integer> table = Table.set(new TableName<>("public " + i), PUBLIC);
                table.insert("a", 1);
                assertThat(elsewhere(() -> writes(table).get(number).run()))
                        .isNotInstanceOf(Class.class);
            }
            Table<String, Integer> table = Table.set(PUBLIC);
            table.insert("a", 1);
            for (Operation operation : reads(table)) {
                assertThat(elsewhere(operation)).isNotInstanceOf(Class.class);
            }
        }

        private static List<Operation> reads(Table<String, Integer> table) {
            return List.of(
                    () -> table.lookup("a").isPresent(),
                    () -> table.lookup("a", 0),
                    () -> table.lookupAll("a"),
                    () -> table.member("a"),
                    table::toList,
                    () -> table.select((_, _) -> true),
                    () -> table.count((_, _) -> true),
                    () -> table.fold(0, (sum, entry) -> sum + entry.value()),
                    () -> table.stream().toList(),
                    () -> table.first().isPresent(),
                    () -> table.last().isPresent(),
                    () -> table.next("a").isPresent(),
                    () -> table.prev("a").isPresent(),
                    done(() -> table.fix().close()));
        }

        private static List<Operation> writes(Table<String, Integer> table) {
            return List.of(
                    done(() -> table.insert("b", 1)),
                    () -> table.insertNew("b", 1),
                    done(() -> table.insertAll(Map.of("b", 1))),
                    done(() -> table.insertAll(List.of(entry("b", 1)))),
                    () -> table.insertAllNew(Map.of("b", 1)),
                    () -> table.insertAllNew(List.of(entry("b", 1))),
                    done(() -> table.delete("a")),
                    done(() -> table.delete("a", 1)),
                    () -> table.take("a").isPresent(),
                    () -> table.takeAll("a"),
                    done(table::deleteAll),
                    () -> table.updateCounter("a", 1),
                    () -> table.updateCounter("a", 1, 5),
                    () -> table.updateCounter("a", 1, new Wrap(1, 0)),
                    () -> table.updateCounter("a", 1, new Wrap(1, 0), 5),
                    () -> table.update("a", value -> value + 1).isPresent(),
                    () -> table.update("a", 0, value -> value + 1),
                    () -> table.selectDelete((_, _) -> true),
                    () -> table.selectReplace((_, _) -> true, (_, value) -> value + 1),
                    done(() -> table.rename(new TableName<>("renamed " + table))),
                    done(table::delete));
        }

        /// A traversal does not go on in a table that has become somebody else's.
        @Scenario
        @Otp("E-02")
        void isLookedAtInEachStep() {
            Table<String, Integer> table = Table.set(PRIVATE);
            table.insertAll(Map.of("a", 1, "b", 2, "c", 3));
            Iterator<Entry<String, Integer>> iterator = table.iterator();
            iterator.next();
            Pid other = idle();
            assertThatThrownBy(() ->
                            table.selectDelete((_, _) -> {
                                if (table.info().orElseThrow().owner().equals(self())) {
                                    table.giveAway(other, "now");
                                }
                                return true;
                            }))
                    .isInstanceOf(TableAccessException.class);
            assertThatThrownBy(iterator::next).isInstanceOf(TableAccessException.class);
            assertThat(table.size()).isEqualTo(3);
        }

        @Scenario(seeds = 50)
        @Otp("E-02")
        void endsWithTheTable() {
            Table<String, Integer> table = Table.set();
            table.insertAll(Map.of("a", 1, "b", 2));
            Iterator<Entry<String, Integer>> iterator = table.iterator();
            iterator.next();
            table.delete();
            for (Operation operation : reads(table)) {
                assertThatThrownBy(operation::run).isInstanceOf(NoSuchTable.class);
            }
            for (Operation operation : writes(table)) {
                assertThatThrownBy(operation::run).isInstanceOf(NoSuchTable.class);
            }
            assertThatThrownBy(iterator::hasNext).isInstanceOf(NoSuchTable.class);
            assertThatThrownBy(() -> table.heir(self(), "x")).isInstanceOf(NoSuchTable.class);
            assertThatThrownBy(table::noHeir).isInstanceOf(NoSuchTable.class);
            assertThatThrownBy(() -> table.giveAway(idle(), "x")).isInstanceOf(NoSuchTable.class);
        }

        /// Tables belong to a node, as processes do.
        @Scenario(simulated = false, runs = 2)
        void isForProcessesOfTheNode() {
            Table<String, Integer> table = Table.set(SCORES, PUBLIC);
            try (Node other = Node.start(Node.options().schedulers(1))) {
                ExitReason reason =
                        inThread(() ->
                                other.run(() -> {
                                    assertThat(SCORES.find()).isEmpty();
                                    assertThatThrownBy(() -> table.insert("a", 1))
                                            .isInstanceOf(IllegalStateException.class)
                                            .hasMessageContaining("node.guest()");
                                    Table.set(SCORES).insert("a", 2);
                                }));
                assertThat(reason).isEqualTo(NORMAL);
            }
            assertThat(SCORES.table().size()).isZero();
        }

        private static ExitReason inThread(java.util.concurrent.Callable<ExitReason> work) {
            var task = new java.util.concurrent.FutureTask<>(work);
            Thread.ofPlatform().start(task);
            try {
                return task.get();
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }
    }

    @Nested
    class AName {
        @Scenario
        @Otp("E-02")
        void belongsToOneTable() {
            Table<String, Integer> table = Table.set(SCORES);
            assertThat(table).hasToString("Table[scores]");
            assertThat(SCORES.table()).isSameAs(table);
            assertThat(table.info().flatMap(TableInfo::name)).contains("scores");
            assertThatThrownBy(() -> Table.bag(SCORES))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a name that no table of this node has, got: 'scores'");
            assertThat(elsewhere(() -> Table.set(SCORES)))
                    .isEqualTo(IllegalArgumentException.class);
            assertThat(Table.all()).hasSize(1);
        }

        @Scenario
        @Otp("E-02")
        void thatNoTableHasIsAnError() {
            assertThat(SCORES.find()).isEmpty();
            assertThatThrownBy(SCORES::table)
                    .isInstanceOf(NoSuchTable.class)
                    .hasMessageContaining("'scores'");
            assertThatThrownBy(() -> new TableName<>(" "))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not blank");
        }

        @Scenario
        @Otp("E-02")
        void canBeChanged() {
            Table<String, Integer> table = Table.set(SCORES);
            Table<String, Integer> other = Table.set(OTHER);
            assertThatThrownBy(() -> table.rename(OTHER))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'other'");
            assertThatThrownBy(() -> table.rename(SCORES))
                    .isInstanceOf(IllegalArgumentException.class);
            other.delete();
            table.rename(OTHER);
            assertThat(SCORES.find()).isEmpty();
            assertThat(OTHER.table()).isSameAs(table);
            Table<String, Integer> unnamed = Table.set();
            assertThatThrownBy(() -> unnamed.rename(SCORES))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("made with a name");
            table.delete();
            assertThat(OTHER.find()).isEmpty();
        }

        @Scenario(outcomes = {"one", "other"})
        @Otp("E-02")
        void thatTwoRaceForGoesToOne() {
            Pid boss = self();
            for (String who : List.of("one", "other")) {
                spawn(() -> {
                    Object result;
                    try {
                        Table.set(SCORES).insert(who, 1);
                        result = who;
                    } catch (IllegalArgumentException taken) {
                        result = "taken";
                    }
                    send(boss, new Got(result));
                    sleepForever();
                });
            }
            List<Object> got =
                    new ArrayList<>(
                            List.of(receive(Got.class).result(), receive(Got.class).result()));
            assertThat(got.remove("taken")).isTrue();
            assertThat(SCORES.table().member((String) got.getFirst())).isTrue();
            observe(got.getFirst());
        }
    }

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

        private static List<Table<Integer, Integer>> kinds() {
            return List.of(
                    Table.<Integer, Integer>set(),
                    Table.<Integer, Integer>orderedSet(),
                    Table.<Integer, Integer>bag(),
                    Table.<Integer, Integer>duplicateBag());
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
            for (Table<Integer, Integer> table : ATraversal.kinds()) {
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

    /// With something mutable in it that can be copied.
    record Order(String name, List<String> items) {}

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
