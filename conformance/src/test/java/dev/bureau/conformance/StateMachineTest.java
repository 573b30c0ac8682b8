package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.Action;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;

/// State machines: OTP's items SM-01 to SM-12.
class StateMachineTest {
    sealed interface Event {
        String name();
    }

    /// Sent by others.
    record Do(String name) implements Event, Cast {}

    record Ask(String name) implements Event, Call<String> {}

    /// A call that holds its reply address.
    record Need(String name, From<String> from) implements Event {}

    /// What the machine makes itself, or the runtime.
    record On(String name) implements Event {}

    record Stranger() implements Call<String>, Cast {}

    interface First extends Function<Machine, Step.First<String>> {}

    interface Rules {
        Step<String> step(Machine it, String state, Event event) throws Exception;
    }

    interface Entering {
        Step<String> enter(Machine it, String from, String state);
    }

    /// Does what the test says, and tells it all that happens. A state is a name, with data behind a colon.
    record Machine(Pid boss, First first, Rules rules, Entering entering)
            implements StateMachine<String, Event> {
        @Override
        public Step.First<String> init() {
            return first.apply(this);
        }

        @Override
        public Step<String> handle(String state, Event event) throws Exception {
            send(boss, event.name() + " in " + state);
            return rules.step(this, state, event);
        }

        @Override
        public Step<String> handleInfo(String state, Object message) {
            send(boss, "info " + message + " in " + state);
            return stay();
        }

        @Override
        public Step<String> enter(String from, String state) {
            send(boss, "enter " + state + " from " + from);
            return entering.enter(this, from, state);
        }

        @Override
        public Object phase(String state) {
            return state.split(":", -1)[0];
        }

        @Override
        public void terminate(ExitReason reason, String state) {
            send(boss, "terminate in " + state);
        }
    }

    static Pid start(First first, Rules rules) {
        return start(first, rules, (it, _, _) -> it.stay());
    }

    static Pid start(First first, Rules rules, Entering entering) {
        return StateMachine.start(new Machine(self(), first, rules, entering));
    }

    /// What has happened, in this order, and nothing else.
    static void assertTold(String... events) {
        for (String event : events) assertReceive((Object) event);
        refuteReceive(String.class);
    }

    /// Puts events into the machine's mailbox before it is up.
    static void queued(String... names) {
        for (String name : names) send(self(), new On(name));
    }

    /// Why it has ended after this.
    static ExitReason endAfter(Pid machine, Cast event) {
        Ref monitor = monitor(machine);
        cast(machine, event);
        return awaitDown(monitor);
    }

    static String failureAfter(Pid machine, Cast event) {
        return message(endAfter(machine, event));
    }

    @Nested
    class TheOrderOfEvents {
        @Scenario
        @Otp("SM-01")
        @Otp("SM-03")
        @Otp("SM-06")
        void isInsertedThenPostponedThenZeroTimeoutsThenTheMailbox() {
            start(
                    it -> {
                        queued("p1", "p2", "go", "mail");
                        return it.to("a");
                    },
                    (it, state, event) ->
                            switch (event.name()) {
                                case "p1", "p2" ->
                                        state.equals("a") ? it.stay(it.postpone()) : it.stay();
                                case "go" ->
                                        it.to(
                                                "b",
                                                it.timeout("z", Duration.ZERO, new On("zero")),
                                                it.next(new On("n1")),
                                                it.next(new On("n2")));
                                default -> it.stay();
                            });
            assertTold(
                    "enter a from a",
                    "p1 in a",
                    "p2 in a",
                    "go in a",
                    "enter b from a",
                    "n1 in b",
                    "n2 in b",
                    "p1 in b",
                    "p2 in b",
                    "zero in b",
                    "mail in b");
        }

        @Scenario
        @Otp("SM-03")
        void putsWhatAnInsertedEventInsertsBeforeTheRest() {
            start(
                    it -> it.to("a", it.next(new On("n1")), it.next(new On("n2"))),
                    (it, _, event) ->
                            event.name().equals("n1")
                                    ? it.stay(it.next(new On("m1")), it.next(new On("m2")))
                                    : it.stay());
            assertTold("enter a from a", "n1 in a", "m1 in a", "m2 in a", "n2 in a");
        }

        @Scenario
        @Otp("SM-03")
        void putsWhatTheStartInsertsBeforeTheMailbox() {
            start(
                    it -> {
                        queued("mail");
                        return it.to("a", it.next(new On("n")));
                    },
                    (it, _, _) -> it.stay());
            assertTold("enter a from a", "n in a", "mail in a");
        }

