package dev.bureau.conformance;

import static dev.bureau.conformance.Registrants.*;
import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.otp.Registry.DUPLICATE;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.otp.Registry.listeners;
import static dev.bureau.otp.Registry.partitions;
import static dev.bureau.otp.Registry.via;
import static dev.bureau.otp.Registry.withMeta;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Registrants.Tried;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Registry.Entry;
import dev.bureau.otp.Registry.Keys;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/// What registries are used for, and how they are set up: Elixir's items.
class RegistryUseTest {
    record Hello() implements Call<String> {}

    record Ring() implements Cast {}

    @Nested
    @Otp("R-07")
    class Dispatching {
        @Scenario(seeds = 100)
        void callsInTheCallerAndNotAtAllForNobody() {
            withEach(
                    KINDS,
                    (names, kind) -> {
                        Registry.dispatch(names, "hello", _ -> exit("called"));
                        Registry.dispatchParallel(names, "hello", _ -> exit("called"));
                        Pid caller = self();
                        Registry.register(names, "hello", 1);
                        Registry.register(names, "world", 3);
                        if (kind != UNIQUE) {
                            Registry.register(names, "hello", 2);
                        }
                        Registry.dispatch(
                                names,
                                "hello",
                                entries -> {
                                    assertThat(self()).isEqualTo(caller);
                                    entries.forEach(each -> send(each.pid(), each.value()));
                                });
                        assertReceive(1);
                        if (kind != UNIQUE) {
                            assertReceive(2);
                        }
                        refuteReceive(Integer.class);
                    });
        }

        @Scenario(seeds = 100)
        void callsOnceForEachPartitionThatHasEntries() {
            for (Keys kind : KINDS) {
                Registry.startLink(kind.name(), kind, partitions(4));
                Set<Pid> hit = new HashSet<>();
                int entries = kind == UNIQUE ? 1 : 6;
                for (int i = 0; i < entries; i++) {
                    Tried tried = registering(kind.name(), "hello", i);
                    hit.add(tried.outcome().orThrow());
                }
                List<Integer> sizes = new ArrayList<>();
                Registry.dispatch(kind.name(), "hello", group -> sizes.add(group.size()));
                assertThat(sizes).hasSize(kind == DUPLICATE ? hit.size() : 1);
                assertThat(sizes.stream().mapToInt(n -> n).sum()).isEqualTo(entries);
            }
        }

        @Scenario
        void inParallelCallsInProcessesOfTheirOwn() {
            Pid caller = self();
            trapExits(true);
            withEach(
                    KINDS,
                    (names, _) -> {
                        boolean partitioned = names.endsWith("5");
                        Pid one = registered(names, "hello", caller);
                        Registry.dispatchParallel(
                                names,
                                "hello",
                                entries -> {
                                    boolean elsewhere = !self().equals(caller);
                                    entries.forEach(
                                            each -> send(caller, List.of(each.pid(), elsewhere)));
                                });
                        assertReceive(List.of(one, partitioned));
                    });
            refuteReceive(Exit.class);
            refuteReceive(Down.class);
        }

        @Scenario
        void inParallelReturnsWhenAllAreThrough() {
            Registry.startLink("events", DUPLICATE, partitions(4));
            for (int i = 0; i < 5; i++) {
                registered("events", "hello", i);
            }
            Pid caller = self();
            Registry.dispatchParallel(
                    "events",
                    "hello",
                    entries -> {
                        sleep(ofMillis(1));
                        entries.forEach(each -> send(caller, each.value()));
                    });
            for (int i = 0; i < 5; i++) {
                assertThat(poll(Integer.class)).isPresent();
            }
        }

        @Scenario(seeds = 300)
        void thatFailsFailsTheCaller() {
            Registry.startLink("events", DUPLICATE, partitions(3));
            Registry.register("events", "hello");
            assertThatThrownBy(() ->
                            Registry.dispatch(
                                    "events",
                                    "hello",
                                    _ -> {
                                        throw new IllegalStateException("oops");
                                    }))
                    .hasMessage("oops");
            for (boolean traps : new boolean[] {false, true}) {
                Spawned caller =
                        spawnMonitor(() -> {
                            trapExits(traps);
                            Registry.dispatchParallel("events", "hello", _ -> exit("oops"));
                        });
                assertThat(awaitDown(caller.monitor())).isEqualTo(custom("oops"));
            }
        }

        @Scenario(seeds = 20)
        void inParallelSharesNothing() {
            Registry.startLink("events", DUPLICATE, partitions(2));
            Registry.register("events", "hello");
            Thread captured = new Thread();
            assertThatThrownBy(() ->
                            Registry.dispatchParallel("events", "hello", _ -> captured.interrupt()))
                    .isInstanceOf(NotShareableException.class);
        }
    }

