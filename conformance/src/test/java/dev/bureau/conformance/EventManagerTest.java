package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.CallbackFailedException;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.EventManager.HandlerState;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.HandlerExit;
import dev.bureau.otp.NoSuchHandler;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.Removal;
import dev.bureau.otp.RequestId;
import dev.bureau.otp.RequestIds;
import dev.bureau.otp.Response;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

/// Event managers: OTP's items GE-01 to GE-04.
class EventManagerTest {
    /// Does what the test says, and tells it all that happens.
    record Told(Pid boss, String name) implements EventHandler<String, Object> {
        @Override
        public String init() {
            if (name.equals("bad")) throw new IllegalStateException("no");
            return name;
        }

        @Override
        public String takeOver(Optional<Object> left) {
            tell("takes over " + left.orElse("nothing"));
            return init();
        }

        @Override
        public Reaction<String> handle(Object event, String state) {
            if (event.equals("crash " + name)) throw new IllegalStateException("oops");
            if (event.equals("exit " + name)) throw exit(SHUTDOWN);
            if (event.equals("null " + name)) return nothing();
            if (event.equals("reply " + name)) return reply(new Question("q"), "a", state);
            if (event.equals("remove " + name)) return remove();
            if (event.equals("swap " + name)) {
                return swap("why", state, "next", new Told(boss, "next"));
            }
            if (event.equals("swap badly " + name)) {
                return swap("why", state, "next", new Told(boss, "bad"));
            }
            tell("got " + event);
            return keep(state);
        }

        @Override
        public Reaction<String> handleCall(Call<?> request, String state) {
            return switch (request) {
                case Question question ->
                        switch (question.what()) {
                            case "crash" -> throw new IllegalStateException("oops");
                            case "null" -> nothing();
                            case "none" -> keep(state);
                            case "another" -> reply(new Question("kept"), "mistaken", state);
                            case "remove" -> reply(question, "bye", remove());
                            case "swap" ->
                                    reply(
                                            question,
                                            "swapping",
                                            swap("why", state, "next", new Told(boss, "next")));
                            case "set" -> reply(question, "was " + state, "changed");
                            default -> reply(question, state + " " + question.what(), state);
                        };
                case Secret secret -> reply(secret, new AtomicInteger(), state);
                default -> unexpected(request);
            };
        }

        @Override
        public Reaction<String> handleInfo(Object message, String state) {
            tell("info " + (message instanceof Exit exit ? exit.reason() : message));
            return keep(state);
        }

        @Override
        public Optional<Object> terminate(Removal why, String state) {
            if (why instanceof Removal.Deleted(var argument) && argument.equals("crash")) {
                throw new IllegalStateException("at the end");
            }
            tell(
                    switch (why) {
                        case Removal.Failed(ExitReason.Crash(var error)) ->
                                "failed by " + error.getMessage();
                        default -> "ends: " + why;
                    });
            return Optional.of("left by " + state);
        }

        private void tell(String what) {
            send(boss, name + " " + what);
        }
    }

    record Question(String what) implements Call<String> {}

    record Secret() implements Call<AtomicInteger> {}

    record Unknown() implements Call<String> {}

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    static void add(Pid manager, String... names) {
        for (String name : names) EventManager.add(manager, name, new Told(self(), name));
    }

    static Pid with(String... names) {
        Pid manager = EventManager.start();
        add(manager, names);
        return manager;
    }

    /// What has happened, in this order, and nothing else.
    static void assertTold(String... events) {
        for (String event : events) assertThat(assertReceive(String.class)).isEqualTo(event);
        refuteReceive(String.class);
    }

    @Nested
    class Handlers {
        record Alarm(String what) {}

        record Seen() implements Call<Integer> {}

        record AlarmCounter() implements EventHandler<Integer, Alarm> {
            @Override
            public Integer init() {
                return 0;
            }

            @Override
            public Reaction<Integer> handle(Alarm alarm, Integer seen) {
                return keep(seen + 1);
            }

            @Override
            public Reaction<Integer> handleCall(Call<?> request, Integer seen) {
                return switch (request) {
                    case Seen question -> reply(question, seen, seen);
                    default -> unexpected(request);
                };
            }
        }

