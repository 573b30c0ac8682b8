package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.conformance.Clerk.Ask;
import dev.bureau.conformance.Clerk.Continued;
import dev.bureau.conformance.Clerk.Informed;
import dev.bureau.conformance.Clerk.Order;
import dev.bureau.conformance.Clerk.Terminated;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Request;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.IdleTimeout;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.PartitionSupervisor;
import dev.bureau.otp.Registry;
import dev.bureau.otp.RequestId;
import dev.bureau.otp.Response;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// What servers do with requests and messages: OTP's items G-11 to G-21, G-30 and G-31.
class GenServerTest {
    /// Has nothing but `init`.
    record Bare() implements GenServer<String, Bare.Nothing, Bare.Word> {
        record Nothing() implements Call<String> {}

        record Word() implements Cast {}

        @Override
        public Init<String> init() {
            return ok("bare");
        }
    }

    record Other() implements Call<String> {}

    private static CallFailed failure(Body calling) {
        ExitException thrown = catchThrowableOfType(ExitException.class, () -> calling.run());
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isInstanceOf(CallFailed.class);
        return (CallFailed) thrown.reason();
    }

    private static <R> Ask<R> ask(Clerk.Answering<R> how) {
        return new Ask<>(how);
    }

    private static Order order(Clerk.Step how) {
        return new Order(how);
    }

    @Nested
    @Otp("G-11")
    class ATimeOut {
        @Scenario(seeds = 200)
        void comesWhenNoMessageDoes() {
            Pid server = GenServer.start(Clerk.plain());
            cast(server, order((clerk, _) -> clerk.noReply("cast", clerk.timeout(ofMillis(2)))));
            assertReceive(new Informed(new IdleTimeout(), "cast"));
            call(
                    server,
                    ask((clerk, ask, _, _) ->
                            clerk.reply(ask, "", "call", clerk.timeout(ofMillis(2)))));
            assertReceive(new Informed(new IdleTimeout(), "call"));
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 200)
        void isEndedByAnyMessage() {
            Pid server = GenServer.start(Clerk.plain());
            Order waits =
                    order((clerk, state) -> clerk.noReply(state, clerk.timeout(ofMillis(40))));
            cast(server, waits);
            send(server, "info");
            assertReceive(new Informed("info", "state"));
            cast(server, waits);
            cast(server, order((clerk, state) -> clerk.noReply(state)));
            cast(server, waits);
            call(server, Clerk.state());
            refuteReceive(Object.class, ofMillis(isSimulated() ? 100 : 60));
        }

        @Scenario
        void ofZeroComesAfterWhatHasCome() {
            Pid server = GenServer.start(Clerk.plain());
            cast(
                    server,
                    order((clerk, state) -> {
                        send(self(), "queued");
                        return clerk.noReply(state, clerk.timeout(Duration.ZERO));
                    }));
            assertReceive(new Informed("queued", "state"));
            refuteReceive(Object.class);
            cast(server, order((clerk, _) -> clerk.noReply("idle", clerk.timeout(Duration.ZERO))));
            assertReceive(new Informed(new IdleTimeout(), "idle"));
            refuteReceive(Object.class);
        }

        /// A look from outside is no message: the server waits as long again.
        @Scenario(seeds = 200, runs = 3)
        void beginsAnewAfterASystemMessage() {
            Pid server = GenServer.start(Clerk.plain());
            Duration limit = ofMillis(100);
            cast(server, order((clerk, state) -> clerk.noReply(state, clerk.timeout(limit))));
            Duration last = now();
            for (int i = 0; i < 3; i++) {
                sleep(ofMillis(60));
                last = now();
                Sys.getState(server);
            }
            assertReceive(new Informed(new IdleTimeout(), "state"));
            assertThat(now().minus(last)).isGreaterThanOrEqualTo(limit);
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 200, runs = 3)
        @Otp("Y-04")
        void beginsAnewAfterASuspension() {
            Pid server = GenServer.start(Clerk.plain());
            Duration limit = ofMillis(30);
            cast(server, order((clerk, state) -> clerk.noReply(state, clerk.timeout(limit))));
            Sys.suspend(server);
            sleep(ofMillis(60));
            refuteReceive(Object.class);
            Duration resumed = now();
            Sys.resume(server);
            assertReceive(new Informed(new IdleTimeout(), "state"));
            assertThat(now().minus(resumed)).isGreaterThanOrEqualTo(limit);
        }

