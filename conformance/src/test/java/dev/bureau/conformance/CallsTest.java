package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/// `call` and `reply`, as far as the kernel has them: OTP's items G-12 to G-16, G-19 and A-06.
class CallsTest {
    record Add(int left, int right) implements Call<Integer> {}

    record Delay(Duration time) implements Call<String> {}

    record Stop(Object reason) implements Call<String> {}

    record Forward(Pid to, Add add) implements Call<Integer> {}

    record Never() implements Call<String> {}

    record Collect(List<String> words) implements Call<List<String>> {}

    sealed interface Counting {}

    record Increment() implements Counting {}

    record Get(From<Integer> from) implements Counting {}

    private static Pid server() {
        return spawn(CallsTest::serve);
    }

    private static void serve() {
        List<String> kept = new ArrayList<>();
        while (true) {
            Request request = receive(Request.class);
            switch (request.payload()) {
                case Add add -> reply(request.from().as(add), add.left() + add.right());
                case Delay delay -> {
                    sleep(delay.time());
                    reply(request.from().as(delay), "late");
                }
                case Stop stop -> exit(stop.reason());
                case Forward forward ->
                        reply(request.from().as(forward), call(forward.to(), forward.add()));
                case Collect collect -> {
                    kept.addAll(collect.words());
                    reply(request.from().as(collect), kept);
                }
                default -> {}
            }
        }
    }

    private static CallFailed failure(Body calling) {
        ExitException thrown = catchThrowableOfType(ExitException.class, () -> calling.run());
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isInstanceOf(CallFailed.class);
        return (CallFailed) thrown.reason();
    }

    @Nested
    class AnAnswer {
        @Scenario
        @Otp("G-12")
        void comesToTheCallerWithItsType() {
            Pid server = server();
            int sum = call(server, new Add(1, 2));
            assertThat(sum).isEqualTo(3);
            register("adder", server);
            assertThat(call("adder", new Add(2, 2))).isEqualTo(4);
            assertThat(call(Name.on(node().id(), "adder"), new Add(2, 3))).isEqualTo(5);
            assertThat(call(server, new Add(3, 3), ofSeconds(1))).isEqualTo(6);
            assertThat(call("adder", new Add(3, 4), ofSeconds(1))).isEqualTo(7);
        }

        @Scenario
        @Otp("G-12")
        void comesToAMessageThatHoldsItsReplyAddress() {
            Pid counter =
                    spawn(() -> {
                        int count = 0;
                        while (true) {
                            switch (receive(Counting.class)) {
                                case Increment _ -> count++;
                                case Get(var from) -> reply(from, count);
                            }
                        }
                    });
            send(counter, new Increment());
            send(counter, new Increment());
            int count = call(counter, Get::new);
            assertThat(count).isEqualTo(2);
            register("counter", counter);
            int same = call("counter", Get::new, ofSeconds(1));
            assertThat(same).isEqualTo(2);
        }

        /// Each caller gets its own, however many call at once.
        @Scenario
        @Otp("G-12")
        void isNeverSomebodyElses() {
            Pid boss = self();
            Pid server = server();
            for (int c = 0; c < 4; c++) {
                int caller = c;
                spawn(() -> {
                    boolean right = true;
                    for (int i = 0; i < 5; i++) {
                        right &= call(server, new Add(100 * caller, i)) == 100 * caller + i;
                    }
                    send(boss, right);
                });
            }
            for (int c = 0; c < 4; c++) {
                assertThat(receive(Boolean.class)).isTrue();
            }
        }

        @Scenario
        @Otp("G-19")
        void mayComeFromAnotherProcessAndLater() {
            Pid server =
                    spawn(() -> {
                        Get get = receive(Get.class);
                        spawn(() -> {
                            sleep(ofMillis(5));
                            reply(get.from(), 7);
                        });
                        sleepForever();
                    });
            int answer = call(server, Get::new);
            assertThat(answer).isEqualTo(7);
        }

