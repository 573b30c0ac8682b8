package dev.bureau.conformance;

import static dev.bureau.conformance.Fillers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.MailboxLimit.*;
import static dev.bureau.kernel.SpawnOptions.options;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.ExitReason.CallCycle;
import dev.bureau.kernel.ExitReason.CallCycle.Waiting;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MailboxUse;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/// Senders that wait for room in a mailbox.
class ParkedSendersTest {
    @Nested
    class AParkedSender {
        @Scenario
        void getsInWhenThereIsRoom() {
            Pid pid = telling(park(2));
            sendAll(pid, 1, 2);
            Pid sender = queueing(pid, 3, 0);
            assertThat(use(pid)).isEqualTo(new MailboxUse(park(2), 2, 0, 0, 1));
            eventually(() ->
                    info(sender)
                            .map(ProcessInfo::status)
                            .filter(ProcessInfo.Status.WAITING::equals)
                            .isPresent());
            refuteReceive(Sent.class);
            assertThat(found()).containsExactly(1, 2, 3);
            assertReceive(Sent.class);
        }

        @Scenario
        void isServedInTheOrderOfTheLine() {
            Pid pid = telling(park(1));
            send(pid, 0);
            for (int i = 1; i <= 4; i++) {
                queueing(pid, i, i - 1);
            }
            assertThat(found()).containsExactly(0, 1, 2, 3, 4);
            assertThat(use4Senders()).containsExactlyInAnyOrder(1, 2, 3, 4);
        }

        private static List<Object> use4Senders() {
            return IntStream.range(0, 4)
                    .<Object>mapToObj(_ -> assertReceive(Sent.class).message())
                    .toList();
        }

        /// Whoever comes when there is a line goes to its end, also if he comes as room is made.
        @Scenario
        void isNotOvertaken() {
            Pid boss = self();
            Pid pid =
                    holding(
                            park(1),
                            () -> {
                                for (int i = 0; i < 3; i++) {
                                    send(boss, receive(Object.class));
                                }
                            });
            send(pid, 0);
            queueing(pid, 1, 0);
            letGo();
            send(pid, 2);
            assertThat(
                            List.of(
                                    receive(Integer.class),
                                    receive(Integer.class),
                                    receive(Integer.class)))
                    .containsExactly(0, 1, 2);
        }

        @Scenario
        void canBeKilled() {
            Pid pid = telling(park(1));
            send(pid, 0);
            Pid first = queueing(pid, 1, 0);
            queueing(pid, 2, 1);
            exit(first, KILL);
            assertThat(awaitDown(first))
                    .isIn(dev.bureau.kernel.ExitReason.KILLED, dev.bureau.kernel.ExitReason.NOPROC);
            eventually(() -> use(pid).waiting() == 1);
            assertThat(found()).containsExactly(0, 2);
            assertThat(assertReceive(Sent.class).message()).isEqualTo(2);
            refuteReceive(Sent.class);
        }

        /// Its message comes before the news of its end, or not at all.
        @Scenario(outcomes = {"[0]", "[0, 1]"})
        @Otp("X-16")
        void isKilledAsRoomIsMade() {
            Pid boss = self();
            Pid pid =
                    holding(
                            park(1),
                            () -> {
                                Ref monitor = monitor(receive(Pid.class));
                                List<Object> all = new ArrayList<>();
                                while (true) {
                                    Object next = receive();
                                    if (next instanceof dev.bureau.kernel.Down down
                                            && down.ref().equals(monitor)) {
                                        send(boss, new Found(all));
                                        call(boss, Ready::new, ofMinutes(10));
                                        send(boss, new Found(takeAll()));
                                        return;
                                    }
                                    all.add(next);
                                }
                            });
            Pid starter = self();
            Pid sender =
                    spawn(() -> {
                        send(pid, self());
                        send(starter, new Go());
                        send(pid, 0);
                        send(pid, 1);
                        sleepForever();
                    });
            receive(Go.class);
            letGo();
            eventually(() -> messages(pid, 1).isEmpty() || use(pid).waiting() > 0);
            exit(sender, KILL);
            List<Object> before = assertReceive(Found.class).messages();
            // Nothing comes after the news.
            assertThat(found()).isEmpty();
            assertThat(before).isIn(List.of(), List.of(0), List.of(0, 1));
            if (!before.isEmpty()) {
                observe(before);
            }
        }

        @Scenario
        @Otp("X-02")
        void isReleasedWhenTheReceiverEnds() {
            Pid pid = holding(park(1), () -> {});
            send(pid, 0);
            queueing(pid, 1, 0);
            queueing(pid, 2, 1);
            letGo();
            assertReceive(Sent.class);
            assertReceive(Sent.class);
            assertThat(send(pid, 3)).isEqualTo(3);
        }