        @Scenario(seeds = 50)
        void canBeAskedForByItsOwnHandler() {
            Pid boss = self();
            record Ticking(Pid boss) implements GenServer<Integer, Bare.Nothing, Bare.Word> {
                @Override
                public Init<Integer> init() {
                    return ok(0, timeout(ofMillis(1)));
                }

                @Override
                public Next<Integer> handleInfo(Object message, Integer state) {
                    send(boss, state);
                    return noReply(state + 1, timeout(ofMillis(1)));
                }
            }
            GenServer.start(new Ticking(boss));
            assertReceive(0);
            assertReceive(1);
            assertReceive(2);
        }
    }

    @Nested
    class ACall {
        @Scenario
        @Otp("G-12")
        @Otp("G-15")
        void thatTimesOutEndsTheCallerAndNotTheServer() {
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> late =
                    ask((clerk, ask, _, _) -> {
                        receive(Go.class);
                        return clerk.reply(ask, "late", "worked");
                    });
            assertThat(failure(() -> call(server, late, ofMillis(1))))
                    .isEqualTo(
                            new CallFailed(ExitReason.TIMEOUT, server, late, ofMillis(1), self()));
            send(server, new Go());
            assertThat(call(server, Clerk.state())).isEqualTo("worked");
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 200)
        @Otp("G-13")
        void leavesNoLateReply() {
            Pid boss = self();
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> late =
                    ask((clerk, _, from, state) -> {
                        spawn(() -> {
                            send(boss, self());
                            receive(Go.class);
                            reply(from, "late");
                            send(boss, "replied");
                        });
                        return clerk.noReply(state);
                    });
            assertThat(failure(() -> call(server, late, ofMillis(1))).reason())
                    .isEqualTo(ExitReason.TIMEOUT);
            send(assertReceive(Pid.class), new Go());
            assertReceive("replied");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("G-14")
        void ofNobodySaysSo() {
            Pid dead = GenServer.start(Clerk.plain());
            GenServer.stop(dead);
            assertReceive(new Terminated(NORMAL, "state"));
            Ask<Object> ask = Clerk.state();
            for (var server : List.of(dead, Name.local("nobody"), Name.on(node().id(), "nobody"))) {
                CallFailed failed = failure(() -> call(server, ask));
                assertThat(failed)
                        .isEqualTo(
                                new CallFailed(
                                        ExitReason.NOPROC, server, ask, ofSeconds(5), self()));
                assertThat(ExitReason.format(failed))
                        .startsWith("exited in: call(" + server + ", ")
                        .contains(") by " + self() + "\n")
                        .contains("no process");
            }
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("G-14")
        void tellsHowTheServerEndedMeanwhile() {
            Pid boss = self();
            for (ExitReason reason :
                    List.of(NORMAL, SHUTDOWN, custom("broken"), new ExitReason.ShutdownWith(1))) {
                Pid server = GenServer.start(Clerk.plain());
                assertThat(failure(() -> call(server, Clerk.stopFor(reason))).reason())
                        .isEqualTo(reason);
                assertReceive(new Terminated(reason, "state"));
            }
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> kills =
                    ask((_, _, _, _) -> {
                        send(boss, new Go());
                        sleepForever();
                        throw exit("never");
                    });
            spawn(() -> {
                receive(Go.class);
                exit(server, KILL);
            });
            Pid killer =
                    spawn(() -> {
                        receive(Go.class);
                        exit(server, KILL);
                    });
            Pid caller = spawn(() -> send(boss, failure(() -> call(server, kills)).reason()));
            assertReceive(Go.class);
            send(killer, new Go());
            assertReceive(ExitReason.KILLED);
            assertThat(caller).isNotNull();
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        @Otp("G-14")
        void ofItselfIsRefusedAtOnce() {
            GenServer.startLink("clerk", Clerk.plain());
            Pid server = whereis("clerk").orElseThrow();
            for (var itself : List.of(server, Name.local("clerk"))) {
                Ask<ExitReason> calls =
                        ask((clerk, ask, _, state) ->
                                clerk.reply(
                                        ask,
                                        failure(() -> call(itself, Clerk.state())).reason(),
                                        state));
                assertThat(call(server, calls)).isEqualTo(new ExitReason.CallingSelf());
            }
        }

        @Scenario
        @Otp("G-15")
        void thatFailsInAServerNestsTheReasons() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Pid server = GenServer.start(Clerk.plain());
            Ask<Object> inner = Clerk.state();
            Ask<Object> outer =
                    ask((clerk, ask, _, state) -> clerk.reply(ask, call(dead, inner), state));
            CallFailed failed = failure(() -> call(server, outer, ofSeconds(1)));
            assertThat(failed.timeout()).isEqualTo(ofSeconds(1));
            assertThat(failed.request()).isEqualTo(outer);
            assertThat(failed.reason())
                    .isEqualTo(
                            new CallFailed(ExitReason.NOPROC, dead, inner, ofSeconds(5), server));
        }

        @Scenario
        @Otp("G-16")
        void ofALinkedServerTellsACallerWhoTrapsTwice() {
            trapExits(true);
            Pid server = GenServer.startLink(Clerk.plain());
            assertThat(failure(() -> call(server, Clerk.stopFor("broken"))).reason())
                    .isEqualTo(custom("broken"));
            assertReceive(new Terminated(custom("broken"), "state"));
            assertReceive(new Exit(server, custom("broken")));
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        @Otp("G-12")
        void ofAnotherProtocolCrashesWithTheTypes() {
            Pid server = GenServer.start(Clerk.plain());
            ExitReason reason = failure(() -> call(server, new Other())).reason();
            assertThat(reason).isInstanceOf(ExitReason.Crash.class);
            assertThat(((ExitReason.Crash) reason).error())
                    .isInstanceOf(ClassCastException.class)
                    .hasMessageContaining(Other.class.getName());
        }
    }

    @Nested
    @Otp("G-17")
    class AHandler {
        @Scenario(seeds = 100)
        void repliesAndThenContinuesWaitsOrSleeps() {
            Pid server = GenServer.start(Clerk.plain());
            String one = call(server, ask((clerk, ask, _, _) -> clerk.reply(ask, "1", "one")));
            assertThat(one).isEqualTo("1");
            assertThat(call(server, Clerk.state())).isEqualTo("one");
            String two =
                    call(
                            server,
                            ask((clerk, ask, _, _) ->
                                    clerk.reply(ask, "2", "two", clerk.continueWith("next"))));
            assertThat(two).isEqualTo("2");
            assertReceive(new Continued("next", "two"));
            String three =
                    call(
                            server,
                            ask((clerk, ask, _, _) ->
                                    clerk.reply(ask, "3", "three", clerk.timeout(ofMillis(1)))));
            assertThat(three).isEqualTo("3");
            assertReceive(new Informed(new IdleTimeout(), "three"));
            String four =
                    call(
                            server,
                            ask((clerk, ask, _, _) ->
                                    clerk.reply(ask, "4", "four", clerk.hibernate())));
            assertThat(four).isEqualTo("4");
            assertThat(call(server, Clerk.state())).isEqualTo("four");
        }

        @Scenario(seeds = 100)
        void leavesTheReplyOpenAndThenContinuesWaitsOrSleeps() {
            Pid server = GenServer.start(Clerk.plain());
            String continued =
                    call(
                            server,
                            ask((clerk, _, from, state) -> {
                                Clerk.Step answers =
                                        (c, s) -> {
                                            reply(from, "in the continuation");
                                            return c.noReply(s);
                                        };
                                return clerk.noReply(state, clerk.continueWith(answers));
                            }));
            assertThat(continued).isEqualTo("in the continuation");
            for (int i = 0; i < 2; i++) {
                boolean sleeps = i == 0;
                String before =
                        call(
                                server,
                                ask((clerk, _, from, state) -> {
                                    reply(from, "before it returned");
                                    return clerk.noReply(
                                            state,
                                            sleeps
                                                    ? clerk.hibernate()
                                                    : clerk.timeout(ofMillis(1)));
                                }));
                assertThat(before).isEqualTo("before it returned");
            }
            assertReceive(new Informed(new IdleTimeout(), "state"));
        }

        @Scenario
        void stopsWithoutAReply() {
            Pid server = GenServer.start(Clerk.plain());
            assertThat(failure(() -> call(server, Clerk.stopFor("enough"))).reason())
                    .isEqualTo(custom("enough"));
            assertReceive(new Terminated(custom("enough"), "state"));
        }

        /// Terminate first, then the reply, then the end.
        @Scenario
        @Otp("G-18")
        void stopsWithAReplyThatComesAfterTerminate() {
            Pid server = GenServer.start(Clerk.plain());
            Ref monitor = monitor(server);
            String last =
                    call(
                            server,
                            ask((clerk, ask, _, _) -> clerk.stop("enough", ask, "bye", "last")));
            assertThat(last).isEqualTo("bye");
            assertThat(poll(Terminated.class)).contains(new Terminated(custom("enough"), "last"));
            assertThat(awaitDown(monitor)).isEqualTo(custom("enough"));
        }

        @Scenario
        @Otp("G-18")
        @Otp("G-25")
        void whoseTerminateFailsHasStillReplied() {
            record Clumsy() implements GenServer<String, Ask<?>, Bare.Word> {
                @Override
                public Init<String> init() {
                    return ok("state");
                }

                @Override
                public Next<String> handleCall(Ask<?> request, From<?> from, String state) {
                    @SuppressWarnings("unchecked")
                    Ask<String> ask = (Ask<String>) request;
                    return stop("enough", ask, "bye", state);
                }

                @Override
                public void terminate(ExitReason reason, String state) {
                    throw exit("clumsy");
                }
            }
            Pid server = GenServer.start(new Clumsy());
            Ref monitor = monitor(server);
            String last = call(server, ask((_, _, _, _) -> null));
            assertThat(last).isEqualTo("bye");
            assertThat(awaitDown(monitor)).isEqualTo(custom("clumsy"));
        }

        @Scenario(seeds = 100)
        void stopsFromCastInfoAndContinuation() {
            Pid one = GenServer.start(Clerk.plain());
            Ref first = monitor(one);
            cast(one, order((clerk, _) -> clerk.stop("by cast", "last")));
            assertThat(awaitDown(first)).isEqualTo(custom("by cast"));
            assertReceive(new Terminated(custom("by cast"), "last"));
            Clerk.Step stops = (clerk, _) -> clerk.stop("by continuation", "last");
            Pid two = GenServer.start(Clerk.plain());
            Ref second = monitor(two);
            cast(two, order((clerk, state) -> clerk.noReply(state, clerk.continueWith(stops))));
            assertThat(awaitDown(second)).isEqualTo(custom("by continuation"));
            assertReceive(new Terminated(custom("by continuation"), "last"));
        }

        @Scenario(seeds = 100)
        @Otp("G-22")
        void thatReturnsNullEndsTheServerAndSaysWhatWasExpected() {
            Pid called = GenServer.start(Clerk.plain());
            assertNullTold(failure(() -> call(called, ask((_, _, _, _) -> null))).reason());
            Pid cast = GenServer.start(Clerk.plain());
            Ref monitor = monitor(cast);
            cast(cast, order((_, _) -> null));
            assertNullTold(awaitDown(monitor));
            assertReceive(Terminated.class);
            assertReceive(Terminated.class);
        }

        private static void assertNullTold(ExitReason reason) {
            assertThat(reason).isInstanceOf(ExitReason.Crash.class);
            assertThat(((ExitReason.Crash) reason).error())
                    .hasMessage(
                            "expected reply, noReply or stop from a callback of "
                                    + Clerk.class.getName()
                                    + ", got: null");
        }

        @Scenario(seeds = 100)
        void thatRepliesToNoCallIsTold() {
            for (Order order :
                    List.of(
                            order((clerk, state) -> clerk.reply(new Other(), "to nobody", state)),
                            order((clerk, state) ->
                                    clerk.stop("enough", new Other(), "to nobody", state)))) {
                Pid server = GenServer.start(Clerk.plain());
                Ref monitor = monitor(server);
                cast(server, order);
                ExitReason reason = awaitDown(monitor);
                assertThat(((ExitReason.Crash) reason).error())
                        .hasMessageContaining("expected noReply or stop")
                        .hasMessageContaining("to nobody");
                assertReceive(Terminated.class);
            }
        }
    }

    @Nested
    @Otp("G-19")
    class AReply {
        @Scenario
        void mayComeFromAnotherProcessAndLater() {
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> delegated =
                    ask((clerk, _, from, state) -> {
                        spawn(() -> reply(from, "from elsewhere"));
                        return clerk.noReply(state);
                    });
            assertThat(call(server, delegated)).isEqualTo("from elsewhere");
            refuteReceive(Object.class);
        }

        record Question() implements Call<String> {}

        record Answer(String text) implements Cast {}

        /// Answers a question when it is told what to say.
        record Oracle() implements GenServer<Optional<From<String>>, Question, Answer> {
            @Override
            public Init<Optional<From<String>>> init() {
                return ok(Optional.empty());
            }

            @Override
            public Next<Optional<From<String>>> handleCall(
                    Question question, From<?> from, Optional<From<String>> asked) {
                return noReply(Optional.of(from.as(question)));
            }

            @Override
            public Next<Optional<From<String>>> handleCast(
                    Answer answer, Optional<From<String>> asked) {
                reply(asked.orElseThrow(), answer.text());
                return noReply(Optional.empty());
            }
        }

        @Scenario
        void toAnEarlierCallIsAWordOfTheServer() {
            Pid oracle = GenServer.start(new Oracle());
            RequestId<String> asked = GenServer.sendRequest(oracle, new Question());
            cast(oracle, new Answer("perhaps"));
            assertThat(asked.receiveResponse(ofSeconds(5)))
                    .isEqualTo(new Response.Answer<>("perhaps"));
        }

        @Scenario
        void givenBeforeACrashIsTheCallers() {
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> crashes =
                    ask((_, _, from, _) -> {
                        reply(from, "just in time");
                        throw new IllegalStateException("crash");
                    });
            assertThat(call(server, crashes)).isEqualTo("just in time");
            assertReceive(Terminated.class);
            refuteReceive(Object.class);
        }

        @Scenario
        void givenTwiceCountsOnceAndAnswersNoOtherCall() {
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> twice =
                    ask((clerk, ask, from, state) -> {
                        reply(from, "first");
                        spawn(() -> reply(from, "third"));
                        return clerk.reply(ask, "second", state);
                    });
            assertThat(call(server, twice)).isEqualTo("first");
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            refuteReceive(Object.class);
        }

        @Scenario
        void mayGoToWhomeverTheServerHasKept() {
            Pid boss = self();
            Pid server = GenServer.start(Clerk.opening(clerk -> clerk.ok(List.of())));
            Ask<String> queue =
                    ask((clerk, _, from, state) -> {
                        List<Object> waiting = new ArrayList<>((List<?>) state);
                        waiting.add(from);
                        return clerk.noReply(List.copyOf(waiting));
                    });
            for (int i = 0; i < 3; i++) {
                spawn(() -> send(boss, call(server, queue)));
            }
            eventually(() -> ((List<?>) call(server, Clerk.state())).size() == 3);
            cast(
                    server,
                    order((clerk, state) -> {
                        for (Object from : (List<?>) state) {
                            @SuppressWarnings("unchecked")
                            From<String> waiting = (From<String>) from;
                            reply(waiting, "all at once");
                        }
                        return clerk.noReply(List.of());
                    }));
            for (int i = 0; i < 3; i++) assertReceive("all at once");
        }
    }

    @Nested
    @Otp("G-20")
    class ACast {
        @Scenario(seeds = 100)
        void alwaysSucceeds() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Order order = order((clerk, state) -> clerk.noReply(state));
            cast(dead, order);
            cast("nobody", order);
            cast(Name.on(node().id(), "nobody"), order);
            cast(Name.on(new dev.bureau.kernel.NodeId("far@away", 1), "nobody"), order);
            cast(Registry.via("nobody", "key"), order);
            cast(PartitionSupervisor.via("nobody", 1), order);
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        void isHandledInTheOrderOfCasting() {
            Pid server = GenServer.start(Clerk.plain());
            for (int i = 0; i < 5; i++) {
                int word = i;
                cast(server, order((clerk, state) -> clerk.noReply(state + "" + word)));
            }
            assertThat(call(server, Clerk.state())).isEqualTo("state01234");
        }
    }

    @Nested
    @Otp("G-21")
    class AnUnexpectedMessage {
        @Scenario(seeds = 50)
        void isLoggedAndTheServerGoesOn() throws Exception {
            Pid server = GenServer.start(new Bare());
            List<String> log =
                    captureLog(() -> {
                        send(server, "what is this?");
                        assertThat(Sys.getState(server)).isEqualTo("bare");
                    });
            assertThat(log)
                    .singleElement()
                    .asString()
                    .startsWith(
                            Bare.class.getName()
                                    + " "
                                    + server
                                    + " received an unexpected message: what is this?");
        }

        @Scenario(seeds = 50)
        void mayHaveATextThatFails() {
            record Rude() {
                @Override
                public String toString() {
                    throw new IllegalStateException("no text");
                }
            }
            Pid server = GenServer.start(new Bare());
            send(server, new Rude());
            assertThat(Sys.getState(server)).isEqualTo("bare");
        }

        @Scenario(seeds = 50)
        void asACallOrACastCrashes() {
            Pid called = GenServer.start(new Bare());
            assertCrash(
                    failure(() -> call(called, new Bare.Nothing())).reason(),
                    " has no handleCall and was called with Nothing[]");
            Pid cast = GenServer.start(new Bare());
            Ref monitor = monitor(cast);
            cast(cast, new Bare.Word());
            assertCrash(awaitDown(monitor), " has no handleCast and was cast Word[]");
            record Continuing() implements GenServer<String, Bare.Nothing, Bare.Word> {
                @Override
                public Init<String> init() {
                    return ok("state", continueWith("nobody"));
                }
            }
            trapExits(true);
            Pid continued = GenServer.startLink(new Continuing());
            Exit exit = assertReceive(Exit.class);
            assertThat(exit.from()).isEqualTo(continued);
            assertCrash(exit.reason(), " has no handleContinue and was to go on with nobody");
        }

        private static void assertCrash(ExitReason reason, String message) {
            assertThat(reason).isInstanceOf(ExitReason.Crash.class);
            assertThat(((ExitReason.Crash) reason).error())
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageEndingWith(message);
        }
    }

    @Nested
    @Otp("G-30")
    class AnIdleServer {
        @Scenario(seeds = 50)
        void holdsNoStackAndWakesUnnoticed() {
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> deep = ask((clerk, ask, _, state) -> descend(clerk, ask, state, 200));
            call(server, deep);
            awaitWaiting(server);
            assertThat(stack(server)).isEmpty();
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            call(server, ask((clerk, ask, _, _) -> clerk.reply(ask, "", "b", clerk.hibernate())));
            awaitWaiting(server);
            assertThat(call(server, Clerk.state())).isEqualTo("b");
        }

        private static Next<Object> descend(Clerk clerk, Ask<String> ask, Object state, int depth) {
            return depth == 0 ? clerk.reply(ask, "", state) : descend(clerk, ask, state, depth - 1);
        }
    }

    /// Whoever knows the messages needs no client functions.
    @Nested
    @Otp("G-31")
    class AHandWrittenClient {
        @Scenario(seeds = 100)
        void sendsARequestAndReceivesAReply() {
            Pid server = GenServer.start(Clerk.plain());
            Ref tag = alias(AliasOption.REPLY);
            Ask<Object> ask = Clerk.state();
            send(server, new Request(new From<>(self(), tag), ask));
            assertThat(receive(tag, Reply.class)).isEqualTo(new Reply(tag, "state"));
        }

        @Scenario(seeds = 100)
        void isAnsweredByAHandWrittenServer() {
            Pid server =
                    spawn(() -> {
                        Request request = receive(Request.class);
                        Reply reply = new Reply(request.from().tag(), "by hand");
                        send(request.from().tag(), reply);
                    });
            assertThat(call(server, new Other())).isEqualTo("by hand");
        }

        @Scenario(seeds = 100)
        void sendsACastAsAMessage() {
            Pid server = GenServer.start(Clerk.plain());
            send(server, order((clerk, _) -> clerk.noReply("changed")));
            assertThat(call(server, Clerk.state())).isEqualTo("changed");
        }
    }

    @Scenario(seeds = 100)
    @Otp("G-12")
    void aServerThatCallsAnotherServesNobodyMeanwhile() {
        Pid slow = GenServer.start(Clerk.plain());
        Pid server = GenServer.start(Clerk.plain());
        Ask<String> nap =
                ask((clerk, ask, _, state) -> {
                    sleep(ofMillis(3));
                    return clerk.reply(ask, "rested", state);
                });
        cast(server, order((clerk, _) -> clerk.noReply(call(slow, nap))));
        assertThat(call(server, Clerk.state())).isEqualTo("rested");
        assertThat(idle()).isNotNull();
    }
}
