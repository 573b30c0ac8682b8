package dev.bureau.conformance;

import static dev.bureau.conformance.Fillers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.MailboxLimit.*;
import static dev.bureau.kernel.SpawnOptions.options;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.SpawnReply;
import dev.bureau.kernel.Timeout;
import dev.bureau.testkit.Scenario;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// What counts for a limit, and what gets in however full the mailbox is.
class UncountedMessagesTest {
    record Ask(From<String> from) {}

    /// A process whose mailbox is full for as long as `body` runs; under each way of being full in turn.
    private static void whileFull(Body body) {
        Pid boss = self();
        for (MailboxLimit limit :
                List.of(dropNewest(1), dropOldest(1), refuse(1), park(1, ofMillis(30)))) {
            Pid pid =
                    spawn(
                            options().mailbox(limit),
                            () -> {
                                call(boss, Ready::new, ofMinutes(10));
                                body.run();
                                assertThat(use(self()).messages()).isEqualTo(1);
                                assertThat(use(self()).dropped()).isZero();
                                assertThat(use(self()).refused()).isZero();
                                assertReceive("full");
                                refuteReceive(Object.class);
                                send(boss, true);
                            });
            Ref monitor = monitor(pid);
            send(pid, "full");
            letGo();
            Object end = receive(Object.class, o -> o.equals(true) || o instanceof Down);
            assertThat(end).isEqualTo(true);
            demonitorFlush(monitor);
        }
    }

    @Nested
    class NotCounted {
        @Scenario
        void areAnswers() {
            Pid clerk =
                    spawn(() -> {
                        while (true) {
                            Ask ask = receive(Ask.class);
                            reply(ask.from(), "answer");
                        }
                    });
            whileFull(() -> {
                for (int i = 0; i < 3; i++) {
                    assertThat(call(clerk, Ask::new)).isEqualTo("answer");
                }
            });
        }

        @Scenario
        void areEndsOfOthers() {
            whileFull(() -> {
                trapExits(true);
                Pid linked = spawnLink(() -> sleepForever());
                Ref monitor = monitor(linked);
                exit(linked, KILL);
                assertReceive(Exit.class);
                assertThat(receive(monitor, Down.class).process()).isEqualTo(linked);
                Pid self = self();
                spawn(() -> exit(self, "as a message"));
                assertReceive(Exit.class);
            });
        }

        @Scenario
        void areMessagesToOneself() {
            whileFull(() -> {
                for (int i = 0; i < 3; i++) {
                    send(self(), i);
                }
                register("self", self());
                send("self", 3);
                unregister("self");
                for (int i = 0; i < 4; i++) {
                    assertReceive(Integer.class);
                }
            });
        }

        @Scenario
        void areItsOwnTimers() {
            whileFull(() -> {
                sendAfter(self(), 1, ofMillis(1));
                assertReceive(Integer.class);
                Ref timer = startTimer(self(), "time", ofMillis(1));
                assertThat(receive(timer, Timeout.class).message()).isEqualTo("time");
                Ref interval = sendInterval(self(), 2, ofMillis(1));
                assertReceive(Integer.class);
                assertReceive(Integer.class);
                cancelTimer(interval);
                while (poll(Integer.class, ofMillis(3)).isPresent()) {}
            });
        }

        @Scenario
        void areMessagesThroughAnAliasThatEndsWithTheFirst() {
            Pid helper =
                    spawn(() -> {
                        while (true) {
                            Ref alias = receive(Ref.class);
                            send(alias, 1);
                            send(alias, 2);
                        }
                    });
            whileFull(() -> {
                send(helper, alias(AliasOption.REPLY));
                assertThat(assertReceive(Integer.class)).isEqualTo(1);
            });
        }

        @Scenario
        void arePriorityMessages() {
            Pid helper =
                    spawn(() -> {
                        while (true) {
                            Ref alias = receive(Ref.class);
                            sendPriority(alias, 1);
                            sendPriority(alias, 2);
                        }
                    });
            whileFull(() -> {
                Ref alias = alias(AliasOption.PRIORITY);
                send(helper, alias);
                assertThat(assertReceive(Integer.class)).isEqualTo(1);
                assertThat(assertReceive(Integer.class)).isEqualTo(2);
                unalias(alias);
            });
        }

        @Scenario
        void areRepliesToASpawnRequest() {
            whileFull(() -> {
                Ref request = spawnRequest(SpawnOptions.options(), () -> {});
                receive(request, SpawnReply.class);
            });
        }
    }