        @Scenario
        @Otp("SM-03")
        @Otp("SM-08")
        void canHaveACallInserted() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, event) ->
                                    switch (event) {
                                        case Ask ask when ask.name().equals("first") ->
                                                it.stay(it.next(it.from(ask), new Ask("second")));
                                        case Ask ask -> it.stay(it.reply(ask, ask.name()));
                                        default -> it.stay();
                                    });
            assertThat(call(machine, new Ask("first"))).isEqualTo("second");
        }
    }

    @Nested
    class APostponedEvent {
        /// Postpones what begins with p while in a state of no more than one letter.
        static Step<String> rules(Machine it, String state, Event event) {
            if (event.name().startsWith("p")) {
                return it.phase(state).equals("a") ? it.stay(it.postpone()) : it.stay();
            }
            return switch (event.name()) {
                case "change" -> it.to("b");
                case "same" -> it.to("a");
                case "data" -> it.to("a:1");
                case "repeat" -> it.repeat();
                default -> it.stay();
            };
        }

        @Scenario
        @Otp("SM-02")
        void comesAgainOnlyWhenTheStateHasChanged() {
            Pid machine = start(it -> it.to("a"), APostponedEvent::rules);
            for (String name : List.of("p", "stay", "same", "data", "repeat", "change")) {
                cast(machine, new Do(name));
            }
            assertTold(
                    "enter a from a",
                    "p in a",
                    "stay in a",
                    "same in a",
                    "data in a",
                    "repeat in a:1",
                    "enter a:1 from a:1",
                    "change in a:1",
                    "enter b from a:1",
                    "p in b");
        }

        @Scenario
        @Otp("SM-02")
        void keepsItsPlaceWhenItIsPostponedAgain() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, state, event) ->
                                    switch (event.name()) {
                                        case "go" -> it.to("b");
                                        case "p2" ->
                                                state.equals("b")
                                                        ? it.to("c")
                                                        : it.stay(it.postpone());
                                        default ->
                                                state.equals("c")
                                                        ? it.stay()
                                                        : it.stay(it.postpone());
                                    });
            for (String name : List.of("p1", "p2", "p3", "go")) cast(machine, new Do(name));
            assertTold(
                    "enter a from a",
                    "p1 in a",
                    "p2 in a",
                    "p3 in a",
                    "go in a",
                    "enter b from a",
                    "p1 in b",
                    "p2 in b",
                    "enter c from b",
                    "p1 in c",
                    "p3 in c");
        }

        @Scenario
        @Otp("SM-02")
        void comesAgainAtOnceIfItChangesTheStateItself() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, state, _) ->
                                    state.equals("a")
                                            ? it.to("b", it.postpone(), it.next(new On("n")))
                                            : it.stay());
            cast(machine, new Do("go"));
            assertTold("enter a from a", "go in a", "enter b from a", "n in b", "go in b");
        }

        @Scenario
        @Otp("SM-02")
        void canBeACallWhichIsAnsweredThen() {
            Pid boss = self();
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, state, event) ->
                                    switch (event) {
                                        case Ask _ when state.equals("a") -> it.stay(it.postpone());
                                        case Ask ask -> it.stay(it.reply(ask, "in " + state));
                                        default -> it.to("b");
                                    });
            spawn(() -> send(boss, new On(call(machine, new Ask("ask")))));
            assertReceive((Object) "enter a from a");
            assertReceive((Object) "ask in a");
            cast(machine, new Do("go"));
            assertThat(assertReceive(On.class)).isEqualTo(new On("in b"));
        }

        @Scenario
        @Otp("SM-02")
        void canBeAnInternalOneAndATimeout() {
            Pid machine =
                    start(
                            it ->
                                    it.to(
                                            "a",
                                            it.timeout("t", Duration.ZERO, new On("p2")),
                                            it.next(new On("p1"))),
                            APostponedEvent::rules);
            cast(machine, new Do("change"));
            assertTold(
                    "enter a from a",
                    "p1 in a",
                    "p2 in a",
                    "change in a",
                    "enter b from a",
                    "p1 in b",
                    "p2 in b");
        }
    }

    @Nested
    class TheStateTimeout {
        @Scenario
        @Otp("SM-04")
        void comesOnceUnlessTheStateChanges() {
            Duration before = now();
            Pid machine =
                    start(
                            it -> it.to("a", it.stateTimeout(ofMillis(3), new On("late"))),
                            (it, _, event) -> event.name().equals("same") ? it.to("a") : it.stay());
            cast(machine, new Do("same"));
            cast(machine, new Do("stay"));
            assertTold("enter a from a", "same in a", "stay in a", "late in a");
            assertThat(now().minus(before)).isGreaterThanOrEqualTo(ofMillis(3));
        }

        @Scenario
        @Otp("SM-04")
        void isCancelledByAChange() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.stateTimeout(ofMillis(1), new On("late")),
                                    it.timeout("end", ofMillis(3), new On("end")),
                                    it.next(new On("go"))),
                    (it, _, event) -> event.name().equals("go") ? it.to("b") : it.stay());
            assertTold("enter a from a", "go in a", "enter b from a", "end in b");
        }

        @Scenario
        @Otp("SM-04")
        void isCancelledEvenIfItHasRunOut() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.stateTimeout(ofMillis(1), new On("late")),
                                    it.next(new On("go"))),
                    (it, _, event) -> {
                        // Its message is in the mailbox then.
                        sleep(ofMillis(3));
                        return event.name().equals("go")
                                ? it.to("b", it.timeout("end", ofMillis(3), new On("end")))
                                : it.stay();
                    });
            assertTold("enter a from a", "go in a", "enter b from a", "end in b");
        }

        @Scenario
        @Otp("SM-04")
        void thatAChangeSetsIsOfTheNewState() {
            start(
                    it -> it.to("a", it.next(new On("go"))),
                    (it, _, event) ->
                            event.name().equals("go")
                                    ? it.to("b", it.stateTimeout(ofMillis(1), new On("late")))
                                    : it.stay());
            assertTold("enter a from a", "go in a", "enter b from a", "late in b");
        }

        @Scenario
        @Otp("SM-04")
        void isReplacedCancelledAndUpdated() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.stateTimeout(ofMillis(1), new On("first")),
                                    it.stateTimeout(ofMillis(2), new On("second"))),
                    (it, _, event) ->
                            switch (event.name()) {
                                case "second" ->
                                        it.stay(
                                                it.stateTimeout(ofMillis(1), new On("third")),
                                                it.cancelStateTimeout(),
                                                it.timeout("t", ofMillis(3), new On("fourth")));
                                case "fourth" ->
                                        it.stay(
                                                it.stateTimeout(ofMillis(1), new On("fifth")),
                                                it.updateStateTimeout(new On("updated")));
                                case "updated" -> it.stay(it.updateStateTimeout(new On("at once")));
                                default -> it.stay();
                            });
            assertTold(
                    "enter a from a", "second in a", "fourth in a", "updated in a", "at once in a");
        }

        @Scenario
        @Otp("SM-04")
        void runsOnWhenTheStateIsRepeated() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.stateTimeout(ofMillis(1), new On("late")),
                                    it.next(new On("go"))),
                    (it, _, event) -> event.name().equals("go") ? it.repeat() : it.stay());
            assertTold("enter a from a", "go in a", "enter a from a", "late in a");
        }
    }

    @Nested
    class OtherTimeouts {
        @Scenario
        @Otp("SM-05")
        void ofAnEventAreCancelledByAny() {
            for (String how : List.of("cast", "call", "send", "info", "internal", "timeout")) {
                Pid machine =
                        start(
                                it -> it.to("a"),
                                (it, _, event) ->
                                        switch (event) {
                                            case Ask ask -> it.stay(it.reply(ask, "ok"));
                                            case Do(var name) when name.equals("set internal") ->
                                                    it.stay(
                                                            it.eventTimeout(
                                                                    ofMillis(1), new On("late")),
                                                            it.next(new On("internal")));
                                            case Do(var name) when name.equals("set timeout") ->
                                                    it.stay(
                                                            it.eventTimeout(
                                                                    ofMillis(500), new On("late")),
                                                            it.timeout(
                                                                    "t",
                                                                    ofMillis(1),
                                                                    new On("timeout")));
                                            case Do(var name) when name.startsWith("set") ->
                                                    it.stay(
                                                            it.eventTimeout(
                                                                    ofMinutes(1), new On("late")));
                                            default -> it.stay();
                                        });
                assertReceive((Object) "enter a from a");
                cast(machine, new Do("set " + how));
                assertReceive((Object) ("set " + how + " in a"));
                switch (how) {
                    case "cast" -> cast(machine, new Do("cast"));
                    case "call" -> call(machine, new Ask("call"));
                    case "send" -> send(machine, new On("send"));
                    case "info" -> send(machine, "hello");
                    default -> {}
                }
                assertReceive((Object) ((how.equals("info") ? "info hello" : how) + " in a"));
                if (isSimulated()) refuteReceive(String.class, ofMinutes(2));
                refuteReceive(String.class);
            }
        }

        @Scenario
        @Otp("SM-05")
        @Otp("SM-12")
        void ofAnEventComeElseWhateverSysAsks() {
            Pid machine =
                    start(
                            it -> it.to("a", it.eventTimeout(ofMillis(3), new On("idle"))),
                            (it, _, _) -> it.stay());
            assertThat(Sys.getState(machine)).isEqualTo("a");
            assertTold("enter a from a", "idle in a");
        }

        @Scenario
        @Otp("SM-05")
        void ofAnEventCanBeCalledOffAndChanged() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.eventTimeout(ofMillis(2), new On("one")),
                                    it.updateEventTimeout(new On("two"))),
                    (it, _, event) ->
                            switch (event.name()) {
                                case "two" ->
                                        it.stay(
                                                it.eventTimeout(ofMillis(2), new On("three")),
                                                it.cancelEventTimeout(),
                                                it.timeout("t", ofMillis(4), new On("four")));
                                case "four" ->
                                        it.stay(it.updateEventTimeout(new On("none was set")));
                                default -> it.stay();
                            });
            assertReceive((Object) "enter a from a");
            assertReceive((Object) "two in a");
            assertReceive((Object) "four in a");
            assertReceive((Object) "none was set in a");
        }

        @Scenario
        @Otp("SM-05")
        void withANameComeWhateverHappens() {
            Pid machine =
                    start(
                            it ->
                                    it.to(
                                            "a",
                                            it.timeout("x", ofMillis(2), new On("x")),
                                            it.timeout(List.of("y"), ofMillis(4), new On("y"))),
                            (it, _, event) -> event.name().equals("go") ? it.to("b") : it.stay());
            cast(machine, new Do("go"));
            cast(machine, new Do("stay"));
            assertReceive((Object) "enter a from a");
            List<String> rest = new ArrayList<>();
            for (int i = 0; i < 5; i++) rest.add(assertReceive(String.class));
            assertThat(rest).containsSubsequence("go in a", "enter b from a", "stay in b");
            assertThat(rest.stream().map(it -> it.substring(0, 1))).containsSubsequence("x", "y");
        }

        @Scenario
        @Otp("SM-05")
        void withANameCanBeSetAnewCancelledAndUpdated() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.timeout("x", ofMillis(1), new On("first")),
                                    it.timeout("x", ofMillis(2), new On("second")),
                                    it.timeout("y", ofMillis(1), new On("never")),
                                    it.cancelTimeout("y"),
                                    it.cancelTimeout("not set")),
                    (it, _, event) ->
                            switch (event.name()) {
                                case "second" ->
                                        it.stay(
                                                it.timeout("x", ofMillis(1), new On("third")),
                                                it.updateTimeout("x", new On("updated")));
                                case "updated" -> it.stay(it.updateTimeout("x", new On("at once")));
                                default -> it.stay();
                            });
            assertTold("enter a from a", "second in a", "updated in a", "at once in a");
        }

        @Scenario
        @Otp("SM-06")
        void ofZeroComeInTheOrderInWhichTheyWereSet() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.timeout("a", Duration.ZERO, new On("a1")),
                                    it.timeout("b", Duration.ZERO, new On("b")),
                                    it.timeout("c", Duration.ZERO, new On("c")),
                                    it.timeout("d", Duration.ZERO, new On("d1")),
                                    it.timeout("a", Duration.ZERO, new On("a2")),
                                    it.updateTimeout("d", new On("d2")),
                                    it.cancelTimeout("c"),
                                    it.next(new On("n1")),
                                    it.next(new On("n2"))),
                    (it, _, event) ->
                            event.name().equals("b")
                                    ? it.stay(
                                            it.timeout("e", Duration.ZERO, new On("e")),
                                            it.next(new On("n3")))
                                    : it.stay());
            assertTold(
                    "enter a from a",
                    "n1 in a",
                    "n2 in a",
                    "b in a",
                    "n3 in a",
                    "d2 in a",
                    "a2 in a",
                    "e in a");
        }

        @Scenario
        @Otp("SM-06")
        void ofZeroAreCancelledLikeOthers() {
            start(
                    it ->
                            it.to(
                                    "a",
                                    it.stateTimeout(Duration.ZERO, new On("state")),
                                    it.eventTimeout(Duration.ZERO, new On("event")),
                                    it.timeout("x", Duration.ZERO, new On("x")),
                                    it.next(new On("go"))),
                    (it, _, event) -> event.name().equals("go") ? it.to("b") : it.stay());
            assertTold("enter a from a", "go in a", "enter b from a", "x in b");
        }

        @Scenario
        @Otp("SM-05")
        void cannotBeNegative() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, _) -> it.stay(it.timeout("x", ofMillis(-1), new On("x"))));
            assertThat(failureAfter(machine, new Do("go")))
                    .isEqualTo("expected a time-out of zero or more, got: PT-0.001S");
        }

        @Scenario
        @Otp("SM-08")
        void areNotMistakenForThoseOfTheUser() {
            Pid machine = start(it -> it.to("a"), (it, _, _) -> it.stay());
            startTimer(machine, "mine", ofMillis(1));
            assertReceive((Object) "enter a from a");
            assertThat(assertReceive(String.class)).startsWith("info Timeout[").contains("mine");
        }
    }

    static String message(ExitReason reason) {
        assertThat(reason).isInstanceOf(ExitReason.Crash.class);
        return String.valueOf(((ExitReason.Crash) reason).error().getMessage());
    }

    @Nested
    class EnteringAState {
        @Scenario
        @Otp("SM-07")
        void isToldAtTheStartOnAChangeAndOnARepetition() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, state, event) ->
                                    switch (event.name()) {
                                        case "change" -> it.to("b");
                                        case "same" -> it.to(state);
                                        case "data" -> it.to("b:1");
                                        case "repeat" -> it.repeat("b:2");
                                        default -> it.stay();
                                    });
            for (String name : List.of("stay", "change", "same", "data", "repeat")) {
                cast(machine, new Do(name));
            }
            assertTold(
                    "enter a from a",
                    "stay in a",
                    "change in a",
                    "enter b from a",
                    "same in b",
                    "data in b",
                    "repeat in b:1",
                    "enter b:2 from b:2");
        }

        @Scenario
        @Otp("SM-07")
        void comesAfterTheStartHasReturned() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, _) -> it.stay(),
                            (it, _, _) -> it.stop("enough"));
            assertThat(awaitDown(machine)).isIn(custom("enough"), ExitReason.NOPROC);
            assertTold("enter a from a", "terminate in a");
        }

        @Scenario
        @Otp("SM-07")
        void maySetTimeoutsBehindThoseOfTheStep() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, event) ->
                                    event.name().equals("go")
                                            ? it.to(
                                                    "b",
                                                    it.stateTimeout(Duration.ZERO, new On("step")),
                                                    it.timeout("x", Duration.ZERO, new On("x")))
                                            : it.stay(),
                            (it, _, state) ->
                                    state.equals("b")
                                            ? it.stay(
                                                    it.timeout("y", Duration.ZERO, new On("y")),
                                                    it.stateTimeout(Duration.ZERO, new On("enter")))
                                            : it.stay());
            cast(machine, new Do("go"));
            assertTold(
                    "enter a from a",
                    "go in a",
                    "enter b from a",
                    "x in b",
                    "y in b",
                    "enter in b");
        }

        @Scenario
        @Otp("SM-07")
        void mayAnswerAndChangeData() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, _) -> it.to("b"),
                            (it, _, state) ->
                                    state.equals("b")
                                            ? it.to("b:1", it.reply(new Ask("go"), "entered"))
                                            : it.stay());
            assertThat(call(machine, new Ask("go"))).isEqualTo("entered");
            assertThat(Sys.getState(machine)).isEqualTo("b:1");
        }

        @Scenario
        @Otp("SM-07")
        void mayRepeatIt() {
            start(
                    it -> it.to("a"),
                    (it, _, _) -> it.stay(),
                    (it, _, state) ->
                            switch (state) {
                                case "a" -> it.repeat("a:1");
                                case "a:1" -> it.repeat("a:2");
                                default -> it.stay();
                            });
            assertTold("enter a from a", "enter a:1 from a:1", "enter a:2 from a:2");
        }

        @Scenario
        @Otp("SM-07")
        void mayNotGoToAnotherState() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, _) -> it.to("b"),
                            (it, _, state) -> state.equals("b") ? it.to("c") : it.stay());
            assertThat(failureAfter(machine, new Do("go")))
                    .isEqualTo("expected the state to stay b, got: c");
        }

        @Scenario
        @Otp("SM-07")
        void mayNotPostponeOrInsert() {
            for (String what : List.of("postpone", "next", "call")) {
                Pid machine =
                        start(
                                it -> it.to("a"),
                                (it, _, event) -> {
                                    Ask ask = (Ask) event;
                                    return it.to(ask.name(), it.reply(ask, "ok"));
                                },
                                (it, _, state) ->
                                        switch (state) {
                                            case "postpone" -> it.stay(it.postpone());
                                            case "next" -> it.stay(it.next(new On("n")));
                                            case "call" ->
                                                    it.stay(
                                                            it.next(
                                                                    it.from(new Ask(state)),
                                                                    new Ask("more")));
                                            default -> it.stay();
                                        });
                Ref monitor = monitor(machine);
                Spawned caller = spawnMonitor(() -> call(machine, new Ask(what)));
                assertThat(message(awaitDown(monitor)))
                        .startsWith("expected replies and timeouts from enter, got: ");
                // It had its answer before.
                assertThat(awaitDown(caller.monitor())).isEqualTo(ExitReason.NORMAL);
            }
        }

        @Scenario
        @Otp("SM-07")
        void thatFailsEndsItInTheStateBefore() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, _) -> it.to("b"),
                            (it, _, state) -> {
                                if (state.equals("b")) throw new IllegalStateException("no");
                                return it.stay();
                            });
            assertThat(failureAfter(machine, new Do("go"))).isEqualTo("no");
            assertTold("enter a from a", "go in a", "enter b from a", "terminate in a");
        }
    }

    @Nested
    class Events {
        record Gone(String name, ExitReason reason) {}

        @Scenario
        @Otp("SM-08")
        void areAllMessagesOfTheirTypeHoweverTheyCome() {
            Pid machine =
                    start(
                            it -> {
                                monitor(spawn(() -> {}), (Down _) -> new On("down"));
                                return it.to("a");
                            },
                            (it, _, event) ->
                                    switch (event) {
                                        case Ask ask -> it.stay(it.reply(ask, "asked"));
                                        case Need(var name, var from) ->
                                                it.stay(it.reply(from, name + "ed"));
                                        case Do _, On _ -> it.stay();
                                    });
            assertReceive((Object) "enter a from a");
            assertReceive((Object) "down in a");
            assertThat(call(machine, new Ask("ask"))).isEqualTo("asked");
            String needed = call(machine, from -> new Need("need", from));
            assertThat(needed).isEqualTo("needed");
            cast(machine, new Do("cast"));
            send(machine, new On("sent"));
            send(machine, "anything");
            assertTold("ask in a", "need in a", "cast in a", "sent in a", "info anything in a");
        }

        @Scenario
        @Otp("SM-08")
        @Otp("SM-11")
        void ofAnotherTypeAreAnErrorIfTheyAreCallsOrCasts() {
            Pid called = start(it -> it.to("a"), (it, _, _) -> it.stay());
            assertThatThrownBy(() -> call(called, new Stranger()))
                    .isInstanceOf(ExitException.class)
                    .rootCause()
                    .hasMessage(
                            "expected a call that is an event of %s, a %s, got: Stranger[]"
                                    .formatted(Machine.class.getName(), Event.class.getName()));
            Pid cast = start(it -> it.to("a"), (it, _, _) -> it.stay());
            assertThat(failureAfter(cast, new Stranger()))
                    .startsWith("expected a cast that is an event of");
        }

        /// Leaves its type of events to another.
        interface Lamp<X> extends StateMachine<Boolean, X> {
            @Override
            default Step.First<Boolean> init() {
                return to(false);
            }
        }

        record Switch(Pid boss) implements Lamp<List<String>> {
            @Override
            public Step<Boolean> handle(Boolean on, List<String> event) {
                send(boss, "handled " + event);
                return to(!on);
            }

            @Override
            public Step<Boolean> handleInfo(Boolean on, Object message) {
                send(boss, "info " + message);
                return stay();
            }
        }

        record Anything<X>(Pid boss) implements Lamp<X> {
            @Override
            public Step<Boolean> handle(Boolean on, X event) {
                send(boss, "handled " + event);
                return stay();
            }
        }

        @Scenario
        @Otp("SM-08")
        void areOfTheTypeThatTheClassNames() {
            Pid lamp = StateMachine.start(new Switch(self()));
            send(lamp, List.of("press"));
            send(lamp, "press");
            Pid anything = StateMachine.start(new Anything<Integer>(self()));
            assertReceive((Object) "handled [press]");
            assertReceive((Object) "info press");
            send(anything, "press");
            assertReceive((Object) "handled press");
            assertThat(Sys.getState(lamp)).isEqualTo(true);
        }

        record Deaf() implements StateMachine<String, Event> {
            @Override
            public Step.First<String> init() {
                return to("a");
            }

            @Override
            public Step<String> handle(String state, Event event) {
                return to("b");
            }
        }

        @Scenario
        @Otp("SM-08")
        void thatAreNoneAreLoggedAndDropped() throws Exception {
            List<String> log =
                    captureLog(() -> {
                        Pid machine = StateMachine.start(new Deaf());
                        send(machine, "hello");
                        cast(machine, new Do("go"));
                        assertThat(Sys.getState(machine)).isEqualTo("b");
                    });
            assertThat(log).singleElement().asString().contains("unexpected message: hello");
        }

        @Scenario
        @Otp("SM-08")
        @Otp("SM-10")
        void canBeAnsweredLaterAndFromElsewhere() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, event) -> {
                                if (event instanceof Ask ask) {
                                    From<String> from = it.from(ask);
                                    spawn(() -> reply(from, "from elsewhere"));
                                }
                                return it.stay();
                            });
            assertThat(call(machine, new Ask("ask"))).isEqualTo("from elsewhere");
        }

        sealed interface Gate {}

        record Shut(List<From<String>> waiting) implements Gate {}

        record Open() implements Gate {}

        record Turnstile() implements StateMachine<Gate, Event> {
            @Override
            public Step.First<Gate> init() {
                return to(new Shut(List.of()));
            }

            @Override
            public Step<Gate> handle(Gate state, Event event) {
                return switch (state) {
                    case Shut(var waiting) ->
                            switch (event) {
                                case Ask ask -> {
                                    List<From<String>> all = new ArrayList<>(waiting);
                                    all.add(from(ask));
                                    yield to(new Shut(all));
                                }
                                default ->
                                        to(
                                                new Open(),
                                                waiting.stream()
                                                        .map(from -> reply(from, "through"))
                                                        .toArray(Action[]::new));
                            };
                    case Open _ ->
                            switch (event) {
                                case Ask ask -> stay(reply(ask, "open"));
                                default -> to(new Shut(List.of()));
                            };
                };
            }
        }

        @Scenario
        @Otp("SM-08")
        @Otp("SM-09")
        void canBeKeptInTheStateUntilTheyAreAnswered() {
            Pid boss = self();
            Pid gate = StateMachine.start(new Turnstile());
            for (int i = 0; i < 3; i++) {
                spawn(() -> send(boss, call(gate, new Ask("let me in"))));
            }
            eventually(() -> Sys.getState(gate) instanceof Shut(var w) && w.size() == 3);
            cast(gate, new Do("open"));
            for (int i = 0; i < 3; i++) assertReceive((Object) "through");
            assertThat(call(gate, new Ask("me too"))).isEqualTo("open");
        }

        @Scenario
        @Otp("SM-08")
        void areNotAnsweredForOneAnother() {
            Pid machine =
                    start(it -> it.to("a"), (it, _, _) -> it.stay(it.reply(new Ask("b"), "b")));
            assertThatThrownBy(() -> call(machine, new Ask("a")))
                    .rootCause()
                    .hasMessage(
                            "expected an answer to Ask[name=a], which is being handled, got one to Ask[name=b]; to answer"
                                    + " a call that came before keep its `from`, and reply(from, value)");
            Pid other = start(it -> it.to("a"), (it, _, _) -> it.stay(it.reply(new Ask("b"), "b")));
            assertThat(failureAfter(other, new Do("go")))
                    .startsWith(
                            "expected no answer, since no call is being handled, got one to Ask[name=b]");
            Pid third =
                    start(
                            it -> it.to("a"),
                            (it, _, event) ->
                                    event instanceof Ask nobodys
                                            ? it.stay(it.reply(nobodys, "b"))
                                            : it.stay(it.next(new Ask("b"))));
            assertThat(failureAfter(third, new Do("go"))).startsWith("expected no answer, since");
            assertThatThrownBy(() -> new Turnstile().from(new Ask("a")))
                    .hasMessage("expected to be called in a callback of a state machine");
        }

        @Scenario
        @Otp("SM-08")
        void cannotBeAnsweredWithNothing() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, event) -> it.stay(it.reply((Ask) event, nothing())));
            assertThatThrownBy(() -> call(machine, new Ask("a")))
                    .rootCause()
                    .hasMessageStartingWith("the reply is null");
        }

        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
        private static <T> T nothing() {
            return null;
        }

        @Scenario
        @Otp("SM-11")
        void withoutAnAnswerMakeTheCallerWaitAsLongAsItSays() {
            Pid machine = start(it -> it.to("a"), (it, _, _) -> it.stay());
            assertThatThrownBy(() -> call(machine, new Ask("a"), ofMillis(1)))
                    .isInstanceOfSatisfying(
                            ExitException.class,
                            exit ->
                                    assertThat(exit.reason())
                                            .isEqualTo(
                                                    new ExitReason.CallFailed(
                                                            ExitReason.TIMEOUT,
                                                            machine,
                                                            new Ask("a"),
                                                            ofMillis(1),
                                                            self())));
        }
    }

    @Nested
    class AnyTermAsState {
        enum Light {
            RED,
            GREEN
        }

        record Press() implements Cast {}

        record TrafficLight() implements StateMachine<Light, Press> {
            @Override
            public Step.First<Light> init() {
                return to(Light.RED);
            }

            @Override
            public Step<Light> handle(Light light, Press press) {
                return switch (light) {
                    case RED -> to(Light.GREEN);
                    case GREEN -> to(Light.RED);
                };
            }
        }

        @Scenario
        @Otp("SM-09")
        void canBeAnEnum() {
            Pid light = StateMachine.start(new TrafficLight());
            cast(light, new Press());
            assertThat(Sys.getState(light)).isEqualTo(Light.GREEN);
            cast(light, new Press());
            assertThat(Sys.getState(light)).isEqualTo(Light.RED);
        }

        sealed interface State {}

        record Pending(int total) implements State {}

        record Paid() implements State {}

        record Shipped() implements State {}

        record Cancelled() implements State {}

        sealed interface OrderEvent {}

        record Pay(int amount) implements OrderEvent, Call<Boolean> {}

        record Ship() implements OrderEvent, Cast {}

        private record Unpaid() implements OrderEvent {}

        record Order(int total) implements StateMachine<State, OrderEvent> {
            @Override
            public Step.First<State> init() {
                return to(new Pending(total), stateTimeout(ofSeconds(30), new Unpaid()));
            }

            @Override
            public Step<State> handle(State state, OrderEvent event) {
                return switch (event) {
                    case Pay pay when state instanceof Pending(var due) && pay.amount() >= due ->
                            to(new Paid(), reply(pay, true));
                    case Pay pay -> stay(reply(pay, false));
                    case Ship _ when state instanceof Paid -> to(new Shipped());
                    case Unpaid _ when state instanceof Pending -> to(new Cancelled());
                    case Ship _, Unpaid _ -> stay();
                };
            }
        }

        @Scenario
        @Otp("SM-04")
        @Otp("SM-09")
        void canBeASealedTypeOfRecords() {
            Pid order = StateMachine.startLink("order", new Order(100));
            assertThat(call("order", new Pay(50))).isFalse();
            cast(order, new Ship());
            assertThat(Sys.getState(order)).isEqualTo(new Pending(100));
            assertThat(call(order, new Pay(100))).isTrue();
            cast(order, new Ship());
            assertThat(Sys.getState(order)).isEqualTo(new Shipped());
            if (!isSimulated()) return;
            Pid unpaid = StateMachine.startLink(new Order(100));
            sleep(ofSeconds(31));
            assertThat(Sys.getState(order)).isEqualTo(new Shipped());
            assertThat(Sys.getState(unpaid)).isEqualTo(new Cancelled());
        }

        record Counting(int n) {}

        record Counter(Pid boss) implements StateMachine<Counting, Press> {
            @Override
            public Step.First<Counting> init() {
                return to(new Counting(0));
            }

            @Override
            public Step<Counting> handle(Counting count, Press press) {
                return to(new Counting(count.n() + 1));
            }

            @Override
            public Step<Counting> enter(Counting from, Counting count) {
                send(boss, count);
                return stay();
            }
        }

        @Scenario
        @Otp("SM-02")
        @Otp("SM-09")
        void changesWhenItIsNotEqual() {
            Pid counter = StateMachine.start(new Counter(self()));
            cast(counter, new Press());
            assertReceive(new Counting(0));
            assertReceive(new Counting(1));
        }
    }

    @Nested
    class TheEnd {
        @Scenario
        @Otp("SM-10")
        void comesAfterTheReplies() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, event) ->
                                    it.stopWith("a:1", "done", it.reply((Ask) event, "bye")));
            Pid boss = self();
            Spawned watched = new Spawned(machine, monitor(machine));
            spawn(() -> send(boss, call(machine, new Ask("stop")).equals("bye")));
            assertThat(awaitDown(watched.monitor())).isEqualTo(custom("done"));
            assertThat(assertReceive(String.class)).isEqualTo("enter a from a");
            assertThat(assertReceive(String.class)).isEqualTo("stop in a");
            assertThat(assertReceive(String.class)).isEqualTo("terminate in a:1");
            assertReceive(Boolean.class, answered -> answered);
        }

        record Slow(Pid boss) implements StateMachine<String, Ask> {
            @Override
            public Step.First<String> init() {
                return to("a");
            }

            @Override
            public Step<String> handle(String state, Ask ask) {
                return stop(NORMAL, reply(ask, "bye"));
            }

            @Override
            public void terminate(ExitReason reason, String state) {
                // The caller has its answer while this waits for it.
                receive(Staff.Go.class);
                send(boss, "terminated");
            }
        }

        @Scenario
        @Otp("SM-10")
        void hasTheRepliesSentBeforeTerminate() {
            Pid machine = StateMachine.start(new Slow(self()));
            assertThat(call(machine, new Ask("stop"))).isEqualTo("bye");
            send(machine, new Staff.Go());
            assertReceive((Object) "terminated");
            assertThat(awaitDown(machine)).isIn(NORMAL, ExitReason.NOPROC);
        }

        @Scenario
        @Otp("SM-11")
        void comesWhenACallbackThrows() throws Exception {
            List<String> log =
                    captureLog(() -> {
                        Pid machine =
                                start(
                                        it -> it.to("a"),
                                        (_, _, _) -> {
                                            throw new IllegalStateException("oops");
                                        });
                        assertThat(failureAfter(machine, new Do("go"))).isEqualTo("oops");
                    });
            assertTold("enter a from a", "go in a", "terminate in a");
            assertThat(String.join("\n", log))
                    .contains("terminating", "oops", "last message: Do[name=go]", "state: a");
        }

        @Scenario
        @Otp("SM-11")
        void comesWhenACallbackExits() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (_, _, _) -> {
                                throw exit("enough");
                            });
            assertThat(endAfter(machine, new Do("go"))).isEqualTo(custom("enough"));
            assertTold("enter a from a", "go in a", "terminate in a");
        }

        @Scenario
        @Otp("SM-11")
        void comesWhenAStepIsNull() {
            Pid machine = start(it -> it.to("a"), (_, _, _) -> Events.nothing());
            assertThat(failureAfter(machine, new Do("go")))
                    .isEqualTo(
                            "expected to, stay, repeat or stop from a callback of %s, got: null"
                                    .formatted(Machine.class.getName()));
        }

        @Scenario
        @Otp("SM-11")
        void comesWhenARepetitionIsOfAnotherState() {
            Pid machine = start(it -> it.to("a"), (it, _, _) -> it.repeat("b"));
            assertThat(failureAfter(machine, new Do("go")))
                    .isEqualTo("expected the state to stay a, got: b");
        }

        @Scenario
        @Otp("SM-12")
        void canBeAskedFor() {
            Pid machine = start(it -> it.to("a"), (it, _, _) -> it.stay());
            StateMachine.stop(machine);
            assertThat(isAlive(machine)).isFalse();
            assertTold("enter a from a", "terminate in a");
            assertThatThrownBy(() -> StateMachine.stop(machine)).isInstanceOf(ExitException.class);
            Pid other = start(it -> it.to("a"), (it, _, _) -> it.stay());
            StateMachine.stop(other, "enough", ofSeconds(5));
            assertThat(isAlive(other)).isFalse();
        }

        @Scenario
        @Otp("SM-12")
        void ofTheParentEndsWhoTraps() {
            Pid boss = self();
            Pid parent =
                    spawn(() -> {
                        StateMachine.startLink(
                                new Machine(
                                        boss,
                                        it -> {
                                            trapExits(true);
                                            return it.to("a");
                                        },
                                        (it, _, _) -> it.stay(),
                                        (it, _, _) -> it.stay()));
                        exit("over");
                    });
            assertThat(awaitDown(parent)).isIn(custom("over"), ExitReason.NOPROC);
            assertTold("enter a from a", "terminate in a");
        }
    }

    @Nested
    class Starting {
        static Start starting(First first) {
            return StateMachine.starter(
                            StartOptions.named("machine"),
                            new Machine(
                                    self(),
                                    first,
                                    (it, _, _) -> it.stay(),
                                    (it, _, _) -> it.stay()))
                    .start();
        }

        @Scenario
        @Otp("SM-12")
        void tellsWhatCameOfIt() {
            trapExits(true);
            assertThat(starting(it -> it.ignore())).isEqualTo(Start.ignored());
            assertThat(starting(it -> it.error("no"))).isEqualTo(Start.failed("no"));
            assertThat(starting(it -> it.stop("no"))).isEqualTo(Start.failed("no"));
            assertThat(
                            starting(it -> {
                                throw exit("no");
                            }))
                    .isEqualTo(Start.failed("no"));
            assertThat(
                            starting(it -> {
                                throw new IllegalStateException("no");
                            }))
                    .isInstanceOfSatisfying(
                            Start.Failed.class,
                            failed -> assertThat(message(failed.reason())).isEqualTo("no"));
            Start first = starting(it -> it.to("a"));
            assertThat(first).isInstanceOf(Start.Started.class);
            assertThat(starting(it -> it.to("a")))
                    .isEqualTo(new Start.AlreadyStarted(first.orThrow()));
            assertTold("enter a from a");
        }

        @Scenario
        @Otp("SM-12")
        void failsWhenInitSaysNothing() {
            assertThatThrownBy(() -> start(_ -> Events.nothing(), (it, _, _) -> it.stay()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("init")
                    .hasMessageContaining("null");
            assertTold();
        }

        @Scenario
        @Otp("SM-12")
        void failsWhenThereIsNothingToPostpone() {
            assertThatThrownBy(
                            () -> start(it -> it.to("a", it.postpone()), (it, _, _) -> it.stay()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("expected an event to postpone");
        }

        @Scenario
        @Otp("SM-12")
        void canMonitor() {
            Spawned machine =
                    StateMachine.startMonitor(
                            StartOptions.options(),
                            new Machine(
                                    self(),
                                    it -> it.to("a"),
                                    (it, _, _) -> it.stop("bye"),
                                    (it, _, _) -> it.stay()));
            cast(machine.pid(), new Do("go"));
            assertThat(awaitDown(machine.monitor())).isEqualTo(custom("bye"));
        }

        @Scenario
        @Otp("SM-12")
        void canBeLeftToTheProcessItself() {
            Pid boss = self();
            Pid machine =
                    spawn(() -> {
                        Machine rules =
                                new Machine(
                                        boss,
                                        it -> it.to("never"),
                                        (it, _, event) ->
                                                event instanceof Ask ask
                                                        ? it.to("c", it.reply(ask, "ok"))
                                                        : it.to("b"),
                                        (it, _, _) -> it.stay());
                        StateMachine.enterLoop(rules, "a", rules.next(new On("n")));
                    });
            assertThat(call(machine, new Ask("ask"))).isEqualTo("ok");
            assertTold("enter a from a", "n in a", "enter b from a", "ask in b", "enter c from b");
        }

        @Scenario
        @Otp("SM-12")
        void hibernatesWhenItIsTold() {
            Pid machine =
                    start(it -> it.to("a", it.hibernate()), (it, _, _) -> it.stay(it.hibernate()));
            cast(machine, new Do("go"));
            assertTold("enter a from a", "go in a");
            awaitWaiting(machine);
            assertThat(info(machine).map(ProcessInfo::status)).contains(ProcessInfo.Status.WAITING);
        }
    }

    @Nested
    @Otp("SM-12")
    @Otp("Y-09")
    class WhatSysAsks {
        @Scenario
        void isOfTheState() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, state, _) ->
                                    state.equals("a") ? it.stay(it.postpone()) : it.stay());
            cast(machine, new Do("p"));
            assertThat(Sys.replaceState(machine, state -> state + "b")).isEqualTo("ab");
            assertThat(Sys.getState(machine)).isEqualTo("ab");
            assertThat(Sys.getStatus(machine).state()).isEqualTo("ab");
            assertThat(Sys.getStatus(machine).module()).isEqualTo(Machine.class.getName());
            // Nothing is entered and nothing retried.
            assertTold("enter a from a", "p in a");
        }

        @Scenario
        void suspendsIt() {
            Pid machine =
                    start(
                            it -> it.to("a", it.timeout("t", ofMillis(1), new On("late"))),
                            (it, _, _) -> it.stay());
            Sys.suspend(machine);
            cast(machine, new Do("go"));
            assertThat(Sys.getState(machine)).isEqualTo("a");
            List<String> before = new ArrayList<>();
            poll(String.class).ifPresent(before::add);
            sleep(ofMillis(2));
            poll(String.class).ifPresent(before::add);
            Sys.resume(machine);
            while (before.size() < 3) before.add(assertReceive(String.class));
            assertThat(before).containsExactlyInAnyOrder("enter a from a", "late in a", "go in a");
        }

        @Scenario
        void showsEventsThatItMakesItself() {
            Pid machine =
                    start(
                            it -> it.to("a"),
                            (it, _, event) ->
                                    event.name().equals("go")
                                            ? it.to("b", it.next(new On("n")))
                                            : it.stay());
            Sys.log(machine, 10);
            cast(machine, new Do("go"));
            assertThat(Sys.log(machine))
                    .containsExactly(
                            new Sys.Event.In(new Do("go")),
                            new Sys.Event.Handled("b"),
                            new Sys.Event.In(new On("n")),
                            new Sys.Event.Handled("b"));
        }

        record Versioned() implements StateMachine<String, Do> {
            @Override
            public Step.First<String> init() {
                return to("a");
            }

            @Override
            public Step<String> handle(String state, Do event) {
                return stay();
            }

            @Override
            public String changeCode(Object oldVersion, String state, Object extra) {
                return state + oldVersion + extra;
            }

            @Override
            public Object formatStatus(String state) {
                return "secret";
            }
        }

        @Scenario
        void changesItsCode() {
            Pid machine = StateMachine.start(new Versioned());
            Sys.suspend(machine);
            Sys.changeCode(machine, 1, 2);
            Sys.resume(machine);
            assertThat(Sys.getState(machine)).isEqualTo("a12");
            assertThat(Sys.getStatus(machine).state()).isEqualTo("secret");
        }

        @Scenario
        void endsIt() {
            Pid machine = start(it -> it.to("a"), (it, _, _) -> it.stay());
            Sys.terminate(machine, SHUTDOWN);
            assertThat(isAlive(machine)).isFalse();
            assertTold("enter a from a", "terminate in a");
        }
    }
}