        /// An answer, then a crash: the caller has its answer.
        @Scenario
        @Otp("G-19")
        void countsAlsoIfTheServerCrashesRightAfter() {
            Pid server =
                    spawn(() -> {
                        reply(receive(Get.class).from(), 1);
                        exit("crash");
                    });
            int answer = call(server, Get::new);
            assertThat(answer).isEqualTo(1);
            refuteReceive(Object.class, ofMillis(3));
        }

        /// A second answer satisfies no other call and does not stay in the mailbox.
        @Scenario
        @Otp("G-19")
        @Otp("A-06")
        void givenTwiceCountsOnce() {
            Pid server =
                    spawn(() -> {
                        Get first = receive(Get.class);
                        reply(first.from(), 1);
                        reply(first.from(), 2);
                        Get second = receive(Get.class);
                        reply(first.from(), 3);
                        reply(second.from(), 4);
                        reply(first.from(), 5);
                        sleepForever();
                    });
            int first = call(server, Get::new);
            int second = call(server, Get::new);
            assertThat(first).isEqualTo(1);
            assertThat(second).isEqualTo(4);
            refuteReceive(Object.class, ofMillis(3));
        }

        @Scenario
        @Otp("G-12")
        void isIsolatedAndSoIsTheRequest() {
            Pid server = server();
            List<String> mine = new ArrayList<>(List.of("a"));
            List<String> first = call(server, new Collect(mine));
            mine.add("not sent");
            first.add("not kept");
            List<String> second = call(server, new Collect(new ArrayList<>(List.of("b"))));
            assertThat(second).containsExactly("a", "b");
        }

        @Scenario
        @Otp("G-12")
        void mayBeNullAndLeavesOtherMessagesAlone() {
            send(self(), "unread");
            Pid server = spawn(() -> reply(receive(Get.class).from(), null));
            Integer nothing = call(server, Get::new);
            assertThat(nothing).isNull();
            assertThat(receive()).isEqualTo("unread");
        }
    }

    @Nested
    class ATimeOut {
        @Scenario
        @Otp("G-12")
        @Otp("G-15")
        void endsTheCallerAndNotTheServer() {
            Pid server = server();
            Never never = new Never();
            Spawned caller = spawnMonitor(() -> call(server, never, ofMillis(10)));
            assertThat(awaitDown(caller.monitor()))
                    .isEqualTo(
                            new CallFailed(
                                    ExitReason.TIMEOUT, server, never, ofMillis(10), caller.pid()));
            assertThat(isAlive(server)).isTrue();
            assertThat(call(server, new Add(1, 1))).isEqualTo(2);
        }

        /// Simulated, so an hour is nothing.
        @Scenario(carriers = {})
        @Otp("G-12")
        void thereMayBeNone() {
            Pid server = server();
            assertThat(callForever(server, new Delay(Duration.ofHours(1)))).isEqualTo("late");
            Pid counter =
                    spawn(() -> {
                        Get get = receive(Get.class);
                        sleep(Duration.ofHours(1));
                        reply(get.from(), 1);
                    });
            assertThat(callForever(counter, Get::new)).isEqualTo(1);
            assertThat(failure(() -> callForever(counter, Get::new)))
                    .extracting(CallFailed::reason)
                    .isEqualTo(NOPROC);
        }

        @Scenario(carriers = {})
        @Otp("G-12")
        void isAfterFiveSecondsUnlessSaidOtherwise() {
            Pid server = server();
            Duration begin = now();
            CallFailed failed = failure(() -> call(server, new Never()));
            assertThat(failed.timeout()).isEqualTo(ofSeconds(5));
            assertThat(now().minus(begin)).isBetween(ofSeconds(5), ofSeconds(9));
        }

        @Scenario
        @Otp("G-13")
        @Otp("A-06")
        void leavesNoLateAnswerBehind() {
            Pid boss = self();
            Pid server =
                    spawn(() -> {
                        while (true) {
                            Get get = receive(Get.class);
                            receive(Go.class);
                            reply(get.from(), 1);
                            send(boss, new Go());
                        }
                    });
            for (int i = 0; i < 3; i++) {
                assertThat(
                                failure(
                                                () -> {
                                                    Integer answer =
                                                            call(server, Get::new, ofMillis(2));
                                                    assertThat(answer).isNull();
                                                })
                                        .reason())
                        .isEqualTo(ExitReason.TIMEOUT);
                send(server, new Go());
                assertReceive(new Go());
            }
            refuteReceive(Object.class);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            assertThat(info(server).orElseThrow().monitoredBy()).doesNotContain(self());
        }

