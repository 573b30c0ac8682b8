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
import dev.bureau.otp.NoSuchTable;
import dev.bureau.otp.Table;
import dev.bureau.otp.Table.Entry;
import dev.bureau.otp.Table.Heir;
import dev.bureau.otp.Table.Wrap;
import dev.bureau.otp.TableAccessException;
import dev.bureau.otp.TableInfo;
import dev.bureau.otp.TableName;
import dev.bureau.otp.TableTransfer;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;

/// Tables and their owners, and who may use them: OTP's items E-01 and E-02. What is in them: [TableContentsTest],
/// [TableTraversalsTest], [TableRacesTest].
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
}