        record Where(Pid boss) implements EventHandler<Boolean, Object> {
            @Override
            public Boolean init() {
                send(boss, self());
                return true;
            }

            @Override
            public Reaction<Boolean> handle(Object event, Boolean state) {
                send(boss, self());
                return keep(state);
            }
        }

        @Scenario
        @Otp("GE-01")
        void runInTheManager() {
            Pid manager = EventManager.start();
            EventManager.add(manager, new Where(self()));
            EventManager.notify(manager, "hello");
            assertReceive(manager);
            assertReceive(manager);
        }

        @Scenario
        @Otp("GE-01")
        @Otp("GE-03")
        void areToldTheNewestFirst() {
            Pid manager = with("a", "b", "c");
            assertThat(EventManager.handlers(manager)).containsExactly("c", "b", "a");
            EventManager.notify(manager, "hello");
            assertTold("c got hello", "b got hello", "a got hello");
        }

        @Scenario
        @Otp("GE-01")
        void mayBeSeveralOfOneClassAndEvenOfOneId() {
            Pid manager = with("a", "b", "a");
            assertThat(EventManager.handlers(manager)).containsExactly("a", "b", "a");
            EventManager.syncNotify(manager, "hello");
            EventManager.delete(manager, "a", "bye");
            assertThat(EventManager.handlers(manager)).containsExactly("b", "a");
            assertTold(
                    "a got hello", "b got hello", "a got hello", "a ends: Deleted[argument=bye]");
        }

        @Scenario
        @Otp("GE-01")
        void areToldOfTheirTypeOfEvent() {
            Pid alarms = EventManager.startLink("alarms");
            EventManager.add("alarms", new AlarmCounter());
            EventManager.notify("alarms", new Alarm("fire"));
            EventManager.notify(alarms, "no alarm");
            EventManager.syncNotify("alarms", new Alarm("water"));
            assertThat(EventManager.call("alarms", AlarmCounter.class, new Seen())).isEqualTo(2);
            assertThat(EventManager.handlers(alarms)).containsExactly(AlarmCounter.class);
        }

        @Scenario
        @Otp("GE-01")
        void areNotAddedWhenTheyCannotBegin() {
            Pid manager = with("a");
            assertThatThrownBy(() -> add(manager, "bad"))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasRootCauseMessage("no");
            assertThat(EventManager.handlers(manager)).containsExactly("a");
        }

        @Scenario
        @Otp("GE-01")
        void mayRemoveThemselves() {
            Pid manager = with("a", "b");
            EventManager.syncNotify(manager, "remove a");
            assertThat(EventManager.handlers(manager)).containsExactly("b");
            assertTold("b got remove a", "a ends: Removed[]");
        }

        @Scenario
        @Otp("GE-01")
        void areToldOfMessagesThatAreNoEvents() throws Exception {
            Pid manager = with("a", "b");
            send(manager, "hello");
            assertTold("b info hello", "a info hello");
            List<String> log =
                    captureLog(() -> {
                        Pid other = EventManager.start();
                        EventManager.add(other, new AlarmCounter());
                        send(other, "hello");
                        EventManager.syncNotify(other, "settled");
                    });
            assertThat(log).singleElement().asString().contains("unexpected message: hello");
        }
    }

    @Nested
    class AHandlerThatFails {
        @Scenario
        @Otp("GE-02")
        void isRemovedAlone() throws Exception {
            Pid manager = with("a", "b", "c");
            List<String> log = captureLog(() -> EventManager.syncNotify(manager, "crash b"));
            assertThat(EventManager.handlers(manager)).containsExactly("c", "a");
            assertThat(log)
                    .singleElement()
                    .asString()
                    .contains("event handler b", "oops", "crash b");
            EventManager.notify(manager, "hello");
            assertTold(
                    "c got crash b",
                    "b failed by oops",
                    "a got crash b",
                    "c got hello",
                    "a got hello");
        }

