package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.ready;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Request;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;

/// Local names and registrars: OTP's items N-01 to N-04.
class NamesTest {
    record Ping() implements Call<String> {}

    @Nested
    class ALocalName {
        @Scenario
        @Otp("N-01")
        void belongsToOneProcessWhichHasNoOther() {
            Pid one = idle();
            Pid other = idle();
            register("one", one);
            assertThat(whereis("one")).contains(one);
            assertThatThrownBy(() -> register("one", other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one")
                    .hasMessageContaining(one.toString());
            assertThatThrownBy(() -> register("one", one))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> register("two", one))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("already registered as 'one'");
            register("other", other);
            register("self", self());
            assertThat(registered()).containsExactly("one", "other", "self");
            assertThat(whereis("two")).isEmpty();
            assertThat(info(one).orElseThrow().name()).contains("one");
        }

        @Scenario
        @Otp("N-01")
        void isNotForTheDead() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            assertThatThrownBy(() -> register("ghost", dead))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("alive");
            assertThat(registered()).isEmpty();
        }

        @Scenario
        @Otp("N-01")
        void isText() {
            for (String blank : new String[] {"", " ", "\t"}) {
                assertThatThrownBy(() -> register(blank, self()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("not blank");
                assertThatThrownBy(() -> send(blank, "x"))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            register("ein Name mit Leerzeichen, ünd möhr", self());
            assertThat(whereis("ein Name mit Leerzeichen, ünd möhr")).contains(self());
        }

        /// Two race for a name, and a third for a process: one of each wins.
        @Scenario(outcomes = {"one", "other"})
        @Otp("N-01")
        void thatTwoRaceForGoesToOne() {
            Pid boss = self();
            record Outcome(Pid candidate, boolean won) {}
            for (int i = 0; i < 2; i++) {
                String outcome = i == 0 ? "one" : "other";
                spawn(() -> {
                    boolean won;
                    try {
                        register("prize", self());
                        won = true;
                    } catch (IllegalArgumentException lost) {
                        won = false;
                    }
                    send(boss, new Outcome(self(), won));
                    if (won) {
                        send(boss, outcome);
                    }
                    sleepForever();
                });
            }
            Outcome first = receive(Outcome.class);
            Outcome second = receive(Outcome.class);
            assertThat(first.won()).isNotEqualTo(second.won());
            assertThat(whereis("prize"))
                    .contains(first.won() ? first.candidate() : second.candidate());
            observe(receive(String.class));
        }

        /// A process that dies while it is registered is not left in the table.
        @Scenario(outcomes = {"registered first", "died first"})
        @Otp("N-01")
        @Otp("N-02")
        void givenToOneWhoIsDyingIsFreeAfterwards() {
            Pid victim = idle();
            Pid killer = spawn(() -> exit(victim, KILL));
            Ref monitor = monitor(victim);
            String outcome;
            try {
                register("victim", victim);
                outcome = "registered first";
            } catch (IllegalArgumentException dead) {
                outcome = "died first";
            }
            awaitDown(monitor);
            assertThat(whereis("victim")).isEmpty();
            register("victim", self());
            awaitDown(killer);
            observe(outcome);
        }

        @Scenario
        @Otp("N-02")
        void isFreeBeforeAnybodyIsToldOfTheEnd() {
            trapExits(true);
            for (Object reason : List.of(NORMAL, SHUTDOWN, "because", KILL)) {
                Pid boss = self();
                Pid named =
                        spawnLink(() -> {
                            register("named", self());
                            send(boss, new Go());
                            sleepForever();
                        });
                receive(Go.class);
                monitor(named);
                // What the watcher sees when it is told.
                Pid watcher =
                        spawn(() -> {
                            monitor(named);
                            send(boss, new Go());
                            receive(Down.class);
                            send(boss, whereis("named").isPresent());
                        });
                receive(Go.class);
                if (reason.equals(NORMAL)) {
                    exit(named, KILL);
                } else {
                    exit(named, reason);
                }
                switch (receive(Object.class, m -> m instanceof Exit || m instanceof Down)) {
                    default -> assertThat(whereis("named")).isEmpty();
                }
                assertThat(receive(Boolean.class)).isFalse();
                receive(Object.class, m -> m instanceof Exit || m instanceof Down);
                awaitDown(watcher);
                register("named", self());
                unregister("named");
            }
        }

        @Scenario
        @Otp("N-02")
        void isFreeAtOnceWhenItIsUnregisteredAndTheProcessMayHaveAnother() {
            Pid worker = idle();
            register("first", worker);
            unregister("first");
            assertThat(whereis("first")).isEmpty();
            assertThat(info(worker).orElseThrow().name()).isEmpty();
            register("second", worker);
            assertThat(registered()).containsExactly("second");
            assertThatThrownBy(() -> unregister("first")).isInstanceOf(NoSuchName.class);
            assertThatThrownBy(() -> unregister("never"))
                    .isInstanceOf(NoSuchName.class)
                    .hasMessageContaining("never");
        }

        @Scenario
        @Otp("N-01")
        void isResolvedWhenAMessageIsSent() {
            Pid boss = self();
            Pid one = spawn(() -> send(boss, "one got " + receive(String.class)));
            Pid two = spawn(() -> send(boss, "two got " + receive(String.class)));
            register("desk", one);
            send("desk", "a");
            assertReceive("one got a");
            eventually(() -> whereis("desk").isEmpty());
            assertThatThrownBy(() -> send("desk", "b"))
                    .isInstanceOf(NoSuchName.class)
                    .hasMessageContaining("desk");
            register("desk", two);
            send(Name.local("desk"), "c");
            assertReceive("two got c");
        }

        /// Many names, taken and given back while others look: each is always with nobody or with its holder.
        @Scenario
        @Otp("N-01")
        @Otp("N-02")
        void takenAndGivenBackAgainAndAgainIsNeverWithTheWrongProcess() {
            Pid boss = self();
            List<Pid> holders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                holders.add(
                        spawn(() -> {
                            for (int round = 0; round < 5; round++) {
                                try {
                                    register("seat", self());
                                } catch (IllegalArgumentException taken) {
                                    sleep(ofMillis(1));
                                    continue;
                                }
                                if (!whereis("seat").equals(Optional.of(self()))) {
                                    send(boss, "somebody else sits on my seat");
                                }
                                unregister("seat");
                            }
                            send(boss, new Go());
                        }));
            }
            for (int i = 0; i < 3; i++) {
                whereis("seat").ifPresent(holder -> assertThat(holders).contains(holder));
                receive(Go.class);
            }
            refuteReceive(String.class);
            assertThat(registered()).isEmpty();
        }
    }

    @Nested
    class ATimerToAName {
        @Scenario
        @Otp("N-03")
        void findsTheHolderWhenItFires() {
            Pid early = idle();
            register("desk", early);
            sendAfter(Name.local("desk"), "ring", ofMillis(10));
            startTimer(Name.local("desk"), "ring wrapped", ofMillis(10));
            unregister("desk");
            register("desk", self());
            assertReceive(String.class);
            assertReceive(dev.bureau.kernel.Timeout.class);
            assertThat(info(early).orElseThrow().messageQueueLength()).isZero();
        }

        @Scenario
        @Otp("N-03")
        void findsOneWhoWasNotThereWhenItWasSet() {
            sendAfter(Name.local("later"), "ring", ofMillis(5));
            register("later", self());
            assertReceive("ring");
        }

        @Scenario
        @Otp("N-03")
        void isSilentWhenThereIsNobody() {
            Ref timer = sendAfter(Name.local("nobody"), "ring", ofMillis(3));
            sleep(ofMillis(10));
            assertThat(readTimer(timer)).isEmpty();
            refuteReceive(String.class);
        }
    }

    @Nested
    class ANameOnANode {
        /// Silent where a local name is an error: OTP's `{Name, Node}`.
        @Scenario
        @Otp("N-01")
        void thatNobodyHasOrOfAnUnknownNodeTakesMessagesSilently() {
            Name here = Name.on(node().id(), "nobody");
            assertThat(send(here, "x")).isEqualTo("x");
            send(Name.on(new NodeId("else@where", 1), "nobody"), "x");
            register("desk", self());
            send(Name.on(node().id(), "desk"), "y");
            assertReceive("y");
        }
    }

    /// A table of one's own. Immutable to Bureau, as a registrar says of itself.
    private static final class Directory implements Name.Registrar {
        private final ConcurrentHashMap<Object, Pid> entries = new ConcurrentHashMap<>();

        @Override
        public boolean registerName(Object key, Pid pid) {
            return entries.putIfAbsent(key, pid) == null;
        }

        @Override
        public void unregisterName(Object key) {
            entries.remove(key);
        }

        @Override
        public Optional<Pid> whereisName(Object key) {
            return Optional.ofNullable(entries.get(key)).filter(pid -> isAlive(pid));
        }

        @Override
        public String toString() {
            return "directory";
        }
    }

    @Nested
    class ARegistrar {
        @Scenario
        @Otp("N-04")
        void namesProcessesForEverythingThatTakesADestination() {
            Directory directory = new Directory();
            Name desk = Name.via(directory, List.of("desk", 3));
            Pid server =
                    spawn(() -> {
                        while (true) {
                            switch (receive()) {
                                case Request request -> {
                                    if (request.payload() instanceof Ping ping) {
                                        reply(request.from().as(ping), "pong");
                                    }
                                }
                                case Pid sender -> send(sender, "heard");
                                case Object other -> exit(other);
                            }
                        }
                    });
            assertThat(directory.registerName(List.of("desk", 3), server)).isTrue();
            assertThat(directory.registerName(List.of("desk", 3), self())).isFalse();

            send(desk, self());
            assertReceive("heard");
            assertThat(call(desk, new Ping())).isEqualTo("pong");
            sendAfter(desk, self(), ofMillis(2));
            assertReceive("heard");
            Ref monitor = monitor(desk);
            send(desk, "bye");
            assertThat(awaitDown(monitor)).isEqualTo(Staff.custom("bye"));
        }

        @Scenario
        @Otp("N-04")
        void thatKnowsNobodyFailsTheSenderAndTheCallerAndIsSilentForTimers() {
            Directory directory = new Directory();
            Name nobody = Name.via(directory, "nobody");
            assertThatThrownBy(() -> send(nobody, "x"))
                    .isInstanceOf(NoSuchName.class)
                    .hasMessageContaining("nobody");
            assertThatThrownBy(() -> call(nobody, new Ping()))
                    .isInstanceOfSatisfying(
                            ExitException.class,
                            exit ->
                                    assertThat(exit.reason())
                                            .isInstanceOfSatisfying(
                                                    ExitReason.CallFailed.class,
                                                    failed ->
                                                            assertThat(failed.reason())
                                                                    .isEqualTo(NOPROC)));
            assertThat(receive(monitor(nobody), Down.class).reason()).isEqualTo(NOPROC);
            sendAfter(nobody, "x", ofMillis(1));
            refuteReceive(String.class);
        }

        @Scenario
        @Otp("N-04")
        void thatFailsFailsNobodyElse() {
            Name broken =
                    Name.via(
                            new Name.Registrar() {
                                @Override
                                public boolean registerName(Object key, Pid pid) {
                                    return false;
                                }

                                @Override
                                public void unregisterName(Object key) {}

                                @Override
                                public Optional<Pid> whereisName(Object key) {
                                    throw new IllegalStateException("out of order");
                                }
                            },
                            "x");
            assertThatThrownBy(() -> send(broken, "x")).hasMessage("out of order");
            sendAfter(broken, "x", ofMillis(3));
            sendAfter(self(), "mine", ofMillis(3));
            assertReceive("mine");
            sendAfter(self(), "and on", ofMillis(1));
            assertReceive("and on");
        }
    }

    @Nested
    class TheNameOfTheDead {
        @Scenario
        @Otp("N-02")
        void canBeTakenByTheOneWhoIsToldOfTheEnd() {
            for (int round = 0; round < 3; round++) {
                Pid holder = waiting();
                register("role", holder);
                Ref monitor = monitor(Name.local("role"));
                send("role", new Go());
                Down down = receive(monitor, Down.class);
                assertThat(down.reason()).isEqualTo(NORMAL);
                assertThat(down.process()).isEqualTo(Name.on(node().id(), "role"));
                register("role", self());
                unregister("role");
            }
        }

        @Scenario
        @Otp("N-02")
        void isFreeWhenOneFindsItDead() {
            Pid holder = ready(() -> exit("over"));
            register("role", holder);
            send(holder, new Go());
            while (isAlive(holder)) {
                sleep(ofMillis(1));
            }
            assertThat(whereis("role")).isEmpty();
            assertThatThrownBy(() -> send("role", "x")).isInstanceOf(NoSuchName.class);
        }
    }
}
