package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Clerk.Continued;
import dev.bureau.conformance.Clerk.Informed;
import dev.bureau.conformance.Clerk.Terminated;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.IdleTimeout;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/// How servers start, or do not: OTP's items G-01 to G-10, G-32, G-33 and Y-01.
class GenServerStartTest {
    /// An exit message of a process that maps them.
    record Left(Pid who) {}

    private static Start start(Clerk clerk) {
        return GenServer.starter(StartOptions.options(), clerk).start();
    }

    private static Start start(StartOptions options, Clerk clerk) {
        return GenServer.starter(options, clerk).start();
    }

    private static Pid pidOf(Start start) {
        return start.orThrow();
    }

    private static void assertCrashed(Start start, String message) {
        assertThat(start).isInstanceOf(Start.Failed.class);
        ExitReason reason = ((Start.Failed) start).reason();
        assertThat(reason).isInstanceOf(ExitReason.Crash.class);
        assertThat(((ExitReason.Crash) reason).error()).hasMessage(message);
    }

    @Nested
    class AStart {
        /// A registrar that refuses and knows nobody, which would be asked for ever.
        record Stubborn() implements Name.Registrar {
            @Override
            public boolean registerName(Object key, Pid pid) {
                return false;
            }

            @Override
            public void unregisterName(Object key) {}

            @Override
            public Optional<Pid> whereisName(Object key) {
                return Optional.empty();
            }
        }

        @Scenario(seeds = 50)
        @Otp("G-08")
        void underANameThatIsRefusedForNobodyFails() throws Exception {
            trapExits(true);
            StartOptions options = StartOptions.named(Name.via(new Stubborn(), "clerk"));
            Start start = GenServer.starter(options, Clerk.plain()).start();
            assertCrashed(
                    start,
                    "expected the registrar to know who has the name that it refuses, got nobody for "
                            + Name.via(new Stubborn(), "clerk"));
        }

        /// The exit of the child is looked for behind what was there when it was started.
        @Scenario(simulated = false, runs = 1)
        @Otp("G-05")
        void thatFailsTakesNoLongerWithAMillionUnreadMessages() throws Exception {
            trapExits(true);
            for (int i = 0; i < 1_000_000; i++) {
                send(self(), i);
            }
            StartOptions options = StartOptions.options();
            ChildSpec.Starter starter =
                    GenServer.starter(options, Clerk.opening(clerk -> clerk.stop("no")));
            for (int i = 0; i < 10_000; i++) {
                assertThat(starter.start()).isEqualTo(Start.failed(custom("no")));
            }
            assertThat(info(self()).orElseThrow().messageQueueLength()).isEqualTo(1_000_000);
        }

        @Scenario
        @Otp("G-01")
        @Otp("Y-01")
        void returnsWhenInitHas() {
            Pid boss = self();
            Pid server =
                    GenServer.startLink(
                            Clerk.opening(clerk -> {
                                sleep(ofMillis(2));
                                send(boss, "initialised");
                                return clerk.ok("ready");
                            }));
            assertThat(poll(String.class)).contains("initialised");
            assertThat(call(server, Clerk.state())).isEqualTo("ready");
            assertThat(info(self()).orElseThrow().links()).containsExactly(server);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            assertThat(info(server).orElseThrow().monitoredBy()).isEmpty();
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 50)
        @Otp("G-01")
        void withoutALinkMakesNone() {
            Pid server = GenServer.start(Clerk.plain());
            assertThat(info(server).orElseThrow().links()).isEmpty();
            assertThat(info(server).orElseThrow().monitoredBy()).isEmpty();
        }

        @Scenario(seeds = 50)
        @Otp("G-09")
        void canComeWithAMonitor() {
            Spawned server = GenServer.startMonitor(Clerk.plain());
            assertThat(info(self()).orElseThrow().monitors()).containsExactly(server.pid());
            assertThat(info(server.pid()).orElseThrow().links()).isEmpty();
            exit(server.pid(), "enough");
            assertThat(awaitDown(server.monitor())).isEqualTo(custom("enough"));
            assertThatThrownBy(() ->
                            GenServer.startMonitor(Clerk.opening(clerk -> clerk.stop("broken"))))
                    .isInstanceOf(StartException.class)
                    .hasMessage("broken");
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            refuteReceive(Object.class);
        }