        @Scenario
        @Otp("GE-02")
        void mayHaveAnsweredNothingOrWhatNobodyAsked() {
            Pid manager = with("a", "b");
            EventManager.syncNotify(manager, "null a");
            EventManager.syncNotify(manager, "reply b");
            assertTold(
                    "b got null a",
                    "a failed by expected keep, remove or swap from a callback of a handler, got: null",
                    "b failed by expected keep, remove or swap from what is no handleCall, got a reply: a");
            assertThat(EventManager.handlers(manager)).isEmpty();
        }

        @Scenario
        @Otp("GE-02")
        void isNotReportedIfItExitsInOrder() throws Exception {
            Pid manager = with("a");
            assertThat(captureLog(() -> EventManager.syncNotify(manager, "exit a"))).isEmpty();
            assertTold("a ends: Failed[reason=Shutdown[]]");
        }
    }

    @Nested
    class ASupervisedHandler {
        static HandlerExit exitAfter(String event) {
            Pid manager = EventManager.start();
            EventManager.addSupervised(manager, "a", new Told(self(), "a"));
            EventManager.notify(manager, event);
            return assertReceive(HandlerExit.class);
        }

        @Scenario
        @Otp("GE-02")
        void tellsItsOwnerWhyItIsGone() {
            assertThat(exitAfter("crash a"))
                    .isInstanceOfSatisfying(
                            HandlerExit.Gone.class,
                            gone -> {
                                assertThat(gone.handler()).isEqualTo("a");
                                assertThat(gone.reason()).isInstanceOf(ExitReason.Crash.class);
                            });
            HandlerExit removed = exitAfter("remove a");
            assertThat(removed).isEqualTo(new HandlerExit.Gone(removed.manager(), "a", NORMAL));
            HandlerExit ended = exitAfter("exit a");
            assertThat(ended).isEqualTo(new HandlerExit.Gone(ended.manager(), "a", SHUTDOWN));
        }

        @Scenario
        @Otp("GE-02")
        void tellsItsOwnerThatItWasDeleted() {
            Pid manager = EventManager.start();
            EventManager.addSupervised(manager, new Told(self(), "a"));
            EventManager.delete(manager, Told.class, "bye");
            assertThat(assertReceive(HandlerExit.class))
                    .isEqualTo(new HandlerExit.Gone(manager, Told.class, NORMAL));
        }

        @Scenario
        @Otp("GE-02")
        @Otp("GE-04")
        void tellsItsOwnerThatTheManagerEnds() {
            Pid manager = EventManager.start();
            EventManager.addSupervised(manager, "a", new Told(self(), "a"));
            trapExits(true);
            EventManager.stop(manager);
            assertThat(assertReceive(HandlerExit.class))
                    .isEqualTo(new HandlerExit.Gone(manager, "a", SHUTDOWN));
            assertThat(assertReceive(Exit.class)).isEqualTo(new Exit(manager, NORMAL));
        }

        @Scenario
        @Otp("GE-02")
        void takesItsOwnerDownWithTheManager() {
            Pid boss = self();
            Pid manager = EventManager.start();
            Spawned owner =
                    spawnMonitor(() -> {
                        EventManager.addSupervised(manager, "a", new Told(boss, "a"));
                        send(boss, new Staff.Go());
                        sleepForever();
                    });
            assertReceive(Staff.Go.class);
            exit(manager, KILL);
            assertThat(awaitDown(owner.monitor())).isEqualTo(ExitReason.KILLED);
        }

        @Scenario
        @Otp("GE-02")
        void goesWhenItsOwnerEnds() {
            Pid boss = self();
            Pid manager = with("other");
            for (Object reason : List.of("because", NORMAL)) {
                Pid owner =
                        spawn(() -> {
                            EventManager.addSupervised(manager, "a", new Told(boss, "a"));
                            exit(reason);
                        });
                ExitReason end = ExitReason.of(reason);
                awaitDown(owner);
                assertTold("a ends: OwnerEnded[reason=" + end + "]", "other info " + end);
                assertThat(EventManager.handlers(manager)).containsExactly("other");
            }
        }

