package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.conformance.Clerk.Ask;
import dev.bureau.conformance.Clerk.Informed;
import dev.bureau.conformance.Clerk.Order;
import dev.bureau.conformance.Clerk.Terminated;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Agent;
import dev.bureau.otp.CallbackFailedException;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DebugOptions;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.IdleTimeout;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.PartitionSupervisor;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.otp.Sys.Event;
import dev.bureau.otp.Sys.Switch;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/// Looking into servers and steering them: OTP's items Y-03 to Y-09, as far as they concern a GenServer.
@Otp("Y-09")
class SysTest {
    /// Has a second version of its state, and shows less than it has.
    record Versioned() implements GenServer<String, Ask<?>, Cast> {
        @Override
        public Init<String> init() {
            return ok("secret");
        }

        @Override
        public Next<String> handleInfo(Object message, String state) {
            return noReply(state);
        }

        @Override
        public Object formatStatus(String state) {
            if (state.equals("broken")) throw new IllegalStateException("no status");
            return "hidden";
        }

        @Override
        public String changeCode(Object oldVersion, String state, Object extra) {
            if (oldVersion.equals(0)) throw new IllegalStateException("too old");
            return state + " from " + oldVersion + " with " + extra;
        }
    }

    private static Ask<String> set(String next) {
        return new Ask<>((clerk, ask, _, _) -> clerk.reply(ask, "was set", next));
    }

    @Nested
    @Otp("Y-03")
    class TheState {
        @Scenario(seeds = 100)
        void canBeReadAndReplaced() {
            GenServer.startLink("clerk", Clerk.plain());
            Pid server = whereis("clerk").orElseThrow();
            assertThat(Sys.getState(server)).isEqualTo("state");
            assertThat(Sys.getState("clerk")).isEqualTo("state");
            assertThat(Sys.replaceState(server, state -> state + "!")).isEqualTo("state!");
            assertThat(call(server, Clerk.state())).isEqualTo("state!");
            Sys.suspend(server);
            assertThat(Sys.getState(server)).isEqualTo("state!");
            assertThat(Sys.replaceState(server, state -> state + "!")).isEqualTo("state!!");
            Sys.resume(server);
            assertThat(call(server, Clerk.state())).isEqualTo("state!!");
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        void staysWhatItWasWhenTheFunctionFails() {
            Pid server = GenServer.start(Clerk.plain());
            assertThatThrownBy(() ->
                            Sys.replaceState(
                                    server,
                                    _ -> {
                                        throw new IllegalStateException("no");
                                    }))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasMessage("java.lang.IllegalStateException: no");
            assertThatThrownBy(() -> Sys.replaceState(server, _ -> nothing()))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasMessageContaining(Clerk.class.getName() + " is null");
            assertThatThrownBy(() ->
                            Sys.replaceState(
                                    server,
                                    _ -> {
                                        throw new OutOfMemoryError("so it says");
                                    }))
                    .isInstanceOf(CallbackFailedException.class);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
        }

        @SuppressWarnings("NullAway")
        private static Object nothing() {
            return null;
        }

        /// What is mutable is copied: nobody looks into a server's memory.
        @Scenario(seeds = 100)
        void isACopy() {
            Pid server =
                    GenServer.start(
                            Clerk.opening(clerk -> clerk.ok(new ArrayList<>(List.of("mine")))));
            @SuppressWarnings("unchecked")
            List<String> seen = (List<String>) Sys.getState(server);
            seen.add("not kept");
            assertThat(Sys.getState(server)).isEqualTo(List.of("mine"));
        }

        @Scenario(seeds = 100)
        void thatCannotBeCopiedIsRefusedAndTheServerGoesOn() {
            record Dice(Random random) {}
            Pid server = GenServer.start(Clerk.opening(clerk -> clerk.ok(new Dice(new Random()))));
            assertThatThrownBy(() -> Sys.getState(server))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be copied")
                    .hasMessageContaining("Dice.random");
            assertThat(Sys.getStatus(server).state().toString()).startsWith("Dice[random=");
            assertThat(isAlive(server)).isTrue();
        }
    }

