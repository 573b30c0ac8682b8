package dev.bureau.conformance;

import static dev.bureau.conformance.Fillers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.MailboxLimit.*;
import static dev.bureau.kernel.SpawnOptions.options;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/// Many senders, one receiver whose mailbox has a limit: never more in it than that, nothing lost that is not counted, the order
/// of each sender kept.
class MailboxLimitsUnderLoadTest {
    private static final int SENDERS = 8;

    record Numbered(Pid by, int number) {}

    record Sum(int received, int gaps, int most) {}

    record Done(int sent, int refused) {}

    record Totals(From<Sum> from) {}

    /// Takes what comes and sees that each sender's numbers grow; tells its sums when it is asked.
    private static Pid counter(MailboxLimit limit) {
        return spawn(
                options().mailbox(limit),
                () -> {
                    Map<Pid, Integer> last = new HashMap<>();
                    int received = 0;
                    int gaps = 0;
                    int most = 0;
                    while (true) {
                        switch (receive()) {
                            case Numbered(var by, var number) -> {
                                int before = last.getOrDefault(by, -1);
                                if (number <= before) {
                                    throw new AssertionError(
                                            by + ": " + number + " after " + before);
                                }
                                gaps += number - before - 1;
                                last.put(by, number);
                                received++;
                                if (received % 16 == 0) {
                                    most = Math.max(most, use(self()).messages());
                                }
                            }
                            case Totals(var from) -> reply(from, new Sum(received, gaps, most));
                            default -> {}
                        }
                    }
                });
    }

    private static Spawned sender(Pid to, int messages, Pid boss) {
        return spawnMonitor(() -> {
            int refused = 0;
            for (int i = 0; i < messages; i++) {
                try {
                    send(to, new Numbered(self(), i));
                } catch (MailboxFullException full) {
                    refused++;
                    if (refused % 100 == 0) {
                        sleep(ofMillis(1));
                    }
                }
            }
            send(boss, new Done(messages, refused));
        });
    }

    /// Asks until there is room for the question.
    private static Sum totals(Pid counter) {
        eventually(() -> use(counter).messages() == 0 && use(counter).waiting() == 0);
        return call(counter, Totals::new);
    }

    private static void run(MailboxLimit limit, int messages) {
        Pid counter = counter(limit);
        Pid boss = self();
        for (int i = 0; i < SENDERS; i++) {
            sender(counter, messages, boss);
        }
        int sent = 0;
        int refused = 0;
        for (int i = 0; i < SENDERS; i++) {
            Done done = receive(Done.class, ofSeconds(60));
            sent += done.sent();
            refused += done.refused();
        }
        Sum sum = totals(counter);
        assertThat(sum.most()).isLessThanOrEqualTo(limit.messages());
        assertThat(use(counter).refused()).isEqualTo(refused);
        assertThat(sum.received() + use(counter).dropped() + refused).isEqualTo(sent);
        assertThat(use(counter).messages()).isZero();
        assertThat(info(counter).orElseThrow().messageQueueLength()).isZero();
        exit(counter, KILL);
    }

    @Nested
    class Simulated {
        @Scenario(seeds = 300)
        @Otp("X-01")
        void manySendersOfEachKind() {
            for (MailboxLimit limit : List.of(dropNewest(3), dropOldest(3), refuse(3), park(3))) {
                run(limit, 6);
            }
        }
    }

    @Nested
    class OnCarriers {
        @Scenario(simulated = false, runs = 5, timeoutSeconds = 120)
        @Otp("X-01")
        void manySendersThatAreParked() {
            run(park(1), 2_000);
            run(park(100), 5_000);
        }

        @Scenario(simulated = false, runs = 5, timeoutSeconds = 120)
        @Otp("X-01")
        void manySendersWhoseMessagesAreDropped() {
            run(dropNewest(1), 5_000);
            run(dropNewest(100), 5_000);
            run(dropOldest(1), 5_000);
            run(dropOldest(100), 5_000);
        }

        @Scenario(simulated = false, runs = 5, timeoutSeconds = 120)
        void manySendersThatAreRefused() {
            run(refuse(1), 5_000);
            run(refuse(100), 5_000);
        }

        /// A selective search goes on while others drop what it looks at: neither is lost what is there, nor found what is not.
        @Scenario(simulated = false, runs = 5, timeoutSeconds = 120)
        void searchesWhileTheOldestAreDropped() {
            Pid boss = self();
            Pid picker =
                    spawn(
                            options().mailbox(dropOldest(64)),
                            () -> {
                                int found = 0;
                                int last = -1;
                                while (found < 300) {
                                    Numbered even =
                                            receive(Numbered.class, next -> next.number() % 2 == 0);
                                    if (even.number() <= last) {
                                        throw new AssertionError(even + " after " + last);
                                    }
                                    last = even.number();
                                    found++;
                                }
                                send(boss, new Go());
                                sleepForever();
                            });
            Spawned source =
                    spawnMonitor(() -> {
                        for (int i = 0; ; i++) {
                            send(picker, new Numbered(self(), i));
                            if (i % 1000 == 0) {
                                sleep(ofMillis(1));
                            }
                        }
                    });
            receive(Go.class, ofSeconds(60));
            exit(source.pid(), KILL);
            receive(source.monitor(), Down.class);
            assertThat(use(picker).messages()).isLessThanOrEqualTo(64);
            assertThat(info(picker).orElseThrow().messageQueueLength())
                    .isEqualTo(use(picker).messages());
        }

        /// Senders and receivers are killed in all places of what they do: nobody waits for ever, and no room is lost.
        @Scenario(simulated = false, runs = 5, timeoutSeconds = 120)
        void sendersAreKilledWhileTheyWait() {
            Random random = new Random();
            Pid counter = counter(park(4));
            List<Spawned> senders = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                senders.add(sender(counter, 50, spawn(() -> sleepForever())));
                if (senders.size() > 6) {
                    Spawned victim = senders.remove(random.nextInt(senders.size()));
                    exit(victim.pid(), KILL);
                    receive(victim.monitor(), Down.class, ofSeconds(20));
                }
            }
            for (Spawned left : senders) {
                receive(left.monitor(), Down.class, ofSeconds(20));
            }
            Sum sum = totals(counter);
            assertThat(sum.gaps()).isZero();
            assertThat(sum.most()).isLessThanOrEqualTo(4);
        }

        @Scenario(simulated = false, runs = 5, timeoutSeconds = 120)
        void receiversAreKilledWhileOthersWait() {
            Pid boss = self();
            for (int round = 0; round < 50; round++) {
                Pid receiver = counter(park(2));
                for (int i = 0; i < SENDERS; i++) {
                    sender(receiver, 100, boss);
                }
                sleep(ofMillis(round % 3));
                exit(receiver, KILL);
                for (int i = 0; i < SENDERS; i++) {
                    receive(Done.class, ofSeconds(20));
                }
            }
        }
    }
}