        @Scenario
        @Otp("GE-02")
        void goesWhenItsOwnerHadEndedBefore() {
            Pid boss = self();
            Pid manager = EventManager.start();
            Sys.suspend(manager);
            Pid owner = spawn(() -> EventManager.addSupervised(manager, "a", new Told(boss, "a")));
            awaitWaiting(owner);
            Ref monitor = monitor(owner);
            exit(owner, "impatient");
            awaitDown(monitor);
            Sys.resume(manager);
            assertTold("a ends: OwnerEnded[reason=NoProc[]]");
        }

        @Scenario
        @Otp("GE-02")
        void isNotMistakenForOthers() {
            Pid manager = with("a");
            EventManager.addSupervised(manager, "b", new Told(self(), "b"));
            EventManager.delete(manager, "a", "bye");
            assertTold("a ends: Deleted[argument=bye]");
            refuteReceive(HandlerExit.class);
        }
    }

    @Nested
    class Notifying {
        @Scenario
        @Otp("GE-03")
        void needsAName() {
            assertThatThrownBy(() -> EventManager.notify("nobody", "hello"))
                    .isInstanceOf(NoSuchName.class);
            assertThatThrownBy(() -> EventManager.syncNotify("nobody", "hello"))
                    .isInstanceOfSatisfying(
                            ExitException.class,
                            exit ->
                                    assertThat(((ExitReason.CallFailed) exit.reason()).reason())
                                            .isEqualTo(ExitReason.NOPROC));
            Pid ended = EventManager.start();
            EventManager.stop(ended);
            EventManager.notify(ended, "hello");
        }

        @Scenario
        @Otp("GE-03")
        void canWaitUntilAllHaveHandledIt() {
            Pid manager = with("a", "b");
            EventManager.syncNotify(manager, "hello");
            assertThat(poll(String.class)).contains("b got hello");
            assertThat(poll(String.class)).contains("a got hello");
        }

        @Scenario
        @Otp("GE-03")
        void refusesWhatCannotBeShared() {
            Pid manager = with("a");
            assertThatThrownBy(() -> EventManager.notify(manager, new AtomicInteger()))
                    .isInstanceOf(NotShareableException.class);
            assertTold();
        }
    }

    @Nested
    class Calling {
        @Scenario
        @Otp("GE-03")
        void asksOneHandler() {
            Pid manager = with("a", "b");
            assertThat(EventManager.call(manager, "a", new Question("why"))).isEqualTo("a why");
            assertThat(EventManager.call(manager, "b", new Question("set"))).isEqualTo("was b");
            assertThat(EventManager.call(manager, "b", new Question("why")))
                    .isEqualTo("changed why");
        }

        @Scenario
        @Otp("GE-03")
        void needsAHandler() {
            Pid manager = with("a");
            assertThatThrownBy(() -> EventManager.call(manager, "b", new Question("why")))
                    .isInstanceOf(NoSuchHandler.class)
                    .hasMessage(
                            "expected the id of a handler, got: b; EventManager.handlers lists them");
            assertThatThrownBy(
                            () -> EventManager.call(Name.local("nobody"), "a", new Question("why")))
                    .isInstanceOf(ExitException.class);
        }

        @Scenario
        @Otp("GE-03")
        void failsWithTheHandler() {
            for (String what : List.of("crash", "null", "none")) {
                Pid manager = with("a", "b");
                assertThatThrownBy(() -> EventManager.call(manager, "a", new Question(what)))
                        .isInstanceOf(CallbackFailedException.class)
                        .hasRootCauseMessage(
                                what.equals("crash")
                                        ? "oops"
                                        : "expected a reply from handleCall, got none");
                assertThat(EventManager.handlers(manager)).containsExactly("b");
                assertThat(assertReceive(String.class)).startsWith("a failed by ");
            }
            Pid mistaken = with("a", "b");
            assertThatThrownBy(() -> EventManager.call(mistaken, "a", new Question("another")))
                    .isInstanceOf(CallbackFailedException.class)
                    .rootCause()
                    .hasMessageStartingWith("expected an answer to Question[what=another]")
                    .hasMessageContaining("got one to Question[what=kept]");
            assertThat(EventManager.handlers(mistaken)).containsExactly("b");
            assertThat(assertReceive(String.class)).startsWith("a failed by ");
            Pid manager = with("a", "b");
            assertThatThrownBy(() -> EventManager.call(manager, "a", new Unknown()))
                    .isInstanceOf(CallbackFailedException.class)
                    .rootCause()
                    .hasMessageContaining("was called with what it does not handle: Unknown[]");
            assertThat(EventManager.handlers(manager)).containsExactly("b");
        }

