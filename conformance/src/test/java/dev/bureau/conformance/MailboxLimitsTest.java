package dev.bureau.conformance;

import static dev.bureau.conformance.Fillers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.MailboxLimit.*;
import static dev.bureau.kernel.SpawnOptions.options;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.MailboxOverflow;
import dev.bureau.kernel.MailboxUse;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Report;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What becomes of messages that find a mailbox full. OTP has no limits; but whatever they do, its rules of signals hold.
class MailboxLimitsTest {
    @Nested
    class TheNewest {
        @Scenario
        void isDropped() {
            Pid pid = telling(dropNewest(3));
            sendAll(pid, 1, 5);
            assertThat(use(pid)).isEqualTo(new MailboxUse(dropNewest(3), 3, 2, 0, 0));
            assertThat(found()).containsExactly(1, 2, 3);
        }

        @Scenario
        void getsInAgainWhenThereIsRoom() {
            Pid boss = self();
            Pid pid =
                    holding(
                            dropNewest(2),
                            () -> {
                                send(boss, receive(Integer.class));
                                call(boss, Ready::new, ofMinutes(10));
                                send(boss, new Found(takeAll()));
                            });
            sendAll(pid, 1, 3);
            letGo();
            assertReceive(1);
            sendAll(pid, 4, 5);
            assertThat(found()).containsExactly(2, 4);
        }
    }

    @Nested
    class TheOldest {
        @Scenario
        void isDropped() {
            Pid pid = telling(dropOldest(3));
            sendAll(pid, 1, 8);
            assertThat(use(pid)).isEqualTo(new MailboxUse(dropOldest(3), 3, 5, 0, 0));
            assertThat(info(pid).orElseThrow().messageQueueLength()).isEqualTo(3);
            assertThat(messages(pid, 10)).containsExactly(6, 7, 8);
            assertThat(found()).containsExactly(6, 7, 8);
        }