    @Nested
    @Otp("R-08")
    class AName {
        private static void server(Name name, Pid boss) {
            boolean free =
                    name instanceof Name.Via(var registrar, var key)
                            && registrar.registerName(key, self());
            send(boss, free);
            while (free) {
                switch (receive()) {
                    case Request request when request.payload() instanceof Hello hello ->
                            reply(request.from().as(hello), "hello from " + self());
                    case Ring _ -> send(boss, "rang");
                    case String text -> send(boss, text);
                    case Object other -> exit(other);
                }
            }
        }

        @Scenario(seeds = 200)
        void leadsToTheProcessInEverythingThatTakesADestination() {
            withEach(
                    List.of(UNIQUE),
                    (names, _) -> {
                        Name name = via(names, "desk");
                        Pid boss = self();
                        Pid server = spawn(() -> server(name, boss));
                        assertReceive(true);
                        Pid second = spawn(() -> server(name, boss));
                        assertReceive(false);
                        awaitDown(second);

                        assertThat(Registry.whereis(names, "desk")).contains(server);
                        assertThat(Registry.lookup(names, "desk"))
                                .containsExactly(new Entry("desk", server, null));
                        assertThat(call(name, new Hello())).isEqualTo("hello from " + server);
                        cast(name, new Ring());
                        assertReceive("rang");
                        send(name, "sent");
                        assertReceive("sent");
                        sendAfter(name, "later", ofMillis(1));
                        assertReceive("later");
                        Ref end = monitor(name);
                        send(name, new Go());
                        assertThat(receive(end, Down.class, ofSeconds(5)))
                                .isEqualTo(new Down(end, name, custom(new Go())));
                        assertThat(Registry.whereis(names, "desk")).isEmpty();
                    });
        }

        @Scenario(seeds = 50)
        void canComeWithAValue() {
            withEach(
                    List.of(UNIQUE),
                    (names, _) -> {
                        List<Integer> value = new ArrayList<>(List.of(1));
                        Name name = via(names, "desk", value);
                        value.add(2);
                        Pid boss = self();
                        Pid server = spawn(() -> server(name, boss));
                        assertReceive(true);
                        assertThat(Registry.lookup(names, "desk"))
                                .containsExactly(entry("desk", server, List.of(1)));
                        assertThat(call(via(names, "desk"), new Hello())).contains("hello");
                    });
        }

        @Scenario(seeds = 100)
        void thatNobodyHasFailsCallersAndSendersAndIsSilentForCastsAndTimers() {
            withEach(
                    List.of(UNIQUE),
                    (names, _) -> {
                        Name nobody = via(names, "nobody");
                        assertThatThrownBy(() -> call(nobody, new Hello()))
                                .isInstanceOfSatisfying(
                                        ExitException.class,
                                        exit ->
                                                assertThat(exit.reason())
                                                        .isEqualTo(
                                                                new ExitReason.CallFailed(
                                                                        NOPROC,
                                                                        nobody,
                                                                        new Hello(),
                                                                        ofSeconds(5),
                                                                        self())));
                        assertThatThrownBy(() -> send(nobody, "x"))
                                .isInstanceOf(NoSuchName.class)
                                .hasMessageContaining("{via, registry " + names + ", nobody}");
                        cast(nobody, new Ring());
                        sendAfter(nobody, "x", ofMillis(1));
                        assertThat(awaitDown(monitor(nobody))).isEqualTo(NOPROC);
                        refuteReceive(Object.class);
                    });
        }

