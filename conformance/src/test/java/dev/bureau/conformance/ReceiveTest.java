package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ReceiveTimeout;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Tagged;
import dev.bureau.kernel.Timeout;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/// Selective receive: OTP's items V-01 to V-10.
class ReceiveTest {
    private static final Duration LONG = Duration.ofMillis(100);

    sealed interface Order {}

    record Tea(int cups) implements Order {}

    record Cake(String kind) implements Order {}

    record Answer(Ref ref, int value) implements Tagged {}

    private static List<Object> all() {
        List<Object> all = new ArrayList<>();
        for (var next = poll(Object.class); next.isPresent(); next = poll(Object.class)) {
            all.add(next.get());
        }
        return all;
    }

    @Nested
    class TheFirstMatch {
        @Scenario
        @Otp("V-01")
        void isTakenAndTheOthersKeepTheirPlaces() {
            for (Object message : List.of("a", 1, "b", 2, "c", 3)) {
                send(self(), message);
            }
            assertThat(receive(Integer.class)).isEqualTo(1);
            assertThat(receive(String.class, "c"::equals)).isEqualTo("c");
            assertThat(receive(Integer.class, n -> n > 2)).isEqualTo(3);
            assertThat(all()).containsExactly("a", "b", 2);
        }

        /// The oldest message decides, not the first clause.
        @Scenario
        @Otp("V-01")
        void isTheOldestMessageWhicheverClauseItMatches() {
            send(self(), "in between");
            send(self(), new Cake("apple"));
            send(self(), new Tea(2));
            List<String> served = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                switch (receive(Order.class)) {
                    case Tea(int cups) -> served.add(cups + " tea");
                    case Cake(String kind) -> served.add(kind + " cake");
                }
            }
            assertThat(served).containsExactly("apple cake", "2 tea");
            assertThat(all()).containsExactly("in between");
        }

        @Scenario
        @Otp("V-01")
        void isTheSameAsThatOfAListWhateverIsAskedFor() {
            Random random = new Random(1);
            List<Integer> model = new ArrayList<>();
            for (int step = 0; step < 100; step++) {
                if (model.isEmpty() || random.nextInt(3) > 0) {
                    int message = random.nextInt(10);
                    model.add(message);
                    send(self(), message);
                } else {
                    int from = random.nextInt(10);
                    Integer expected = model.stream().filter(n -> n >= from).findFirst().orElse(-1);
                    model.remove(expected);
                    assertThat(receive(Integer.class, n -> n >= from, Duration.ZERO, -1))
                            .isEqualTo(expected);
                }
            }
            assertThat(all()).isEqualTo(new ArrayList<Object>(model));
        }

        /// The messages of one sender keep their order beside those of the others.
        @Scenario
        @Otp("V-01")
        void keepsTheOrderOfEachSender() {
            Pid boss = self();
            record Numbered(int sender, int number) {}
            for (int s = 0; s < 3; s++) {
                int sender = s;
                spawn(() -> {
                    for (int i = 0; i < 5; i++) {
                        send(boss, new Numbered(sender, i));
                    }
                });
            }
            for (int sender = 2; sender >= 0; sender--) {
                int wanted = sender;
                for (int i = 0; i < 5; i++) {
                    assertThat(receive(Numbered.class, n -> n.sender() == wanted).number())
                            .isEqualTo(i);
                }
            }
            assertThat(all()).isEmpty();
        }