        /// The receiver searches its mailbox while others drop what it looks at.
        @Scenario
        void isNotFoundByASearchThatIsUnderWay() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(dropOldest(4)),
                            () -> {
                                List<Object> words = new ArrayList<>();
                                for (int i = 0; i < 3; i++) {
                                    words.add(receive(String.class));
                                }
                                send(boss, new Found(words));
                                sleepForever();
                            });
            for (int i = 1; i <= 3; i++) {
                sendAll(pid, 1, 9);
                send(pid, "word " + i);
                // Taken before others can push it out.
                String word = "word " + i;
                eventually(() -> !messages(pid, 10).contains(word));
            }
            assertThat(assertReceive(Found.class).messages())
                    .containsExactly("word 1", "word 2", "word 3");
            sendAll(pid, 10, 20);
            assertThat(messages(pid, 10)).containsExactly(17, 18, 19, 20);
            assertThat(info(pid).orElseThrow().messageQueueLength()).isEqualTo(4);
        }

        /// Answers come while others are dropped around them; what does not count is never dropped.
        @Scenario
        void leavesWhatDoesNotCount() {
            Pid pid = telling(dropOldest(2));
            trapExits(true);
            sendAll(pid, 1, 2);
            Pid other = spawn(() -> sleepForever());
            exit(other, KILL);
            sendAll(pid, 3, 6);
            assertThat(found()).containsExactly(5, 6);
        }
    }

    @Nested
    class TheSender {
        @Scenario
        void isRefused() {
            Pid pid = telling(refuse(2));
            sendAll(pid, 1, 2);
            MailboxFullException full = null;
            try {
                send(pid, 3);
            } catch (MailboxFullException refused) {
                full = refused;
            }
            assertThat(full).isNotNull();
            assertThat(full)
                    .hasMessage(
                            "the mailbox of " + pid + " is full: its limit is 2 messages, REFUSE");
            assertThat(full.receiver()).isEqualTo(pid);
            assertThat(full.limit()).isEqualTo(refuse(2));
            assertThat(full.cycle()).isEmpty();
            assertThat(use(pid)).isEqualTo(new MailboxUse(refuse(2), 2, 0, 1, 0));
            assertThat(found()).containsExactly(1, 2);
        }

        @Scenario
        void isRefusedByNameAndByAlias() {
            Pid boss = self();
            Pid pid =
                    spawn(
                            options().mailbox(refuse(1)),
                            () -> {
                                register("full", self());
                                send(boss, alias());
                                call(boss, Ready::new, ofMinutes(10));
                            });
            var alias = receive(dev.bureau.kernel.Ref.class);
            send("full", 1);
            assertThatThrownBy(() -> send("full", 2)).isInstanceOf(MailboxFullException.class);
            assertThatThrownBy(() -> send(Name.on(node().id(), "full"), 3))
                    .isInstanceOf(MailboxFullException.class);
            assertThatThrownBy(() -> send(alias, 4)).isInstanceOf(MailboxFullException.class);
            assertThat(messages(pid, 5)).containsExactly(1);
        }

        /// As any exception that nobody catches.
        @Scenario
        void endsOfItUnlessItIsCaught() {
            Pid pid = holding(refuse(1), () -> {});
            send(pid, 1);
            Pid sender = spawn(() -> send(pid, 2));
            assertThat(dev.bureau.kernel.ExitReason.format(awaitDown(sender)))
                    .containsAnyOf("is full: its limit is 1 message, REFUSE", "no process");
        }
    }

    @Nested
    class Listeners {
        @Scenario
        void areToldOfEach() {
            Queue<MailboxOverflow> told = new ConcurrentLinkedQueue<>();
            Node node = node();
            Report.Subscription watching = node.onOverflow(told::add);
            Pid newest = telling(dropNewest(1));
            Pid oldest = telling(dropOldest(1));
            Pid refusing = telling(refuse(1));
            for (Pid pid : List.of(newest, oldest, refusing)) {
                send(pid, "one");
            }
            send(newest, "two");
            send(oldest, "two");
            assertThatThrownBy(() -> send(refusing, "two"))
                    .isInstanceOf(MailboxFullException.class);
            watching.close();
            send(newest, "three");
            assertThat(told)
                    .containsExactly(
                            new MailboxOverflow(newest, dropNewest(1), self(), "two"),
                            new MailboxOverflow(oldest, dropOldest(1), self(), "one"),
                            new MailboxOverflow(refusing, refuse(1), self(), "two"));
        }

        @Scenario
        void doNotHarmTheSender() throws Exception {
            Pid pid = telling(dropNewest(1));
            Node node = node();
            Report.Subscription failing =
                    node.onOverflow(_ -> {
                        throw new IllegalStateException("broken");
                    });
            // Would tell itself for ever.
            Report.Subscription sending = node.onOverflow(_ -> send(pid, "again"));
            List<String> log = captureLog(() -> sendAll(pid, 1, 3));
            failing.close();
            sending.close();
            assertThat(log).anyMatch(line -> line.contains("broken"));
            assertThat(use(pid).dropped()).isEqualTo(4);
        }

        @Scenario(simulated = false, runs = 3)
        void doWithOneLineInTheLog() throws Exception {
            Pid pid = telling(dropNewest(1));
            List<String> log =
                    captureLogUntil(line -> line.contains("dropped"), () -> sendAll(pid, 1, 1000));
            assertThat(log).hasSize(1);
            assertThat(log.getFirst())
                    .matches(
                            "\\d+ messages? (was|were) dropped, for the mailbox was full: "
                                    + pid.toString().replace("#", "\\#").replace(".", "\\.")
                                    + " \\(\\d+\\)");
        }
    }

    @Nested
    class Limits {
        @Test
        void sayWhatTheyWant() {
            assertThatThrownBy(() -> park(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a mailbox to hold at least 1 message, got: 0");
            assertThatThrownBy(() -> park(1, ofMillis(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a patience of more than zero, got: PT0S");
            assertThatThrownBy(() -> new MailboxLimit(1, WhenFull.REFUSE, ofMillis(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected no patience where nobody waits (REFUSE), got: PT0.001S");
            assertThat(park(10, ofMillis(50))).hasToString("10 messages, PARK for 50 ms");
        }

        @Scenario(seeds = 50)
        void areNotInherited() {
            Pid boss = self();
            spawn(
                    options().mailbox(dropNewest(1)),
                    () -> {
                        assertThat(info(self()).flatMap(ProcessInfo::mailbox)).isPresent();
                        Pid child = spawn(() -> sleepForever());
                        send(boss, info(child).flatMap(ProcessInfo::mailbox).isEmpty());
                    });
            assertReceive(true);
        }

        /// A limit changes nothing for one that keeps up.
        @Scenario
        @Otp("X-01")
        void doNotConcernThoseWhoKeepUp() {
            Pid boss = self();
            for (MailboxLimit limit :
                    List.of(dropNewest(50), dropOldest(50), refuse(50), park(1))) {
                Pid echo =
                        spawn(
                                options().mailbox(limit),
                                () -> {
                                    for (int i = 0; i < 50; i++) {
                                        send(boss, receive(Integer.class));
                                    }
                                });
                sendAll(echo, 1, 50);
                for (int i = 1; i <= 50; i++) {
                    assertReceive(i);
                }
            }
        }
    }
}