        /// A reference that answered as an alias while it started lets nothing in afterwards.
        @Scenario(seeds = 50)
        @Otp("G-09")
        @Otp("Y-01")
        void leavesNoAliasBehind() {
            Spawned server = GenServer.startMonitor(Clerk.plain());
            send(server.monitor(), "through the monitor");
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 50, simulated = false)
        @Otp("G-01")
        void canBeDoneByAThreadThatIsNoProcess() throws Exception {
            Node node = node();
            Object[] state = new Object[2];
            Thread thread =
                    new Thread(() -> {
                        try (Guest _ = node.guest()) {
                            Pid server = GenServer.startLink(Clerk.plain());
                            state[0] = call(server, Clerk.state());
                            state[1] = start(Clerk.opening(clerk -> clerk.error("no")));
                        }
                    });
            thread.start();
            thread.join();
            assertThat(state[0]).isEqualTo("state");
            assertThat(state[1]).isEqualTo(Start.failed("no"));
        }
    }

    @Nested
    @Otp("G-02")
    class Init {
        @Scenario(seeds = 50)
        void maySayWhatToDoFirst() {
            Pid boss = self();
            GenServer.start(Clerk.opening(clerk -> clerk.ok("a", clerk.continueWith("now"))));
            assertReceive(new Continued("now", "a"));
            GenServer.start(Clerk.opening(clerk -> clerk.ok("b", clerk.timeout(ofMillis(1)))));
            assertReceive(new Informed(new IdleTimeout(), "b"));
            Pid sleeping =
                    GenServer.start(Clerk.opening(clerk -> clerk.ok("c", clerk.hibernate())));
            assertThat(call(sleeping, Clerk.state())).isEqualTo("c");
            assertThat(boss).isEqualTo(self());
        }

        @Scenario
        @Otp("G-10")
        void isContinuedBeforeAnyMessage() {
            GenServer.start(
                    Clerk.opening(clerk -> {
                        send(self(), "queued in init");
                        return clerk.ok("a", clerk.continueWith("first"));
                    }));
            assertReceive(new Continued("first", "a"));
            assertReceive(new Informed("queued in init", "a"));
        }

        /// A name is known before init, so others can have written first.
        @Scenario
        @Otp("G-10")
        @Otp("G-08")
        void isContinuedBeforeCallsThatCameMeanwhile() {
            Pid boss = self();
            Pid starter =
                    spawn(() -> {
                        GenServer.startLink(
                                "clerk",
                                new Clerk(
                                        boss,
                                        clerk -> {
                                            send(boss, new Go());
                                            receive(Go.class);
                                            return clerk.ok("a", clerk.continueWith("first"));
                                        }));
                        sleepForever();
                    });
            assertReceive(Go.class);
            Pid server = whereis("clerk").orElseThrow();
            Pid caller = spawn(() -> send(boss, call("clerk", Clerk.state())));
            awaitWaiting(caller);
            send(server, new Go());
            assertReceive(new Continued("first", "a"));
            assertReceive("a");
            assertThat(isAlive(starter)).isTrue();
        }

        @Scenario(seeds = 50)
        @Otp("G-10")
        void mayBeContinuedAgainAndAgain() {
            GenServer.start(
                    Clerk.opening(clerk -> {
                        send(self(), "message");
                        Clerk.Step second =
                                (c, state) -> c.noReply(state + "2", c.continueWith("third"));
                        Clerk.Step first =
                                (c, state) -> c.noReply(state + "1", c.continueWith(second));
                        return clerk.ok("0", clerk.continueWith(first));
                    }));
            assertReceive(new Continued("third", "012"));
            assertReceive(new Informed("message", "012"));
        }

        @Scenario
        @Otp("G-03")
        void thatIgnoresEndsNormally() {
            Spawned starter =
                    spawnMonitor(() -> {
                        Start start = start(Clerk.opening(clerk -> clerk.ignore()));
                        assertThat(start).isEqualTo(Start.ignored());
                        assertThat(info(self()).orElseThrow().links()).isEmpty();
                    });
            assertThat(awaitDown(starter.monitor())).isEqualTo(NORMAL);
            assertThatThrownBy(() -> GenServer.start(Clerk.opening(clerk -> clerk.ignore())))
                    .isInstanceOf(StartException.class);
        }