        @Scenario
        @Otp("V-01")
        void canBeAskedForByAPrimitiveType() {
            send(self(), "x");
            send(self(), 7L);
            send(self(), 7);
            int number = receive(int.class);
            assertThat(number).isEqualTo(7);
            assertThat(all()).containsExactly("x", 7L);
        }
    }

    @Nested
    class Waiting {
        @Scenario
        @Otp("V-02")
        void looksAtEachMessageOnce() {
            Pid boss = self();
            for (int i = 0; i < 50; i++) {
                send(boss, i);
            }
            spawn(() -> {
                for (int i = 50; i < 60; i++) {
                    sleep(ofMillis(i % 3));
                    send(boss, i);
                }
                send(boss, 1000);
            });
            AtomicInteger looks = new AtomicInteger();
            int found =
                    receive(
                            Integer.class,
                            n -> {
                                looks.incrementAndGet();
                                return n >= 1000;
                            });
            assertThat(found).isEqualTo(1000);
            assertThat(looks).hasValue(61);
            assertThat(all()).isEqualTo(IntStream.range(0, 60).<Object>mapToObj(i -> i).toList());
        }

        @Scenario
        @Otp("V-02")
        void endsWithTheMessageThatMatchesAlsoInAFlood() {
            Pid boss = self();
            int flood = isSimulated() ? 60 : 2_000;
            spawn(() -> {
                for (int i = 0; i < flood; i++) {
                    send(boss, i);
                }
                send(boss, "end");
            });
            assertThat(receive(String.class)).isEqualTo("end");
            assertThat(all()).hasSize(flood);
        }
    }

    @Nested
    class AGuard {
        @Scenario
        @Otp("V-03")
        void thatThrowsDoesNotMatch() {
            send(self(), "not a number");
            send(self(), "0");
            send(self(), "5");
            assertThat(receive(String.class, text -> 10 / Integer.parseInt(text) == 2))
                    .isEqualTo("5");
            assertThat(all()).containsExactly("not a number", "0");
        }

        @Scenario
        @Otp("V-03")
        void thatNeverHoldsLeavesAllMessagesAlone() {
            send(self(), "a");
            send(self(), "b");
            assertThat(poll(String.class, text -> false, ofMillis(5))).isEmpty();
            assertThat(poll(String.class, text -> text.charAt(9) == 'x', ofMillis(5))).isEmpty();
            assertThat(all()).containsExactly("a", "b");
        }

        /// An error is more than "no match": it is raised, and nothing is lost.
        @Scenario
        @Otp("V-03")
        void thatFailsWithAnErrorLeavesTheMessage() {
            send(self(), "a");
            assertThatThrownBy(() ->
                            receive(
                                    String.class,
                                    text -> {
                                        throw new AssertionError("broken");
                                    }))
                    .isInstanceOf(AssertionError.class);
            assertThat(all()).containsExactly("a");
        }

        /// Guards are free of effects; one that is not must harm at most its own search.
        @Scenario
        @Otp("V-03")
        void thatSendsOrReceivesLosesNoOtherMessage() {
            for (String text : List.of("a", "b", "c", "d")) {
                send(self(), text);
            }
            List<String> taken = new ArrayList<>();
            poll(
                            String.class,
                            text -> {
                                if (taken.size() < 2) {
                                    taken.add(receive(String.class));
                                }
                                send(self(), 1);
                                return text.equals("c");
                            },
                            Duration.ZERO)
                    .ifPresent(taken::add);
            List<Object> left = all();
            left.removeIf(Integer.class::isInstance);
            left.addAll(taken);
            assertThat(left).containsExactlyInAnyOrder("a", "b", "c", "d");
        }
    }

    @Nested
    class ATimeLimit {
        @Scenario
        @Otp("V-04")
        void countsFromTheBeginningWhateverArrives() {
            Pid boss = self();
            Pid sender =
                    spawn(() -> {
                        while (true) {
                            send(boss, "noise");
                            sleep(ofMillis(7));
                        }
                    });
            Duration begin = now();
            assertThatThrownBy(() -> receive(Integer.class, LONG))
                    .isInstanceOf(ReceiveTimeout.class)
                    .hasMessage("received no Integer within 100 ms");
            Duration took = now().minus(begin);
            assertThat(took).isBetween(LONG, LONG.plusMillis(isSimulated() ? 5 : 2_000));
            exit(sender, KILL);
        }

        @Scenario
        @Otp("V-04")
        void isOverNeitherEarlyNorMuchLater() {
            for (int millis : new int[] {1, 2, 10, 33}) {
                Duration limit = ofMillis(millis);
                Duration begin = now();
                assertThat(poll(String.class, limit)).isEmpty();
                Duration took = now().minus(begin);
                assertThat(took).isBetween(limit, limit.plusMillis(isSimulated() ? 2 : 2_000));
            }
        }

        /// A guard that waits has a limit of its own meanwhile.
        @Scenario
        @Otp("V-04")
        void isNotForgottenWhenAGuardWaitsToo() {
            Pid boss = self();
            Pid sender =
                    spawn(() -> {
                        while (true) {
                            send(boss, "noise");
                            sleep(ofMillis(4));
                        }
                    });
            for (Duration limit : List.of(ofMillis(3), ofMillis(5), LONG)) {
                Duration begin = now();
                assertThat(
                                poll(
                                        String.class,
                                        _ -> {
                                            assertThat(poll(Integer.class, ofMillis(1))).isEmpty();
                                            return false;
                                        },
                                        limit))
                        .isEmpty();
                assertThat(now().minus(begin)).isGreaterThanOrEqualTo(limit);
            }
            exit(sender, KILL);
        }

        /// Whether a message that comes at that very moment is in time is a race; but it is never lost nor doubled.
        @Scenario(outcomes = {"in time", "late"})
        @Otp("V-04")
        @Otp("V-07")
        void thatEndsAsTheMessageComesLosesAndDoublesNothing() {
            Pid boss = self();
            spawn(() -> {
                sleep(ofMillis(3));
                send(boss, "x");
            });
            String first = receive(String.class, ofMillis(3), "none");
            observe(first.equals("x") ? "in time" : "late");
            if (first.equals("none")) {
                assertThat(receive(String.class, LONG)).isEqualTo("x");
            }
            refuteReceive(String.class, ofMillis(2));
        }

        @Scenario
        @Otp("V-05")
        void ofZeroLooksThroughTheWholeMailbox() {
            int depth = isSimulated() ? 50 : 1_000;
            for (int i = 1; i <= depth; i++) {
                send(self(), i);
            }
            send(self(), "deep");
            assertThat(poll(String.class)).contains("deep");
            assertThat(poll(String.class)).isEmpty();
            assertThat(receive(String.class, Duration.ZERO, "none")).isEqualTo("none");
            assertThat(receive(Integer.class, n -> n == depth, Duration.ZERO)).isEqualTo(depth);
            assertThatThrownBy(() -> receive(Integer.class, n -> n == depth, Duration.ZERO))
                    .isInstanceOf(ReceiveTimeout.class);
            assertThat(all()).hasSize(depth - 1);
        }

        /// What was sent to us before we were told that it was is there.
        @Scenario
        @Otp("V-05")
        void ofZeroFindsWhatWasSentBefore() {
            Pid boss = self();
            spawn(() -> {
                send(boss, "first");
                send(boss, new Go());
            });
            receive(Go.class);
            assertThat(poll(String.class)).contains("first");
        }

        @Scenario
        @Otp("V-06")
        void thatIsAbsentOrEndlessIsNeverOver() {
            List<Pid> waiting =
                    List.of(
                            spawn(() -> receive(String.class)),
                            spawn(() -> receive(String.class, ChronoUnit.FOREVER.getDuration())),
                            spawn(() -> receive(String.class, Duration.ofDays(49_711))),
                            spawn(() -> receive(String.class, Duration.ofNanos(Long.MAX_VALUE))),
                            spawn(() -> receive(String.class, Duration.ofDays(50), "none")));
            sleep(isSimulated() ? Duration.ofDays(49) : ofMillis(20));
            for (Pid pid : waiting) {
                assertThat(isAlive(pid)).isTrue();
                var monitor = monitor(pid);
                send(pid, "end");
                assertThat(awaitDown(monitor)).isEqualTo(NORMAL);
            }
        }

        @Scenario
        @Otp("V-06")
        void thatIsNegativeIsRefusedUnlessAMessageMatches() {
            send(self(), "a");
            Duration negative = ofMillis(-1);
            assertThat(receive(String.class, negative)).isEqualTo("a");
            send(self(), "b");
            assertThatThrownBy(() -> receive(Integer.class, negative))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PT-0.001S");
            assertThatThrownBy(() -> poll(Integer.class, negative))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(all()).containsExactly("b");
        }

        @Scenario
        @Otp("V-07")
        void thatPassesLeavesTheMailboxAsItWas() {
            List<Object> messages = List.of("a", 1, new Tea(1), "b", 2);
            messages.forEach(message -> send(self(), message));
            assertThat(poll(Cake.class, ofMillis(3))).isEmpty();
            assertThat(poll(String.class, "c"::equals, ofMillis(3))).isEmpty();
            assertThat(receive(Double.class, ofMillis(3), 0.5)).isEqualTo(0.5);
            assertThatThrownBy(() -> receive(ref(), Down.class, ofMillis(3)))
                    .isInstanceOf(ReceiveTimeout.class);
            assertThat(info(self()).orElseThrow().messageQueueLength()).isEqualTo(5);
            assertThat(all()).isEqualTo(messages);
        }
    }

    /// Messages that count how often a receive has looked at them.
    @Nested
    class AFreshReference {
        static final AtomicInteger LOOKS = new AtomicInteger();

        record Counted(Ref made) implements Tagged {
            @Override
            public Ref ref() {
                LOOKS.incrementAndGet();
                return made;
            }
        }

        record Double(int n) implements Call<Integer> {}

        private static Pid doubler() {
            return spawn(() -> {
                while (true) {
                    Request request = receive(Request.class);
                    if (request.payload() instanceof Double twice) {
                        reply(request.from().as(twice), 2 * twice.n());
                    }
                }
            });
        }

        /// All ways to wait for something that has just got its reference.
        private static void useThemAll(Pid server) {
            assertThat(call(server, new Double(21))).isEqualTo(42);

            Ref monitor = monitor(spawn(() -> exit("gone")));
            assertThat(receive(monitor, Down.class).ref()).isEqualTo(monitor);

            Ref timer = startTimer(self(), "ring", ofMillis(1));
            assertThat(receive(timer, Timeout.class).message()).isEqualTo("ring");

            Ref plain = ref();
            Pid boss = self();
            spawn(() -> send(boss, new Answer(plain, 1)));
            assertThat(receive(plain, Answer.class).value()).isEqualTo(1);

            Ref alias = alias(AliasOption.REPLY);
            spawn(() -> send(alias, new Answer(alias, 2)));
            assertThat(receive(alias, Answer.class).value()).isEqualTo(2);

            assertThatThrownBy(() -> receive(ref(), Answer.class, ofMillis(1)))
                    .isInstanceOf(ReceiveTimeout.class);
        }

        private static void withUnread(int messages) {
            Ref old = ref();
            for (int i = 0; i < messages; i++) {
                send(self(), new Counted(old));
            }
            assertThat(info(self()).orElseThrow().messageQueueLength()).isEqualTo(messages);
            Pid server = doubler();
            LOOKS.set(0);
            useThemAll(server);
            assertThat(LOOKS).as("looks at older messages").hasValue(0);
            assertThat(info(self()).orElseThrow().messageQueueLength()).isEqualTo(messages);
        }

        @Scenario
        @Otp("V-08")
        void isLookedForBehindAllOlderMessages() {
            withUnread(100);
        }

        /// What has been sent but not received yet when the reference is made may be looked at, once.
        @Scenario
        @Otp("V-08")
        void isLookedForAtMostOnceInWhatWasOnItsWay() {
            Ref old = ref();
            for (int i = 0; i < 50; i++) {
                send(self(), new Counted(old));
            }
            Pid server = doubler();
            LOOKS.set(0);
            for (int i = 0; i < 5; i++) {
                useThemAll(server);
            }
            assertThat(LOOKS.get()).isLessThanOrEqualTo(50);
        }

        @Scenario(simulated = false, runs = 1)
        @Otp("V-08")
        void isFoundAtOnceBehindAMillionOfThem() {
            withUnread(1_000_000);
        }

        /// The same when messages with priority are there too, which stand in front.
        @Scenario
        @Otp("V-08")
        void isLookedForBehindAllOlderMessagesAlsoWhenUrgentOnesWait() {
            Ref old = ref();
            for (int i = 0; i < 50; i++) {
                send(self(), new Counted(old));
            }
            Ref urgent = alias(AliasOption.PRIORITY);
            sendPriority(urgent, "urgent");
            assertThat(info(self()).orElseThrow().messageQueueLength()).isEqualTo(51);
            Pid server = doubler();
            LOOKS.set(0);
            useThemAll(server);
            assertThat(LOOKS).as("looks at older messages").hasValue(0);
            assertThat(receive()).isEqualTo("urgent");
        }

        /// An urgent answer overtakes: it stands before what is older than the reference.
        @Scenario
        @Otp("V-08")
        void isFoundAlsoIfTheAnswerOvertakes() {
            for (int i = 0; i < 10; i++) {
                send(self(), i);
            }
            Ref urgent = alias(AliasOption.PRIORITY);
            spawn(() -> sendPriority(urgent, new Answer(urgent, 3)));
            assertThat(receive(urgent, Answer.class).value()).isEqualTo(3);
            assertThat(all()).hasSize(10);
        }

        @Scenario
        @Otp("V-08")
        void isFoundBehindWhatCameSinceAndWhatWasTakenMeanwhile() {
            Pid boss = self();
            send(boss, "before");
            Ref ref = ref();
            Pid other =
                    spawn(() -> {
                        for (int i = 0; i < 20; i++) {
                            send(boss, i);
                        }
                        send(boss, new Answer(ref, 9));
                        send(boss, "after");
                    });
            // The message at which the mailbox ended when the reference was made is gone.
            assertThat(receive(String.class)).isEqualTo("before");
            assertThat(receive(Integer.class, n -> n == 10)).isEqualTo(10);
            assertThat(receive(ref, Answer.class).value()).isEqualTo(9);
            assertThat(awaitDown(other)).isIn(NORMAL, ExitReason.NOPROC);
            assertThat(all()).hasSize(20).endsWith("after");
        }

        /// After one that failed, an ordinary receive begins with the oldest message again.
        @Scenario
        @Otp("V-08")
        @Otp("V-10")
        void doesNotHideOlderMessagesFromOtherReceives() {
            send(self(), "old");
            Ref ref = ref();
            send(self(), "new");
            assertThatThrownBy(() -> receive(ref, Answer.class, ofMillis(1)))
                    .isInstanceOf(ReceiveTimeout.class);
            assertThat(receive(String.class)).isEqualTo("old");
            assertThatThrownBy(() -> call(spawn(() -> exit("no")), new Double(1)))
                    .isInstanceOf(dev.bureau.kernel.ExitException.class);
            assertThat(all()).containsExactly("new");
        }

        @Scenario
        @Otp("V-08")
        void ofAnotherProcessIsLookedForEverywhere() {
            Pid boss = self();
            spawn(() -> send(boss, ref()));
            send(boss, "x");
            Ref theirs = receive(Ref.class);
            send(boss, new Answer(theirs, 4));
            send(boss, "y");
            assertThat(receive(theirs, Answer.class).value()).isEqualTo(4);
            assertThat(all()).containsExactly("x", "y");
        }
    }

    @Nested
    class TheHandling {
        @Scenario
        @Otp("V-09")
        void ofAMessageThatFailsHasTakenItAlready() {
            send(self(), "bad");
            send(self(), "good");
            assertThatThrownBy(() -> Integer.parseInt(receive(String.class)))
                    .isInstanceOf(NumberFormatException.class);
            assertThat(all()).containsExactly("good");
        }

        @Scenario
        @Otp("V-10")
        void mayReceiveAndBeginsWithTheOldestAgain() {
            for (Object message : List.of(1, "a", 2, "b", 3)) {
                send(self(), message);
            }
            List<Object> order = new ArrayList<>();
            order.add(receive(String.class));
            order.add(receive(Integer.class));
            order.add(receive(String.class));
            order.add(receive());
            assertThat(order).containsExactly("a", 1, "b", 2);
            assertThat(all()).containsExactly(3);
        }
    }
}