        @Scenario
        @Otp("GE-03")
        void refusesAnAnswerThatCannotBeShared() {
            Pid manager = with("a");
            assertThatThrownBy(() -> EventManager.call(manager, "a", new Secret()))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasRootCauseInstanceOf(NotShareableException.class);
            assertThat(EventManager.handlers(manager)).containsExactly("a");
        }

        @Scenario
        @Otp("GE-03")
        void canBeTheLastOfAHandler() {
            Pid manager = with("a", "b");
            assertThat(EventManager.call(manager, "a", new Question("remove"))).isEqualTo("bye");
            assertThat(EventManager.call(manager, "b", new Question("swap"))).isEqualTo("swapping");
            assertThat(EventManager.handlers(manager)).containsExactly("next");
            assertTold(
                    "a ends: Removed[]",
                    "b ends: Deleted[argument=why]",
                    "next takes over left by b");
        }
    }

    @Nested
    @Otp("G-29")
    @Otp("GE-03")
    class ARequest {
        private static Response<String> answer(String value) {
            return new Response.Answer<>(value);
        }

        /// What the response is that fails for what a call would throw.
        private static RuntimeException failure(Pid manager, Response<?> response) {
            assertThat(response).isInstanceOf(Response.Failed.class);
            var failed = (Response.Failed<?>) response;
            assertThat(failed.server()).isEqualTo(manager);
            return (RuntimeException) ((ExitReason.Crash) failed.reason()).error();
        }

        private static void assertNothingLeft() {
            refuteReceive(Object.class);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }

        @Scenario
        void isAnsweredLaterByTheHandler() {
            Pid manager = EventManager.startLink("events");
            add(manager, "a", "b");
            RequestId<String> first = EventManager.sendRequest(manager, "a", new Question("set"));
            RequestId<String> second = EventManager.sendRequest("events", "a", new Question("why"));
            assertThat(second.receiveResponse(ofSeconds(5))).isEqualTo(answer("changed why"));
            assertThat(first.receiveResponse(ofSeconds(5))).isEqualTo(answer("was a"));
            assertNothingLeft();
        }

        @Scenario
        void canBeWaitedForAgainOrGivenUp() {
            Pid manager = with("a");
            Sys.suspend(manager);
            RequestId<String> one = EventManager.sendRequest(manager, "a", new Question("one"));
            RequestId<String> two = EventManager.sendRequest(manager, "a", new Question("two"));
            assertThat(one.waitResponse(ofMillis(1))).isEqualTo(new Response.None<>());
            assertThat(two.receiveResponse(ofMillis(1))).isEqualTo(new Response.None<>());
            Sys.resume(manager);
            assertThat(one.waitResponse(ofSeconds(5))).isEqualTo(answer("a one"));
            EventManager.syncNotify(manager, "settled");
            assertTold("a got settled");
            assertNothingLeft();
        }

        @Scenario
        void canBeCheckedForInAMessage() {
            Pid manager = with("a");
            RequestId<String> request = EventManager.sendRequest(manager, "a", new Question("why"));
            assertThat(request.checkResponse("something else")).isEqualTo(new Response.None<>());
            assertThat(request.checkResponse(receive())).isEqualTo(answer("a why"));
        }

        @Scenario
        void tellsWhyThereIsNoAnswer() {
            Pid manager = with("a");
            assertThat(
                            failure(
                                    manager,
                                    EventManager.sendRequest(manager, "b", new Question("why"))
                                            .receiveResponse(ofSeconds(5))))
                    .isInstanceOf(NoSuchHandler.class)
                    .hasMessageStartingWith("expected the id of a handler, got: b");
            assertThat(
                            failure(
                                    manager,
                                    EventManager.sendRequest(manager, "a", new Question("crash"))
                                            .receiveResponse(ofSeconds(5))))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasRootCauseMessage("oops");
            assertTold("a failed by oops");
            EventManager.stop(manager);
            for (var nobody : List.of(manager, Name.local("nobody"))) {
                assertThat(
                                EventManager.sendRequest(nobody, "a", new Question("why"))
                                        .receiveResponse(ofSeconds(5)))
                        .isEqualTo(new Response.Failed<>(ExitReason.NOPROC, nobody));
            }
            assertNothingLeft();
        }