        /// At that very moment: an answer or a failure, and never both.
        @Scenario(outcomes = {"answered", "timed out"})
        @Otp("G-13")
        void thatRacesWithTheAnswerIsOneOfTheTwo() {
            Pid server = server();
            try {
                assertThat(call(server, new Delay(ofMillis(4)), ofMillis(4).plusNanos(5_000)))
                        .isEqualTo("late");
                observe("answered");
            } catch (ExitException failed) {
                observe("timed out");
            }
            sleep(ofMillis(4));
            refuteReceive(Object.class, ofMillis(2));
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }

        @Scenario
        @Otp("G-12")
        void ofZeroFailsAtOnceAndANegativeOneIsRefusedBeforeAnythingIsSent() {
            Pid idle = Staff.idle();
            assertThat(failure(() -> call(idle, new Never(), Duration.ZERO)).reason())
                    .isEqualTo(ExitReason.TIMEOUT);
            assertThatThrownBy(() -> call(idle, new Never(), ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(info(idle).orElseThrow().messageQueueLength()).isEqualTo(1);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }
    }

    @Nested
    class AFailure {
        @Scenario
        @Otp("G-14")
        void tellsThatThereIsNoSuchServer() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Add add = new Add(1, 1);
            assertThat(failure(() -> call(dead, add)))
                    .isEqualTo(new CallFailed(NOPROC, dead, add, ofSeconds(5), self()));
            assertThat(failure(() -> call("nobody", add)))
                    .isEqualTo(
                            new CallFailed(
                                    NOPROC, Name.local("nobody"), add, ofSeconds(5), self()));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("G-14")
        void tellsHowTheServerEndedMeanwhile() {
            for (Object reason :
                    List.of(NORMAL, SHUTDOWN, "broken", new ExitReason.ShutdownWith(1))) {
                Pid server = server();
                Stop stop = new Stop(reason);
                assertThat(failure(() -> call(server, stop)).reason())
                        .isEqualTo(ExitReason.of(reason));
            }
            Pid crashing =
                    spawn(() -> {
                        receive();
                        throw new IllegalStateException("boom");
                    });
            assertThat(failure(() -> call(crashing, new Never())).reason())
                    .isInstanceOfSatisfying(
                            ExitReason.Crash.class,
                            crash -> assertThat(crash.error()).hasMessage("boom"));
            Pid idle = Staff.idle();
            sendAfter(self(), new Go(), ofMillis(3));
            spawn(() -> {
                sleep(ofMillis(3));
                exit(idle, KILL);
            });
            assertThat(failure(() -> call(idle, new Never())).reason())
                    .isEqualTo(ExitReason.KILLED);
            receive(Go.class);
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("G-14")
        void tellsThatOneCallsOneself() {
            register("me", self());
            for (Destination me : List.<Destination>of(self(), Name.local("me"))) {
                assertThat(failure(() -> call(me, new Never())).reason())
                        .isEqualTo(new ExitReason.CallingSelf());
            }
            assertThat(poll(Object.class)).isEmpty();
        }

        @Scenario
        @Otp("G-15")
        void nestsWhenTheServerWasCallingToo() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Pid server = server();
            Add add = new Add(1, 2);
            Forward forward = new Forward(dead, add);
            assertThat(failure(() -> call(server, forward)))
                    .isEqualTo(
                            new CallFailed(
                                    new CallFailed(NOPROC, dead, add, ofSeconds(5), server),
                                    server,
                                    forward,
                                    ofSeconds(5),
                                    self()));
        }

        @Scenario
        @Otp("G-14")
        void thatNobodyCatchesIsTheReasonOfTheCaller() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Add add = new Add(1, 2);
            Spawned caller = spawnMonitor(() -> call(dead, add));
            assertThat(awaitDown(caller.monitor()))
                    .isEqualTo(new CallFailed(NOPROC, dead, add, ofSeconds(5), caller.pid()));
        }

        @Scenario
        @Otp("G-16")
        void comesBesideTheExitMessageToALinkedCallerWhoTraps() {
            trapExits(true);
            Pid server = spawnLink(CallsTest::serve);
            assertThat(failure(() -> call(server, new Stop("broken"))).reason())
                    .isEqualTo(custom("broken"));
            assertReceive(new Exit(server, custom("broken")));
            refuteReceive(Object.class, ofMillis(2));
        }

        /// An exit signal through the link may be first; then it is that which ends the caller.
        @Scenario
        @Otp("G-16")
        void endsALinkedCallerWhoDoesNotTrapEitherWay() {
            Spawned caller =
                    spawnMonitor(() -> {
                        Pid server = spawnLink(CallsTest::serve);
                        call(server, new Stop("broken"));
                    });
            ExitReason reason = awaitDown(caller.monitor());
            if (reason instanceof CallFailed failed) {
                reason = failed.reason();
            }
            assertThat(reason).isEqualTo(custom("broken"));
        }

        @Scenario
        @Otp("G-12")
        void ofARequestThatCannotBeSharedSendsNothingAndLeavesNothing() {
            Pid idle = Staff.idle();
            record Odd(From<Integer> from, Random random) {}
            assertThatThrownBy(
                            () -> {
                                Integer answer =
                                        call(
                                                idle,
                                                (From<Integer> from) ->
                                                        new Odd(from, new Random()));
                                assertThat(answer).isNull();
                            })
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("random");
            assertThat(info(idle).orElseThrow().messageQueueLength()).isZero();
            assertThat(info(idle).orElseThrow().monitoredBy()).isEmpty();
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }

        /// The reason holds the request; what is mutable in it is not shared among those who are told.
        @Scenario
        @Otp("G-15")
        void sharesNoMemoryAmongThoseWhoAreTold() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Pid boss = self();
            Pid caller =
                    spawn(() -> {
                        receive(Go.class);
                        call(dead, new Collect(new ArrayList<>(List.of("a"))));
                    });
            for (int i = 0; i < 2; i++) {
                spawn(() -> {
                    Ref monitor = monitor(caller);
                    send(boss, new Go());
                    CallFailed failed = (CallFailed) awaitDown(monitor);
                    List<String> words = ((Collect) failed.request()).words();
                    words.add("written by one who was told");
                    send(boss, words);
                });
                receive(Go.class);
            }
            send(caller, new Go());
            for (int i = 0; i < 2; i++) {
                assertThat((Object) receive(ArrayList.class))
                        .isEqualTo(List.of("a", "written by one who was told"));
            }
        }
    }

    /// The same for every reason: who is told of an end shares nothing with the others who are.
    @Nested
    class AReason {
        @Scenario
        @Otp("X-11")
        void isACopyForEachWhoIsTold() {
            Pid boss = self();
            for (Body body :
                    List.<Body>of(
                            () -> exit(new ArrayList<>(List.of("a"))),
                            () -> {
                                throw new ExitException(custom(new ArrayList<>(List.of("a"))));
                            })) {
                Pid ending = Staff.ready(body);
                for (int i = 0; i < 2; i++) {
                    spawn(() -> {
                        trapExits(true);
                        link(ending);
                        send(boss, new Go());
                        Exit exit = receive(Exit.class);
                        @SuppressWarnings("unchecked")
                        List<String> words =
                                (List<String>) ((ExitReason.Custom) exit.reason()).term();
                        words.add("written by one who was told");
                        send(boss, words);
                    });
                    receive(Go.class);
                }
                send(ending, new Go());
                for (int i = 0; i < 2; i++) {
                    assertThat((Object) receive(ArrayList.class))
                            .isEqualTo(List.of("a", "written by one who was told"));
                }
            }
        }
    }
}