        @Scenario
        void isReleasedWhenTheReceiverIsKilled() {
            Pid pid = telling(park(1));
            send(pid, 0);
            queueing(pid, 1, 0);
            exit(pid, KILL);
            assertReceive(Sent.class);
        }

        @Scenario
        void waitsAsLongAsItMay() {
            Pid pid = telling(park(1, ofMillis(20)));
            send(pid, 0);
            Duration begin = now();
            MailboxFullException full = null;
            try {
                send(pid, 1);
            } catch (MailboxFullException late) {
                full = late;
            }
            assertThat(full).isNotNull();
            assertThat(full).hasMessageEndingWith("its limit is 1 message, PARK for 20 ms");
            assertThat(now().minus(begin)).isGreaterThanOrEqualTo(ofMillis(20));
            assertThat(use(pid)).isEqualTo(new MailboxUse(park(1, ofMillis(20)), 1, 0, 1, 0));
            assertThat(found()).containsExactly(0);
        }

        /// Its message goes with its time, or is in: not both.
        @Scenario(outcomes = {"[0] late", "[0, 1] sent"})
        void getsInAsItsTimeIsOver() {
            Pid pid = holdingUntil(ofMillis(10), park(1, ofMillis(10)));
            send(pid, 0);
            String end;
            try {
                send(pid, 1);
                end = "sent";
            } catch (MailboxFullException late) {
                end = "late";
            }
            observe(assertReceive(Found.class).messages() + " " + end);
        }

        private static Pid holdingUntil(Duration time, dev.bureau.kernel.MailboxLimit limit) {
            Pid boss = self();
            return spawn(
                    options().mailbox(limit),
                    () -> {
                        sleep(time);
                        List<Object> all = takeAll();
                        sleep(ofMillis(50));
                        all.addAll(takeAll());
                        send(boss, new Found(all));
                    });
        }

        /// What comes for it meanwhile neither wakes it for good nor is lost.
        @Scenario
        void receivesWhileItWaits() {
            Pid pid = telling(park(1));
            send(pid, 0);
            Pid boss = self();
            Pid sender =
                    spawn(() -> {
                        trapExits(true);
                        send(boss, new Go());
                        send(pid, 1);
                        send(boss, new Found(takeAll()));
                    });
            receive(Go.class);
            eventually(() -> use(pid).waiting() == 1);
            sendAll(sender, 1, 3);
            exit(sender, "no");
            letGo();
            assertThat(assertReceive(Found.class, found -> found.messages().contains(0)).messages())
                    .containsExactly(0, 1);
            assertThat(assertReceive(Found.class).messages()).hasSize(4).startsWith(1, 2, 3);
        }

        @Scenario
        void canBeSuspended() {
            Pid pid = telling(park(1));
            send(pid, 0);
            Pid sender = queueing(pid, 1, 0);
            suspend(sender);
            // It has sent it before.
            assertThat(found()).containsExactly(0, 1);
            refuteReceive(Sent.class);
            resume(sender);
            assertReceive(Sent.class);
        }
    }