        @Scenario
        void canBeOneOfManyWithThoseToServers() {
            Pid manager = with("a", "b");
            Pid server = GenServer.start(Clerk.plain());
            RequestIds<String> open =
                    RequestIds.<String>none()
                            .add(EventManager.sendRequest(manager, "a", new Question("x")), "a")
                            .add(
                                    EventManager.sendRequest(manager, "none", new Question("x")),
                                    "none")
                            .send(server, Clerk.state(), "server")
                            .add(EventManager.sendRequest(manager, "b", new Question("y")), "b");
            Map<String, Response<?>> fetched = new HashMap<>();
            while (open.receiveResponse(ofSeconds(5))
                    instanceof RequestIds.Fetched<String>(var response, var label, var rest)) {
                fetched.put(label, response);
                open = rest;
            }
            assertThat(failure(manager, fetched.remove("none"))).isInstanceOf(NoSuchHandler.class);
            assertThat(fetched)
                    .isEqualTo(
                            Map.of(
                                    "a", answer("a x"),
                                    "b", answer("b y"),
                                    "server", answer("state")));
            assertNothingLeft();
        }

        @Scenario
        void thatCannotBeSharedIsNotSent() {
            record Odd(AtomicInteger counter) implements Call<String> {}
            Pid manager = with("a");
            assertThatThrownBy(() ->
                            EventManager.sendRequest(manager, "a", new Odd(new AtomicInteger())))
                    .isInstanceOf(NotShareableException.class);
            assertNothingLeft();
        }
    }

    @Nested
    class Replacing {
        @Scenario
        @Otp("GE-04")
        void handsOverWhatTheOtherLeft() {
            Pid manager = with("a", "b");
            EventManager.swap(manager, "a", "why", "c", new Told(self(), "c"));
            assertThat(EventManager.handlers(manager)).containsExactly("c", "b");
            assertTold("a ends: Deleted[argument=why]", "c takes over left by a");
        }

        @Scenario
        @Otp("GE-04")
        void canBeDoneByTheHandler() {
            Pid manager = with("a", "b", "c");
            EventManager.syncNotify(manager, "swap b");
            assertThat(EventManager.handlers(manager)).containsExactly("c", "next", "a");
            assertTold(
                    "c got swap b",
                    "b ends: Deleted[argument=why]",
                    "next takes over left by b",
                    "a got swap b");
        }

        @Scenario
        @Otp("GE-04")
        void addsOneEvenIfThereWasNone() {
            Pid manager = with("a");
            EventManager.swap(manager, "b", "why", "c", new Told(self(), "c"));
            assertThat(EventManager.handlers(manager)).containsExactly("c", "a");
            assertTold("c takes over nothing");
        }

        @Scenario
        @Otp("GE-04")
        void leavesNoneIfTheNewOneFails() throws Exception {
            Pid manager = with("a", "b");
            assertThatThrownBy(() ->
                            EventManager.swap(manager, "a", "why", "bad", new Told(self(), "bad")))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasRootCauseMessage("no");
            List<String> log = captureLog(() -> EventManager.syncNotify(manager, "swap badly b"));
            assertThat(log).singleElement().asString().contains("event handler next", "no");
            assertThat(EventManager.handlers(manager)).isEmpty();
            assertTold(
                    "a ends: Deleted[argument=why]",
                    "bad takes over left by a",
                    "b ends: Deleted[argument=why]",
                    "bad takes over left by b");
        }