        @Scenario
        @Otp("G-03")
        @Otp("G-05")
        void thatStopsEndsACallerWhoIsLinkedAndDoesNotTrap() {
            Pid boss = self();
            Spawned starter =
                    spawnMonitor(() -> {
                        start(Clerk.opening(clerk -> clerk.stop("broken")));
                        send(boss, "alive");
                    });
            assertThat(awaitDown(starter.monitor())).isEqualTo(custom("broken"));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("G-03")
        @Otp("G-05")
        void thatReturnsAnErrorDoesNot() {
            Start start = start(Clerk.opening(clerk -> clerk.error("no paper")));
            assertThat(start).isEqualTo(Start.failed("no paper"));
            assertThat(info(self()).orElseThrow().links()).isEmpty();
        }

        @Scenario(seeds = 200)
        @Otp("G-03")
        @Otp("G-04")
        @Otp("G-05")
        @Otp("G-23")
        void thatFailsLeavesNothingWithACallerWhoTraps() {
            trapExits(true);
            assertThat(start(Clerk.opening(clerk -> clerk.stop("broken"))))
                    .isEqualTo(Start.failed("broken"));
            assertThat(start(Clerk.opening(clerk -> clerk.error("no paper"))))
                    .isEqualTo(Start.failed("no paper"));
            assertThat(start(Clerk.opening(clerk -> clerk.ignore()))).isEqualTo(Start.ignored());
            assertThat(
                            start(
                                    Clerk.opening(_ -> {
                                        throw exit("by exit");
                                    })))
                    .isEqualTo(Start.failed("by exit"));
            assertCrashed(
                    start(
                            Clerk.opening(_ -> {
                                throw new IllegalStateException("by exception");
                            })),
                    "by exception");
            assertCrashed(
                    start(
                            Clerk.opening(_ -> {
                                throw new StackOverflowError("by error");
                            })),
                    "by error");
            assertThat(start(Clerk.opening(clerk -> clerk.stop(SHUTDOWN))))
                    .isEqualTo(Start.failed(SHUTDOWN));
            assertThat(info(self()).orElseThrow().links()).isEmpty();
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        @Otp("G-05")
        void thatFailsLeavesNothingWithACallerWhoMapsExits() {
            trapExits(exit -> new Left(exit.from()));
            Pid other = spawnLink(() -> {});
            assertReceive(new Left(other));
            assertThat(start(Clerk.opening(clerk -> clerk.stop("broken"))))
                    .isEqualTo(Start.failed("broken"));
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 50)
        @Otp("G-03")
        void thatReturnsNullIsTold() {
            trapExits(true);
            assertCrashed(
                    start(Clerk.opening(_ -> nothing())),
                    "expected ok, ignore, stop or error from init of "
                            + Clerk.class.getName()
                            + ", got: null");
        }

        @SuppressWarnings("NullAway")
        private static dev.bureau.otp.@Nullable Init<Object> nothing() {
            return null;
        }

        @Scenario(seeds = 50)
        @Otp("Y-01")
        void thatIsKilledFailsTheStart() {
            trapExits(true);
            Start killed =
                    start(
                            Clerk.opening(clerk -> {
                                exit(self(), KILL);
                                return clerk.ok("never");
                            }));
            assertThat(killed).isEqualTo(Start.failed(ExitReason.KILLED));
            refuteReceive(Object.class);
        }
    }

    @Nested
    class AFailedStart {
        /// Whoever starts again at once never finds the name taken.
        @Scenario
        @Otp("G-06")
        void hasFreedTheNameAndEndedTheProcess() {
            trapExits(true);
            StartOptions named = StartOptions.named("clerk");
            for (int i = 0; i < 3; i++) {
                assertThat(start(named, tells(clerk -> clerk.stop("stop"))))
                        .isEqualTo(Start.failed("stop"));
                assertGone();
                assertThat(start(named, tells(clerk -> clerk.error("error"))))
                        .isEqualTo(Start.failed("error"));
                assertGone();
                assertThat(start(named, tells(clerk -> clerk.ignore()))).isEqualTo(Start.ignored());
                assertGone();
                assertThat(
                                start(
                                        named,
                                        tells(_ -> {
                                            throw exit("exit");
                                        })))
                        .isEqualTo(Start.failed("exit"));
                assertGone();
            }
            refuteReceive(Object.class);
        }

        private static Clerk tells(Clerk.Opening opening) {
            return Clerk.opening(clerk -> {
                send(clerk.boss(), self());
                return opening.open(clerk);
            });
        }

        private static void assertGone() {
            assertThat(isAlive(assertReceive(Pid.class))).isFalse();
            assertThat(whereis("clerk")).isEmpty();
        }

        @Scenario
        @Otp("G-06")
        @Otp("G-08")
        void hasFreedANameOfARegistrarToo() {
            Name name = Name.via(new Desks(), "front");
            StartOptions named = StartOptions.named(name);
            trapExits(true);
            for (int i = 0; i < 3; i++) {
                assertThat(start(named, Clerk.opening(clerk -> clerk.stop("stop"))))
                        .isEqualTo(Start.failed("stop"));
                assertThat(start(named, Clerk.opening(clerk -> clerk.ignore())))
                        .isEqualTo(Start.ignored());
                assertThat(
                                start(
                                        named,
                                        Clerk.opening(_ -> {
                                            throw exit("exit");
                                        })))
                        .isEqualTo(Start.failed("exit"));
            }
            Pid server = GenServer.start(named, Clerk.plain());
            assertThat(GenServer.whereis(name)).contains(server);
        }

        @Scenario(seeds = 200)
        @Otp("G-07")
        @Otp("Y-01")
        void byTimeLimitKillsTheProcessAndLeavesNoMessage() {
            Pid boss = self();
            for (boolean traps : new boolean[] {true, false}) {
                trapExits(traps);
                Start late =
                        start(
                                StartOptions.named("late").within(ofMillis(2)),
                                Clerk.opening(clerk -> {
                                    send(boss, self());
                                    sleepForever();
                                    return clerk.ok("never");
                                }));
                assertThat(late).isEqualTo(Start.failed(ExitReason.TIMEOUT));
                assertThat(isAlive(assertReceive(Pid.class))).isFalse();
                assertThat(whereis("late")).isEmpty();
                assertThat(info(self()).orElseThrow().links()).isEmpty();
                refuteReceive(Object.class);
            }
        }

        @Scenario(outcomes = {"in time", "too late"})
        @Otp("G-07")
        void byTimeLimitAtTheLastMomentIsOneOrTheOther() {
            trapExits(true);
            Start start =
                    start(
                            StartOptions.options().within(ofMillis(1).plusNanos(5_000)),
                            Clerk.opening(clerk -> {
                                sleep(ofMillis(1));
                                return clerk.ok("just so");
                            }));
            switch (start) {
                case Start.Started(var pid, _) -> {
                    observe("in time");
                    assertThat(call(pid, Clerk.state())).isEqualTo("just so");
                    assertThat(info(self()).orElseThrow().links()).containsExactly(pid);
                }
                default -> {
                    observe("too late");
                    assertThat(start).isEqualTo(Start.failed(ExitReason.TIMEOUT));
                    assertThat(info(self()).orElseThrow().links()).isEmpty();
                }
            }
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 50)
        @Otp("G-07")
        void wantsATimeLimitOfMoreThanZero() {
            assertThatThrownBy(() -> StartOptions.options().within(ofMillis(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a time limit of more than zero, got: PT0S");
        }
    }

    @Nested
    @Otp("G-08")
    class AName {
        @Scenario
        void isTakenBeforeInitAndNotTwice() {
            Pid boss = self();
            Pid server =
                    GenServer.startLink(
                            "clerk",
                            Clerk.opening(clerk -> {
                                send(boss, whereis("clerk"));
                                return clerk.ok("first");
                            }));
            assertReceive(Optional.of(server));
            Start second =
                    start(
                            StartOptions.named("clerk"),
                            Clerk.opening(clerk -> {
                                send(boss, "init of the second");
                                return clerk.ok("second");
                            }));
            assertThat(second).isEqualTo(new Start.AlreadyStarted(server));
            assertThatThrownBy(() -> GenServer.startLink("clerk", Clerk.plain()))
                    .isInstanceOf(StartException.class)
                    .hasMessage("expected a free name, it belongs to " + server);
            assertThat(call("clerk", Clerk.state())).isEqualTo("first");
            refuteReceive(Object.class);
        }

        /// Of many who start it at once one does, and the others learn which.
        @Scenario
        void isGivenToOneOnly() {
            Pid boss = self();
            for (int i = 0; i < 3; i++) {
                spawn(() -> {
                    send(boss, start(StartOptions.named("clerk"), new Clerk(boss, c -> c.ok("a"))));
                    sleepForever();
                });
            }
            int started = 0;
            for (int i = 0; i < 3; i++) {
                Start start = assertReceive(Start.class);
                Pid holder = whereis("clerk").orElseThrow();
                if (start instanceof Start.Started) started++;
                assertThat(start).isIn(Start.started(holder), new Start.AlreadyStarted(holder));
            }
            assertThat(started).isEqualTo(1);
        }

        @Scenario(seeds = 50)
        void mayBeKeptByARegistrar() {
            Name name = Name.via(new Desks(), "front");
            Pid server = GenServer.startLink(name, Clerk.plain());
            assertThat(call(name, Clerk.state())).isEqualTo("state");
            assertThat(start(StartOptions.named(name), Clerk.plain()))
                    .isEqualTo(new Start.AlreadyStarted(server));
        }

        @Scenario(seeds = 50)
        void whoseRegistrarFailsFailsTheStart() {
            trapExits(true);
            assertCrashed(
                    start(StartOptions.named(Name.via(new BrokenRegistrar(), 1)), Clerk.plain()),
                    "the registrar is broken");
        }

        @Scenario(seeds = 50)
        void ofAnotherNodeIsRefused() {
            assertThatThrownBy(() -> StartOptions.named(Name.on(node().id(), "clerk")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a name that is local or kept by a registrar");
        }
    }

    /// Keeps names of one test.
    record Desks(ConcurrentNames names) implements Name.Registrar {
        Desks() {
            this(new ConcurrentNames());
        }

        @Override
        public boolean registerName(Object key, Pid pid) {
            return names.map.putIfAbsent(key, pid) == null;
        }

        @Override
        public void unregisterName(Object key) {
            names.map.remove(key);
        }

        @Override
        public Optional<Pid> whereisName(Object key) {
            return Optional.ofNullable(names.map.get(key));
        }
    }

    static final class ConcurrentNames {
        private final ConcurrentMap<Object, Pid> map = new ConcurrentHashMap<>();
    }

    record BrokenRegistrar() implements Name.Registrar {
        @Override
        public boolean registerName(Object key, Pid pid) {
            throw new IllegalStateException("the registrar is broken");
        }

        @Override
        public void unregisterName(Object key) {}

        @Override
        public Optional<Pid> whereisName(Object key) {
            return Optional.empty();
        }
    }

    @Nested
    @Otp("G-32")
    class AServer {
        @Scenario(seeds = 50)
        void remembersItsAncestorsAndItsFirstCall() {
            Pid boss = self();
            Pid outer =
                    GenServer.startLink(
                            Clerk.opening(clerk ->
                                    clerk.ok(
                                            GenServer.startLink(
                                                    new Clerk(boss, c -> c.ok("inner"))))));
            Pid inner = (Pid) call(outer, Clerk.state());
            assertThat(Sys.getStatus(inner).ancestors()).containsExactly(outer, boss);
            awaitWaiting(inner);
            assertThat(info(inner).orElseThrow().initialCall())
                    .isEqualTo(Clerk.class.getName() + ".init");
        }
    }

    @Nested
    @Otp("G-32")
    class EnteringTheLoop {
        @Scenario
        void makesAServerOfAPlainProcess() {
            Pid boss = self();
            Pid plain =
                    spawn(() -> {
                        String word = receive(String.class);
                        GenServer.enterLoop(new Clerk(boss, c -> c.ok("unused")), word + "!");
                        send(boss, "never");
                    });
            send(plain, "kept");
            assertThat(call(plain, Clerk.state())).isEqualTo("kept!");
            send(plain, 42);
            assertReceive(new Informed(42, "kept!"));
            GenServer.stop(plain);
            assertReceive(new Terminated(NORMAL, "kept!"));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("G-24")
        void whoeverSpawnedItIsItsParent() {
            Pid boss = self();
            Pid spawner =
                    spawn(() -> {
                        spawnLink(() -> {
                            trapExits(true);
                            send(boss, self());
                            GenServer.enterLoop(new Clerk(boss, c -> c.ok("unused")), "state");
                        });
                        receive(Go.class);
                        exit("parent");
                    });
            Pid server = assertReceive(Pid.class);
            call(server, Clerk.state());
            send(spawner, new Go());
            assertReceive(new Terminated(custom("parent"), "state"));
        }

        @Scenario(seeds = 20, runs = 5, simulated = false)
        void isNotForGuests() throws Exception {
            Node node = node();
            String[] message = new String[1];
            Thread thread =
                    new Thread(() -> {
                        try (Guest _ = node.guest()) {
                            GenServer.enterLoop(Clerk.plain(), "state");
                        } catch (Exception refused) {
                            message[0] = refused.getMessage();
                        }
                    });
            thread.start();
            thread.join();
            assertThat(message[0]).startsWith("expected a process that was started by spawn");
        }
    }

    @Nested
    @Otp("G-33")
    @Otp("EX-02")
    class AChildSpec {
        @Scenario(seeds = 20, runs = 2)
        void isMadeByTheServer() throws Exception {
            ChildSpec spec = Clerk.plain().childSpec();
            assertThat(spec.id()).isEqualTo(Clerk.class.getName());
            assertThat(spec.restart()).isEqualTo(ChildSpec.Restart.PERMANENT);
            assertThat(spec.shutdown()).isEqualTo(new ChildSpec.Shutdown.Within(ofSeconds(5)));
            assertThat(spec.type()).isEqualTo(ChildSpec.Type.WORKER);
            assertThat(spec.significant()).isFalse();
            Pid server = pidOf(spec.start().start());
            assertThat(info(self()).orElseThrow().links()).containsExactly(server);
            assertThat(info(server).orElseThrow().name()).isEmpty();
        }

        @Scenario(seeds = 20, runs = 2)
        void withANameStartsUnderIt() throws Exception {
            ChildSpec spec = Supervisor.worker("clerk", Clerk.plain());
            assertThat(spec.id()).isEqualTo("clerk");
            Pid server = pidOf(spec.start().start());
            assertThat(whereis("clerk")).contains(server);
            assertThat(spec.start().start()).isEqualTo(new Start.AlreadyStarted(server));
        }

        @Scenario(seeds = 20, runs = 2)
        void canBeChanged() {
            ChildSpec spec =
                    Clerk.plain()
                            .childSpec()
                            .id(7)
                            .restart(ChildSpec.Restart.TRANSIENT)
                            .shutdown(new ChildSpec.Shutdown.BrutalKill())
                            .asSignificant();
            assertThat(spec.id()).isEqualTo(7);
            assertThat(spec.restart()).isEqualTo(ChildSpec.Restart.TRANSIENT);
            assertThat(spec.shutdown()).isEqualTo(new ChildSpec.Shutdown.BrutalKill());
            assertThat(spec.significant()).isTrue();
        }

        /// What is given as a function is taken for the function that starts it.
        @Scenario(seeds = 20, runs = 2)
        void takesAFunction() {
            ChildSpec one = ChildSpec.worker("clerk", () -> Start.started(idle()));
            ChildSpec other = ChildSpec.worker("clerk", Start::ignored);
            assertThat(one.id()).isEqualTo(other.id());
        }
    }

    /// The reasons of the link and of the start are not told twice, and a caller who is killed leaves no server.
    @Scenario
    @Otp("G-05")
    @Otp("Y-01")
    void aLinkedCallerWhoIsKilledWhileItStartsTakesTheServerAlong() {
        Pid boss = self();
        Pid caller =
                spawn(() ->
                        GenServer.startLink(
                                new Clerk(
                                        boss,
                                        clerk -> {
                                            send(boss, self());
                                            sleepForever();
                                            return clerk.ok("never");
                                        })));
        Pid server = assertReceive(Pid.class);
        exit(caller, KILL);
        assertThat(awaitDown(server)).isIn(ExitReason.KILLED, ExitReason.NOPROC);
        refuteReceive(Object.class);
    }

    @Scenario(seeds = 50)
    @Otp("G-01")
    void anExitOfAStartedServerIsToldToWhoTraps() {
        trapExits(true);
        Pid server = GenServer.startLink(Clerk.plain());
        exit(server, "enough");
        assertReceive(new Exit(server, custom("enough")));
        assertThatThrownBy(() -> call(server, Clerk.state())).isInstanceOf(ExitException.class);
    }
}