    @Nested
    class Signals {
        /// Whatever they are, and though only some of them count: those of one sender stay in their order.
        @Scenario
        @Otp("X-01")
        void ofOneSenderStayInOrder() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(park(2)),
                            () -> {
                                trapExits(true);
                                Ref reply = alias(dev.bureau.kernel.AliasOption.REPLY);
                                send(boss, reply);
                                List<Object> all = new ArrayList<>();
                                while (all.size() < 13) {
                                    all.add(
                                            switch (receive()) {
                                                case dev.bureau.kernel.Exit exit -> exit.reason();
                                                case Object other -> other;
                                            });
                                }
                                send(boss, new Found(all));
                            });
            Ref reply = receive(Ref.class);
            List<Object> expected = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                send(pid, i);
                expected.add(i);
                if (i == 3) {
                    send(reply, "uncounted");
                    expected.add("uncounted");
                }
                exit(pid, i);
                expected.add(Staff.custom(i));
            }
            assertThat(assertReceive(Found.class).messages()).isEqualTo(expected);
        }

        /// A parked message stands before all that its sender sends when it is let in.
        @Scenario
        @Otp("X-01")
        void comeAfterAMessageThatWasParked() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(park(1)),
                            () -> {
                                Ref reply = alias(dev.bureau.kernel.AliasOption.REPLY);
                                send(boss, reply);
                                List<Object> all = new ArrayList<>();
                                for (int i = 0; i < 4; i++) {
                                    all.add(receive());
                                }
                                send(boss, new Found(all));
                            });
            Ref reply = receive(Ref.class);
            sendAll(pid, 1, 3);
            send(reply, "last");
            assertThat(assertReceive(Found.class).messages()).containsExactly(1, 2, 3, "last");
        }
    }

    @Nested
    class ACircle {
        /// Each is full and waits to send to the next: none of them will ever take anything.
        @Scenario
        void ofTwoIsFoundAndNamed() {
            isFound(2);
        }

        @Scenario
        void ofThreeIsFoundAndNamed() {
            isFound(3);
        }

        private static void isFound(int size) {
            Pid boss = self();
            List<Pid> circle = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                circle.add(
                        spawn(
                                options().mailbox(park(1)),
                                () -> {
                                    Pid next = call(boss, Fillers.Next::new, ofMinutes(10));
                                    try {
                                        send(next, "more");
                                        send(boss, new Sent(self()));
                                    } catch (MailboxFullException full) {
                                        send(boss, new Failed(self(), full));
                                        takeAll();
                                    }
                                    sleepForever();
                                }));
            }
            circle.forEach(pid -> send(pid, "full"));
            for (int i = 0; i < size; i++) {
                Fillers.Next asked = receive(Fillers.Next.class);
                int place = circle.indexOf(asked.from().caller());
                reply(asked.from(), circle.get((place + 1) % size));
            }
            Failed failed = assertReceive(Failed.class);
            CallCycle cycle = ((MailboxFullException) failed.why()).cycle().orElseThrow();
            assertThat(cycle.waiting()).hasSize(size);
            for (int i = 0; i < size; i++) {
                Pid pid = circle.get(i);
                Pid next = circle.get((i + 1) % size);
                assertThat(cycle.waiting()).contains(new Waiting(pid, next, next, true));
            }
            assertThat(failed.why())
                    .hasMessageContaining("these processes wait for each other")
                    .hasMessageContaining(circle.getFirst() + " waits to send to " + circle.get(1));
            // Who gave up has made room for the one before it.
            Pid before = circle.get((circle.indexOf((Pid) failed.message()) + size - 1) % size);
            Set<Pid> told = Set.of((Pid) receiveEither(before));
            assertThat(told).containsExactly(before);
        }

        /// It was let in, or has seen the circle too.
        private static Object receiveEither(Pid who) {
            return switch (receive(
                    Object.class,
                    message ->
                            (message instanceof Sent sent && sent.message().equals(who))
                                    || (message instanceof Failed failed
                                            && failed.message().equals(who)),
                    ofSeconds(5))) {
                case Sent sent -> sent.message();
                case Failed failed -> failed.message();
                case Object other -> other;
            };
        }

        /// Each waits for another that goes on: no circle, though it may look like one a moment later.
        @Scenario
        void isNotWhatComesAndGoes() {
            Pid boss = self();
            List<Pid> pair = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                pair.add(
                        spawn(
                                options().mailbox(park(1)),
                                () -> {
                                    Pid other = call(boss, Fillers.Next::new, ofMinutes(10));
                                    for (int turn = 0; turn < 5; turn++) {
                                        send(other, turn);
                                        receive(Integer.class);
                                    }
                                    send(boss, new Sent(self()));
                                }));
            }
            for (int i = 0; i < 2; i++) {
                Fillers.Next asked = receive(Fillers.Next.class);
                reply(asked.from(), pair.get(1 - pair.indexOf(asked.from().caller())));
            }
            assertReceive(Sent.class);
            assertReceive(Sent.class);
        }

        /// With a time limit nobody waits for ever: who is first at its end is told the circle.
        @Scenario
        void isNamedWhenTheTimeOfOneIsOver() {
            Pid boss = self();
            Pid first = circling(park(1, ofMillis(20)));
            Pid second = circling(park(1));
            send(first, "full");
            send(second, "full");
            for (int i = 0; i < 2; i++) {
                Fillers.Next asked = receive(Fillers.Next.class);
                reply(asked.from(), asked.from().caller().equals(first) ? second : first);
            }
            Failed failed = assertReceive(Failed.class);
            assertThat(failed.message()).isEqualTo(second);
            assertThat(((MailboxFullException) failed.why()).cycle()).isPresent();
            assertThat(boss).isEqualTo(self());
        }

        private static Pid circling(dev.bureau.kernel.MailboxLimit limit) {
            Pid boss = self();
            return spawn(
                    options().mailbox(limit),
                    () -> {
                        Pid next = call(boss, Fillers.Next::new, ofMinutes(10));
                        try {
                            send(next, "more");
                        } catch (MailboxFullException full) {
                            send(boss, new Failed(self(), full));
                        }
                        sleepForever();
                    });
        }
    }
}