    @Nested
    @Otp("Y-04")
    class ASuspension {
        @Scenario
        void letsMessagesWaitInTheirOrder() {
            Pid server = GenServer.start(Clerk.plain());
            Sys.suspend(server);
            send(server, "one");
            cast(server, new Order((clerk, state) -> clerk.noReply(state + "+")));
            send(server, "two");
            ExitException thrown =
                    catchThrowableOfType(
                            ExitException.class, () -> call(server, Clerk.state(), ofMillis(1)));
            assertThat(((CallFailed) thrown.reason()).reason()).isEqualTo(ExitReason.TIMEOUT);
            assertThat(Sys.getStatus(server).mode()).isEqualTo(Sys.Mode.SUSPENDED);
            refuteReceive(Object.class);
            Sys.resume(server);
            assertReceive(new Informed("one", "state"));
            assertReceive(new Informed("two", "state+"));
            assertThat(Sys.getStatus(server).mode()).isEqualTo(Sys.Mode.RUNNING);
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        void letsTimersRunOn() {
            Pid server = GenServer.start(Clerk.plain());
            Sys.suspend(server);
            Ref timer = sendAfter(server, "timer", ofMillis(1));
            eventually(() -> readTimer(timer).isEmpty());
            refuteReceive(Object.class);
            Sys.resume(server);
            assertReceive(new Informed("timer", "state"));
        }

        @Scenario(seeds = 100)
        void mayBeAskedForTwiceAndEndedOnce() {
            Pid server = GenServer.start(Clerk.plain());
            Sys.suspend(server);
            Sys.suspend(server);
            Sys.resume(server);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            Sys.resume(server);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
        }
    }

    @Nested
    @Otp("Y-05")
    class TheStatus {
        @Scenario(seeds = 100)
        void tellsAllThereIs() {
            Pid server = GenServer.startLink(new Versioned());
            Sys.Status status = Sys.getStatus(server);
            assertThat(status)
                    .isEqualTo(
                            new Sys.Status(
                                    server,
                                    Versioned.class.getName(),
                                    Sys.Mode.RUNNING,
                                    self(),
                                    List.of(self()),
                                    Map.of(),
                                    "hidden",
                                    false,
                                    false,
                                    List.of()));
            Pid orphan = GenServer.start(new Versioned());
            Sys.log(orphan, 2);
            Sys.statistics(orphan, Sys.Switch.ON);
            send(orphan, "message");
            Sys.Status other = Sys.getStatus(orphan);
            assertThat(other.parent()).isNull();
            assertThat(other.statistics()).isTrue();
            assertThat(other.log())
                    .containsExactly(new Event.In("message"), new Event.Handled("hidden"));
        }

        @Scenario(seeds = 100)
        void tellsAlsoWhenItsFormattingFails() {
            Pid server = GenServer.start(new Versioned());
            Sys.replaceState(server, _ -> "broken");
            assertThat(Sys.getStatus(server).state())
                    .isEqualTo("(formatStatus failed: java.lang.IllegalStateException: no status)");
        }