    @Nested
    class Counted {
        @Scenario
        void areMessagesThroughAnAliasThatStays() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(refuse(1)),
                            () -> {
                                Ref alias = alias();
                                send(boss, alias);
                                call(boss, Ready::new, ofMinutes(10));
                                unalias(alias);
                                takeAll();
                                call(boss, Ready::new, ofMinutes(10));
                                send(boss, new Found(takeAll()));
                            });
            Ref alias = receive(Ref.class);
            send(alias, 1);
            assertThatThrownBy(() -> send(alias, 2)).isInstanceOf(MailboxFullException.class);
            assertThatThrownBy(() -> send(pid, 3)).isInstanceOf(MailboxFullException.class);
            // Has the right to priority messages, and does not use it.
            letGo();
            letGo();
            assertThat(assertReceive(Found.class).messages()).isEmpty();
            send(alias, 4);
        }

        /// An alias that ends while a message waits: nobody receives it, as if it had been sent just then.
        @Scenario
        void areMessagesThroughAnAliasThatEndsMeanwhile() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(park(1)),
                            () -> {
                                Ref alias = alias();
                                send(boss, alias);
                                call(boss, Ready::new, ofMinutes(10));
                                unalias(alias);
                                send(boss, new Found(takeAll()));
                            });
            Ref alias = receive(Ref.class);
            send(alias, 1);
            spawn(() -> {
                send(alias, 2);
                send(boss, new Sent(2));
            });
            eventually(() -> use(pid).waiting() == 1);
            queueing(pid, 3, 1);
            assertThat(found()).containsExactly(1, 3);
            assertReceive(Sent.class);
            assertReceive(Sent.class);
        }

        @Scenario
        void areTimersOfOthers() {
            Pid pid = telling(dropNewest(2));
            send(pid, 1);
            sendAfter(pid, 2, ofMillis(1));
            eventually(() -> use(pid).messages() == 2);
            sendAfter(pid, 3, ofMillis(1));
            eventually(() -> use(pid).dropped() == 1);
            assertThat(found()).containsExactly(1, 2);
        }

        /// Nothing is lost where senders wait, and the clock waits for nobody.
        @Scenario
        void areTimersOfOthersThatWait() {
            Pid pid = telling(park(1));
            send(pid, 1);
            sendAfter(pid, 2, ofMillis(1));
            eventually(() -> use(pid).waiting() == 1);
            sendAfter(pid, 3, ofMillis(1));
            eventually(() -> use(pid).waiting() == 2);
            assertThat(found()).containsExactly(1, 2, 3);
        }

        @Scenario
        void areIntervalsOfOthersOfWhichOneMessageWaits() {
            Pid pid = telling(park(1));
            send(pid, 1);
            Ref interval = sendInterval(pid, 2, ofMillis(1));
            eventually(() -> use(pid).waiting() == 1);
            sleep(ofMillis(10));
            assertThat(use(pid).waiting()).isEqualTo(1);
            cancelTimer(interval);
            assertThat(found()).containsExactly(1, 2);
        }

        @Scenario
        void areTimersOfOthersThatAreRefused() {
            Pid pid = telling(refuse(1));
            send(pid, 1);
            sendAfter(pid, 2, ofMillis(1));
            eventually(() -> use(pid).refused() == 1);
            assertThat(found()).containsExactly(1);
        }

        @Scenario
        void areMessagesThatASelectiveReceiveLeaves() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(dropNewest(2)),
                            () -> {
                                send(boss, receive(String.class));
                                call(boss, Ready::new, ofMinutes(10));
                                send(boss, new Found(takeAll()));
                            });
            send(pid, 1);
            send(pid, "word");
            assertReceive("word");
            sendAll(pid, 2, 3);
            assertThat(found()).containsExactly(1, 2);
        }

        /// It takes nothing while it is suspended; what is sent is bounded all the same.
        @Scenario
        void areMessagesToOneThatIsSuspendedOrHibernates() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(dropOldest(2)),
                            () -> hibernate(() -> send(boss, new Found(takeAll()))));
            suspend(pid);
            sendAll(pid, 1, 5);
            assertThat(use(pid).messages()).isEqualTo(2);
            resume(pid);
            assertThat(assertReceive(Found.class).messages()).containsExactly(4, 5);
        }
    }
}