        @Scenario(seeds = 50)
        void isFreeWhenItsOwnerGivesItUp() {
            Registry.startLink("names", UNIQUE);
            if (via("names", "desk") instanceof Name.Via(var registrar, var key)) {
                assertThat(registrar.registerName(key, self())).isTrue();
                assertThat(registrar.registerName(key, self())).isFalse();
                assertThat(registrar.whereisName(key)).contains(self());
                registrar.unregisterName(key);
                assertThat(registrar.whereisName(key)).isEmpty();
                Pid other = idle();
                assertThatThrownBy(() -> registrar.registerName(key, other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(self().toString())
                        .hasMessageContaining("got: " + other);
            }
        }

        @Scenario(seeds = 20)
        void needsUniqueKeys() {
            withEach(
                    DUPLICATES,
                    (events, _) -> {
                        Registry.register(events, "hello");
                        Name name = via(events, "hello");
                        for (Body use :
                                List.<Body>of(
                                        () -> send(name, "x"),
                                        () -> call(name, new Hello()),
                                        () -> Registry.whereis(events, "hello"),
                                        () -> server(name, self()))) {
                            assertThatThrownBy(use::run)
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .hasMessageContaining(
                                            "needs a registry with unique keys, got: '" + events);
                        }
                    });
        }

        @Scenario(seeds = 20)
        void ofAnUnknownRegistrySaysSo() {
            assertThatThrownBy(() -> call(via("nowhere", "desk"), new Hello()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("unknown registry: 'nowhere'");
        }
    }

    @Nested
    @Otp("R-09")
    class AListener {
        @Scenario(seeds = 200)
        void hearsOfExplicitChangesOnly() {
            register("listener", self());
            for (Keys kind : KINDS) {
                String names = kind.name();
                Registry.startLink(names, kind, partitions(2), listeners("listener"));
                Pid other = registered(names, "hello", "world");
                assertReceive(new Registry.Registered(names, "hello", other, "world"));
                Registry.register(names, "mine");
                assertReceive(new Registry.Registered(names, "mine", self(), null));
                Registry.unregister(names, "mine");
                assertReceive(new Registry.Unregistered(names, "mine", self()));
                endAndAwait(other);
                eventually(() -> Registry.count(names) == 0);
                refuteReceive(Registry.Event.class);
            }
        }

        @Scenario(seeds = 50)
        void hearsNothingOfFailures() {
            register("listener", self());
            Registry.startLink("names", UNIQUE, listeners("listener"));
            Registry.register("names", "hello");
            Registry.register("names", "hello");
            Registry.updateValue("names", "hello", Object.class, _ -> 2);
            Pid other = registering("names", "hello", 3).by();
            assertReceive(new Registry.Registered("names", "hello", self(), null));
            refuteReceive(Registry.Event.class);
            endAndAwait(other);
        }

        /// As in Elixir: also if there was none before.
        @Scenario(seeds = 50)
        void hearsWhenNoEntryIsLeft() {
            register("listener", self());
            Registry.startLink("events", DUPLICATE, listeners("listener"));
            Registry.unregister("events", "hello");
            assertReceive(new Registry.Unregistered("events", "hello", self()));
            Registry.register("events", "hello", 1);
            Registry.register("events", "hello", 2);
            assertReceive(new Registry.Registered("events", "hello", self(), 1));
            assertReceive(new Registry.Registered("events", "hello", self(), 2));
            Registry.unregisterMatch("events", "hello", v -> v instanceof Integer n && n == 1);
            refuteReceive(Registry.Event.class);
            Registry.unregisterMatch("events", "hello", _ -> true);
            assertReceive(new Registry.Unregistered("events", "hello", self()));
            refuteReceive(Registry.Event.class);
        }

        @Scenario(seeds = 50)
        void thatIsNotThereTroublesNobody() {
            Registry.startLink("names", UNIQUE, listeners("nobody", "listener"));
            Registry.register("names", "hello").orThrow();
            register("listener", self());
            Registry.unregister("names", "hello");
            assertReceive(new Registry.Unregistered("names", "hello", self()));
        }
    }

    @Nested
    @Otp("R-10")
    class ARegistry {
        @Scenario(seeds = 50)
        void knowsThingsAboutItself() {
            List<Integer> limits = new ArrayList<>(List.of(1));
            Registry.startLink("names", UNIQUE, withMeta("limits", limits), withMeta(1, "one"));
            limits.add(2);
            assertThat(Registry.meta("names", "limits")).contains(List.of(1));
            Registry.meta("names", "limits").ifPresent(Registrants::changed);
            assertThat(Registry.meta("names", "limits")).contains(List.of(1));
            assertThat(Registry.meta("names", 1)).contains("one");
            assertThat(Registry.meta("names", "other")).isEmpty();
            awaitDown(spawn(() -> Registry.putMeta("names", "other", "of another")));
            assertThat(Registry.meta("names", "other")).contains("of another");
            Registry.putMeta("names", "other", 2);
            assertThat(Registry.meta("names", "other")).contains(2);
            Registry.deleteMeta("names", "other");
            Registry.deleteMeta("names", "other");
            assertThat(Registry.meta("names", "other")).isEmpty();
            assertThatThrownBy(() -> Registry.putMeta("names", "x", nothing()))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("value");
            assertThatThrownBy(() -> Registry.putMeta("names", "x", new Thread()))
                    .isInstanceOf(NotShareableException.class);
        }

        @Scenario(seeds = 20)
        void thatDoesNotExistIsNamed() {
            for (Body use :
                    List.<Body>of(
                            () -> Registry.register("nowhere", "key"),
                            () -> Registry.unregister("nowhere", "key"),
                            () -> Registry.unregisterMatch("nowhere", "key", _ -> true),
                            () -> Registry.updateValue("nowhere", "key", Object.class, v -> v),
                            () -> Registry.lookup("nowhere", "key"),
                            () -> Registry.whereis("nowhere", "key"),
                            () -> Registry.match("nowhere", "key", _ -> true),
                            () -> Registry.countMatch("nowhere", "key", _ -> true),
                            () -> Registry.select("nowhere"),
                            () -> Registry.countSelect("nowhere", _ -> true),
                            () -> Registry.count("nowhere"),
                            () -> Registry.keys("nowhere", self()),
                            () -> Registry.values("nowhere", "key", self()),
                            () -> Registry.dispatch("nowhere", "key", _ -> {}),
                            () -> Registry.dispatchParallel("nowhere", "key", _ -> {}),
                            () -> Registry.lock("nowhere", "key", () -> "done"),
                            () -> Registry.meta("nowhere", "key"),
                            () -> Registry.putMeta("nowhere", "key", "value"),
                            () -> Registry.deleteMeta("nowhere", "key"))) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("unknown registry: 'nowhere'")
                        .hasMessageContaining("Registry.startLink(\"nowhere\", UNIQUE)");
            }
        }

        @Scenario(seeds = 20)
        void isNotStartedWithWhatMakesNoSense() {
            for (Body start :
                    List.<Body>of(
                            () -> Registry.startLink("names", UNIQUE, partitions(0)),
                            () -> Registry.childSpec("names", UNIQUE, partitions(-1)),
                            () -> Registry.starter(" ", UNIQUE),
                            () -> Registry.startLink("names", UNIQUE, listeners("")),
                            () -> via("", "key"))) {
                assertThatThrownBy(start::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching(
                                "expected (at least 1 partition|a name that is not blank).*");
            }
            assertThat(node().registered()).isEmpty();
        }

        @Scenario(seeds = 200)
        void hasItsNameForItself() throws Exception {
            Pid names = Registry.startLink("names", UNIQUE);
            assertThat(whereis("names")).contains(names);
            assertThat(linked(self(), names)).isTrue();
            trapExits(true);
            assertThat(Registry.starter("names", DUPLICATE).start())
                    .isEqualTo(new Start.AlreadyStarted(names));
            assertThatThrownBy(() -> Registry.startLink("names", UNIQUE))
                    .isInstanceOf(StartException.class)
                    .hasMessage("expected a free name, it belongs to " + names);
            register("desk", self());
            assertThat(Registry.starter("desk", DUPLICATE).start())
                    .isEqualTo(new Start.AlreadyStarted(self()));
            refuteReceive(Object.class);
            assertThat(info(self()).orElseThrow().links()).containsExactly(names);
        }

        @Scenario(seeds = 100)
        void canBeAChild() throws Exception {
            ChildSpec spec = Registry.childSpec("names", UNIQUE, partitions(2), withMeta("a", 1));
            assertThat(spec.id()).isEqualTo("names");
            assertThat(spec.type()).isEqualTo(ChildSpec.Type.SUPERVISOR);
            assertThat(spec.restart()).isEqualTo(ChildSpec.Restart.PERMANENT);
            assertThat(spec.shutdown()).isEqualTo(new ChildSpec.Shutdown.Unlimited());
            Pid boss = self();
            Spawned supervisor =
                    spawnMonitor(() -> {
                        trapExits(true);
                        send(boss, spec.start().start());
                        Pid child = receive(Pid.class);
                        Ref end = monitor(child);
                        exit(child, SHUTDOWN);
                        send(boss, receive(end, Down.class).reason());
                    });
            Start.Started started = assertReceive(Start.Started.class);
            assertThat(Registry.meta("names", "a")).contains(1);
            send(supervisor.pid(), started.pid());
            assertReceive(SHUTDOWN);
            assertThat(awaitDown(supervisor.monitor())).isEqualTo(NORMAL);
            assertThat(whereis("names")).isEmpty();
            assertThatThrownBy(() -> Registry.count("names"))
                    .hasMessageStartingWith("unknown registry");
        }

        @Scenario(outcomes = {"one", "other"})
        void thatTwoStartAtOnceIsStartedOnce() {
            Pid boss = self();
            List<Pid> starters = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                starters.add(
                        spawn(() -> {
                            send(boss, List.of(self(), Registry.starter("names", UNIQUE).start()));
                            sleepForever();
                        }));
            }
            Pid winner = self();
            Set<Pid> registries = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                List<?> told = assertReceive(List.class);
                switch (told.get(1)) {
                    case Start.Started(var pid, _) -> {
                        registries.add(pid);
                        winner = (Pid) told.get(0);
                    }
                    case Start.AlreadyStarted(var pid) -> registries.add(pid);
                    default -> exit(told);
                }
            }
            assertThat(registries).hasSize(1);
            Registry.register("names", "key").orThrow();
            observe(winner.equals(starters.getFirst()) ? "one" : "other");
        }
    }
}