        @Scenario(seeds = 100)
        void changesWithTheCodeOfASuspendedServerOnly() {
            Pid server = GenServer.start(new Versioned());
            assertThatThrownBy(() -> Sys.changeCode(server, 1, "extra"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected a suspended process; suspend it first");
            Sys.suspend(server);
            assertThatThrownBy(() -> Sys.changeCode(server, 0, "extra"))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasMessageContaining("too old");
            assertThat(Sys.getState(server)).isEqualTo("secret");
            Sys.changeCode(server, 1, "extra");
            Sys.resume(server);
            assertThat(Sys.getState(server)).isEqualTo("secret from 1 with extra");
        }
    }

    @Nested
    @Otp("Y-06")
    class Statistics {
        @Scenario(seeds = 100)
        void countFromWhenTheyAreSwitchedOn() {
            Pid server = GenServer.start(Clerk.plain());
            call(server, Clerk.state());
            Sys.statistics(server, Sys.Switch.ON);
            call(server, Clerk.state());
            send(server, "info");
            Sys.Statistics counted = Sys.statistics(server);
            assertThat(counted.messagesIn()).isEqualTo(2);
            assertThat(counted.messagesOut()).isEqualTo(1);
            assertThat(counted.now()).isAfterOrEqualTo(counted.since());
            assertThat(counted.cpuTime()).isGreaterThanOrEqualTo(ofMillis(0));
            Sys.statistics(server, Sys.Switch.OFF);
            assertThatThrownBy(() -> Sys.statistics(server))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected statistics to be on; switch them on first");
        }
    }

    @Nested
    @Otp("Y-07")
    class Events {
        @Scenario(seeds = 100)
        void areKeptTheLastTenUnlessSaidOtherwise() {
            Pid server = GenServer.start(Clerk.plain());
            Sys.log(server, Sys.Switch.ON);
            for (int i = 0; i < 8; i++) send(server, i);
            List<Event> kept = Sys.log(server);
            assertThat(kept).hasSize(10);
            assertThat(kept.getFirst()).isEqualTo(new Event.In(3));
            assertThat(kept.getLast()).isEqualTo(new Event.Handled("state"));
            Sys.log(server, 3);
            call(server, set("other"));
            assertThat(Sys.log(server)).hasSize(3);
            assertThat(Sys.log(server).subList(1, 3))
                    .containsExactly(new Event.Out("was set", self()), new Event.Handled("other"));
            Sys.log(server, Sys.Switch.OFF);
            assertThat(Sys.log(server)).isEmpty();
            assertThatThrownBy(() -> Sys.log(server, -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected how many events to keep, zero or more, got: -1");
        }

        @Scenario(seeds = 50)
        void haveTheIdleTimeoutAsTheServerGetsIt() {
            Pid server = GenServer.start(Clerk.plain());
            Order waits =
                    new Order((clerk, state) ->
                            clerk.noReply(state, clerk.timeout(Duration.ofMillis(1))));
            Sys.log(server, 4);
            Sys.statistics(server, Sys.Switch.ON);
            cast(server, waits);
            assertReceive(Informed.class);
            assertThat(Sys.log(server))
                    .containsExactly(
                            new Event.In(waits),
                            new Event.Handled("state"),
                            new Event.In(new IdleTimeout()),
                            new Event.Handled("state"));
            assertThat(Sys.statistics(server).messagesIn()).isEqualTo(2);
        }

        record Secret(String word) implements Call<String>, Cast {}

        /// Keeps what it is told to itself.
        record Discreet() implements GenServer<String, Secret, Secret> {
            @Override
            public Init<String> init() {
                return ok("none");
            }

            @Override
            public Next<String> handleCast(Secret told, String before) {
                return noReply(told.word());
            }

            @Override
            public Next<String> handleCall(Secret told, From<?> from, String before) {
                return reply(told, told.word(), told.word());
            }

            @Override
            public Object formatMessage(Object message) {
                return message instanceof Secret || message instanceof String ? "..." : message;
            }

            @Override
            public Object formatStatus(String state) {
                return "...";
            }
        }

        /// As in reports.
        @Scenario(seeds = 100)
        void showWhatMayBeShown() {
            Pid server = GenServer.start(new Discreet());
            Sys.log(server, Sys.Switch.ON);
            cast(server, new Secret("sesame"));
            assertThat(call(server, new Secret("abracadabra"))).isEqualTo("abracadabra");
            List<Event> shown =
                    List.of(
                            new Event.In("..."),
                            new Event.Handled("..."),
                            new Event.In("..."),
                            new Event.Out("...", self()),
                            new Event.Handled("..."));
            assertThat(Sys.log(server)).isEqualTo(shown);
            assertThat(Sys.getStatus(server).log()).isEqualTo(shown);
        }

        /// The same of a handler.
        record Mute() implements EventHandler<String, Secret> {
            @Override
            public String init() {
                return "none";
            }

            @Override
            public Reaction<String> handle(Secret told, String before) {
                return keep(told.word());
            }

            @Override
            public Reaction<String> handleCall(Call<?> request, String before) {
                return request instanceof Secret told
                        ? reply(told, told.word(), told.word())
                        : unexpected(request);
            }

            @Override
            public Object formatMessage(Object message) {
                return message instanceof Secret || message instanceof String ? "..." : message;
            }

            @Override
            public Object formatStatus(String state) {
                return "...";
            }
        }

        @Scenario(seeds = 100)
        void showOfAManagerWhatItsHandlersLetBeSeen() {
            Pid manager = EventManager.start();
            EventManager.add(manager, new Mute());
            Sys.log(manager, Sys.Switch.ON);
            EventManager.notify(manager, new Secret("sesame"));
            EventManager.syncNotify(manager, new Secret("sesame"));
            assertThat(EventManager.call(manager, Mute.class, new Secret("abracadabra")))
                    .isEqualTo("abracadabra");
            assertThat(Sys.log(manager))
                    .hasSizeGreaterThan(5)
                    .noneMatch(event -> event.toString().contains("sesame"))
                    .noneMatch(event -> event.toString().contains("abracadabra"))
                    .contains(new Event.In("..."));
        }

        /// An event is what it was, whatever the server does to its state afterwards.
        @Scenario(seeds = 100)
        void areSnapshots() {
            Pid server =
                    GenServer.start(
                            Clerk.opening(clerk -> clerk.ok(new ArrayList<>(List.of("a")))));
            Sys.log(server, Sys.Switch.ON);
            Order adds =
                    new Order((clerk, state) -> {
                        @SuppressWarnings("unchecked")
                        List<String> words = (List<String>) state;
                        words.add("b");
                        return clerk.noReply(state);
                    });
            cast(server, adds);
            cast(server, adds);
            assertThat(Sys.log(server))
                    .containsExactly(
                            new Event.In(adds),
                            new Event.Handled(List.of("a", "b")),
                            new Event.In(adds),
                            new Event.Handled(List.of("a", "b", "b")));
        }

        @Scenario(seeds = 100)
        void areShownToAProbeUntilItHasSeenEnough() {
            Pid boss = self();
            Pid server = GenServer.start(Clerk.plain());
            Sys.Probe<Integer> probe =
                    (seen, event) -> {
                        send(boss, event);
                        int count = seen == null ? 1 : seen + 1;
                        return count < 4 ? count : null;
                    };
            Sys.install(server, "probe", probe);
            Sys.install(
                    server,
                    "probe",
                    (_, _) -> {
                        throw new IllegalStateException("is not installed twice");
                    });
            call(server, set("one"));
            call(server, set("two"));
            assertReceive(Event.In.class);
            assertReceive(new Event.Out("was set", boss));
            assertReceive(new Event.Handled("one"));
            assertReceive(Event.In.class);
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        void areShownToAProbeUntilItFailsOrIsRemoved() {
            Pid boss = self();
            Pid server = GenServer.start(Clerk.plain());
            Sys.install(
                    server,
                    "failing",
                    (_, event) -> {
                        send(boss, "failing saw " + event.getClass().getSimpleName());
                        throw new IllegalStateException("broken");
                    });
            Sys.install(
                    server,
                    "removed",
                    (_, event) -> {
                        send(boss, "removed saw " + event.getClass().getSimpleName());
                        return "more";
                    });
            cast(server, new Order((clerk, state) -> clerk.noReply(state)));
            assertReceive("failing saw In");
            assertReceive("removed saw In");
            assertReceive("removed saw Handled");
            Sys.remove(server, "removed");
            Sys.remove(server, "never was there");
            call(server, Clerk.state());
            refuteReceive(Object.class);
        }

        @Scenario(simulated = false, runs = 1)
        void arePrintedWhileTheyAreTraced() {
            PrintStream before = System.out;
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            Pid server = GenServer.start(Clerk.plain());
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            try {
                Sys.trace(server, Sys.Switch.ON);
                send(server, "hello");
                assertReceive(new Informed("hello", "state"));
                Sys.trace(server, Sys.Switch.OFF);
                send(server, "not printed");
                assertReceive(new Informed("not printed", "state"));
                Sys.getState(server);
            } finally {
                System.setOut(before);
            }
            assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "*DBG* " + Clerk.class.getName() + " " + server + " got hello",
                            "*DBG* " + Clerk.class.getName() + " " + server + " new state state");
        }
    }

    @Nested
    class FromTheStart {
        record Switched() implements StateMachine<String, String> {
            @Override
            public Step.First<String> init() {
                return to("off");
            }

            @Override
            public Step<String> handle(String state, String event) {
                return to(event);
            }
        }

        /// One of each kind that takes options.
        private static List<Function<StartOptions, Pid>> kinds() {
            return List.of(
                    options -> GenServer.startLink(options, Clerk.plain()),
                    options -> StateMachine.startLink(options, new Switched()),
                    EventManager::startLink,
                    options -> Agent.startLink(options, () -> 0).pid().orElseThrow(),
                    options -> Supervisor.startLink(options, Supervisor.ONE_FOR_ONE),
                    options -> DynamicSupervisor.startLink(options, DynamicSupervisor.flags()),
                    options ->
                            PartitionSupervisor.startLink(
                                    options,
                                    Supervisor.ONE_FOR_ONE,
                                    1,
                                    _ -> Clerk.plain().childSpec()));
        }

        @Scenario(seeds = 50)
        @Otp("Y-06")
        @Otp("Y-07")
        void eachKindIsSeenFromItsFirstMessage() throws Exception {
            Pid boss = self();
            for (Function<StartOptions, Pid> kind : kinds()) {
                Pid server =
                        kind.apply(
                                StartOptions.named("seen")
                                        .debug(
                                                DebugOptions.options()
                                                        .log(1)
                                                        .statistics()
                                                        .install(
                                                                "probe",
                                                                (_, event) -> send(boss, event))));
                Sys.Status status = Sys.getStatus(server);
                assertThat(status.statistics()).isTrue();
                assertThat(status.tracing()).isFalse();
                List<String> unexpected =
                        captureLog(() -> {
                            send(server, "hello");
                            assertReceive(
                                    Event.class, event -> event.equals(new Event.In("hello")));
                            assertReceive(Event.class, event -> event instanceof Event.Handled);
                            Sys.getState(server);
                        });
                assertThat(unexpected.size()).isLessThanOrEqualTo(1);
                assertThat(Sys.log(server)).hasSize(1).first().isInstanceOf(Event.Handled.class);
                assertThat(Sys.statistics(server).messagesIn()).isEqualTo(1);
                poll(Informed.class);
                Sys.terminate(server, NORMAL);
                poll(Terminated.class);
                poll(Terminated.class);
            }
        }

        @Scenario(seeds = 50)
        @Otp("Y-07")
        void itIsSwitchedOnAgainWithEachRestart() {
            StartOptions options = StartOptions.named("clerk").debug(DebugOptions.options().log());
            Supervisor.startLink(
                    Supervisor.ONE_FOR_ONE,
                    ChildSpec.worker("clerk", GenServer.starter(options, Clerk.plain())));
            for (int i = 0; i < 2; i++) {
                for (int n = 0; n < 6; n++) call("clerk", Clerk.state());
                assertThat(Sys.log("clerk")).hasSize(10);
                Pid clerk = whereis("clerk").orElseThrow();
                exit(clerk, KILL);
                eventually(() -> whereis("clerk").filter(next -> !next.equals(clerk)).isPresent());
            }
            Sys.log("clerk", Switch.OFF);
            call("clerk", Clerk.state());
            assertThat(Sys.log("clerk")).isEmpty();
        }

        @Scenario(runs = 1)
        @Otp("Y-07")
        void aProbeIsNotReplacedAndAMistakeIsRefused() {
            Sys.Probe<String> first = (_, _) -> null;
            DebugOptions options =
                    DebugOptions.options().install("id", first).install("id", (_, _) -> null);
            assertThat(options.probes()).containsExactly(Map.entry("id", first));
            assertThatThrownBy(() -> DebugOptions.options().log(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected how many events to keep, zero or more, got: -1");
        }
    }

    @Nested
    @Otp("Y-08")
    class AQuestion {
        @Scenario(seeds = 100)
        void toNobodySaysWhatWasAsked() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            for (var nobody : List.of(dead, Name.local("nobody"))) {
                ExitException thrown =
                        catchThrowableOfType(ExitException.class, () -> Sys.getState(nobody));
                CallFailed failed = (CallFailed) thrown.reason();
                assertThat(failed.reason()).isEqualTo(ExitReason.NOPROC);
                assertThat(failed.server()).isEqualTo(nobody);
                assertThat(failed.timeout()).isEqualTo(ofSeconds(5));
                assertThat(ExitReason.format(failed))
                        .startsWith("exited in: call(" + nobody + ", GetState[], 5000 ms)");
            }
        }

        @Scenario(
                carriers = {},
                seeds = 50)
        void isGivenUpAfterFiveSeconds() {
            Pid busy = Staff.idle();
            ExitException thrown =
                    catchThrowableOfType(ExitException.class, () -> Sys.getState(busy));
            assertThat(((CallFailed) thrown.reason()).reason()).isEqualTo(ExitReason.TIMEOUT);
            refuteReceive(Object.class);
        }

        /// All there are, with this time limit; what belongs together in its order.
        private static Map<String, Runnable> all(Pid server, @Nullable Duration limit) {
            Map<String, Runnable> all = new LinkedHashMap<>();
            all.put("GetState", () -> Sys.getState(server, limit));
            all.put("ReplaceState", () -> Sys.replaceState(server, state -> state, limit));
            all.put("GetStatus", () -> Sys.getStatus(server, limit));
            all.put("Suspend", () -> Sys.suspend(server, limit));
            all.put("ChangeCode", () -> Sys.changeCode(server, 1, 2, limit));
            all.put("Resume", () -> Sys.resume(server, limit));
            all.put("Statistics[to=ON", () -> Sys.statistics(server, Switch.ON, limit));
            all.put("Statistics[to=null", () -> Sys.statistics(server, limit));
            all.put("Trace", () -> Sys.trace(server, Switch.OFF, limit));
            all.put("Log[size=3", () -> Sys.log(server, 3, limit));
            all.put("Log[size=10", () -> Sys.log(server, Switch.ON, limit));
            all.put("Log[size=null", () -> Sys.log(server, limit));
            all.put("Install", () -> Sys.install(server, "id", (_, _) -> null, limit));
            all.put("Remove", () -> Sys.remove(server, "id", limit));
            all.put("Terminate", () -> Sys.terminate(server, NORMAL, limit));
            return all;
        }

        @Scenario(seeds = 50)
        void isGivenUpWhenTheTimeLimitIsOver() {
            Pid busy = Staff.idle();
            all(busy, ofMillis(1))
                    .forEach((asked, function) -> {
                        ExitException thrown =
                                catchThrowableOfType(ExitException.class, function::run);
                        CallFailed failed = (CallFailed) thrown.reason();
                        assertThat(failed.reason()).isEqualTo(ExitReason.TIMEOUT);
                        assertThat(failed.timeout()).isEqualTo(ofMillis(1));
                        assertThat(failed.request().toString()).startsWith(asked);
                    });
            refuteReceive(Object.class);
        }

        @Scenario(
                carriers = {},
                seeds = 50)
        void waitsAsLongAsItTakesIfToldTo() {
            Pid server = GenServer.start(Clerk.plain());
            Order sleeps =
                    new Order((clerk, state) -> {
                        sleep(ofSeconds(60));
                        return clerk.noReply(state);
                    });
            all(server, null)
                    .forEach((asked, function) -> {
                        cast(server, sleeps);
                        Duration before = now();
                        function.run();
                        // While it is suspended it answers at once.
                        boolean suspended = List.of("ChangeCode", "Resume").contains(asked);
                        assertThat(now().minus(before).toSeconds() >= 60).isNotEqualTo(suspended);
                    });
            assertThat(isAlive(server)).isFalse();
        }

        @Scenario
        void canEndTheServer() {
            Pid server = GenServer.start(Clerk.plain());
            Ref monitor = monitor(server);
            Sys.terminate(server, "enough");
            assertReceive(new Terminated(custom("enough"), "state"));
            assertThat(awaitDown(monitor)).isEqualTo(custom("enough"));
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 50)
        void isAnsweredBeforeWhatComesLater() {
            Pid server = GenServer.start(StartOptions.named("clerk"), Clerk.plain());
            send(server, "before");
            assertThat(Sys.getState("clerk")).isEqualTo("state");
            assertThat(poll(Informed.class)).contains(new Informed("before", "state"));
        }
    }
}