        @Scenario
        @Otp("GE-02")
        @Otp("GE-04")
        void keepsTheSupervision() {
            Pid manager = EventManager.start();
            EventManager.addSupervised(manager, "a", new Told(self(), "a"));
            EventManager.notify(manager, "swap a");
            assertThat(assertReceive(HandlerExit.class))
                    .isEqualTo(new HandlerExit.Swapped(manager, "a", "next", manager));
            EventManager.swap(manager, "next", "why", "c", new Told(self(), "c"));
            assertThat(assertReceive(HandlerExit.class))
                    .isEqualTo(new HandlerExit.Swapped(manager, "next", "c", self()));
            EventManager.delete(manager, "c", "bye");
            assertThat(assertReceive(HandlerExit.class))
                    .isEqualTo(new HandlerExit.Gone(manager, "c", NORMAL));
        }

        @Scenario
        @Otp("GE-02")
        @Otp("GE-04")
        void canBeginSupervision() {
            Pid manager = with("a");
            EventManager.swapSupervised(manager, "a", "why", "b", new Told(self(), "b"));
            EventManager.delete(manager, "b", "bye");
            assertThat(assertReceive(HandlerExit.class))
                    .isEqualTo(new HandlerExit.Gone(manager, "b", NORMAL));
        }
    }

    @Nested
    class Deleting {
        @Scenario
        @Otp("GE-04")
        void returnsWhatTheHandlerLeft() {
            Pid manager = with("a");
            assertThat(EventManager.delete(manager, "a", "bye")).contains("left by a");
            assertTold("a ends: Deleted[argument=bye]");
            assertThatThrownBy(() -> EventManager.delete(manager, "a", "bye"))
                    .isInstanceOf(NoSuchHandler.class);
        }

        @Scenario
        @Otp("GE-04")
        void tellsThatTheHandlerFailedThen() {
            Pid manager = with("a");
            assertThatThrownBy(() -> EventManager.delete(manager, "a", "crash"))
                    .isInstanceOf(CallbackFailedException.class)
                    .hasRootCauseMessage("at the end");
            assertThat(EventManager.handlers(manager)).isEmpty();
        }

        @Scenario
        @Otp("GE-04")
        void isWhatTheEndOfTheManagerDoes() {
            Pid manager = with("a", "b");
            EventManager.stop(manager);
            assertTold("b ends: Stopped[]", "a ends: Stopped[]");
            Pid other = with("a");
            EventManager.stop(other, "enough", ofSeconds(5));
            assertTold("a ends: Stopped[]");
        }

        @Scenario
        @Otp("GE-04")
        void isWhatTheEndOfTheParentDoes() {
            Pid boss = self();
            spawn(() -> {
                Pid manager = EventManager.startLink();
                EventManager.add(manager, "a", new Told(boss, "a"));
                exit("over");
            });
            assertTold("a ends: Stopped[]");
        }
    }

    @Nested
    class TheManager {
        @Scenario
        @Otp("GE-04")
        void isStartedLikeAnyBehaviour() {
            Start first = EventManager.starter(StartOptions.named("events")).start();
            assertThat(EventManager.starter(StartOptions.named("events")).start())
                    .isEqualTo(new Start.AlreadyStarted(first.orThrow()));
            Spawned watched = EventManager.startMonitor(StartOptions.options());
            EventManager.stop(watched.pid(), "enough", null);
            assertThat(awaitDown(watched.monitor())).isEqualTo(custom("enough"));
        }

        @Scenario
        @Otp("Y-09")
        void showsTheStatesOfItsHandlers() {
            Pid manager = with("a", "b");
            List<HandlerState> states =
                    List.of(new HandlerState("b", "b"), new HandlerState("a", "a"));
            assertThat(Sys.getState(manager)).isEqualTo(states);
            assertThat(Sys.getStatus(manager).state()).isEqualTo(states);
            Sys.replaceState(
                    manager, _ -> List.of(new HandlerState("b", "1"), new HandlerState("a", "2")));
            assertThat(EventManager.call(manager, "a", new Question("?"))).isEqualTo("2 ?");
            assertThatThrownBy(() -> Sys.replaceState(manager, _ -> "nonsense"))
                    .isInstanceOf(CallbackFailedException.class);
            Sys.suspend(manager);
            EventManager.notify(manager, "hello");
            refuteReceive(String.class);
            Sys.changeCode(manager, 1, 2);
            Sys.resume(manager);
            assertTold("b got hello", "a got hello");
        }
    }
}
