package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.SpawnReply;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// The order of signals, and sending to nobody: OTP's items.
class SignalsTest {
    record Answer(Object value) {}

    @Nested
    class BetweenTwoProcesses {
        @Scenario
        @Otp("X-01")
        void messagesKeepTheirOrderWhateverTheAddress() {
            Pid boss = self();
            Pid clerk =
                    spawn(() -> {
                        register("clerk", self());
                        send(boss, alias());
                        receive(Go.class);
                        for (int i = 0; i < 12; i++) {
                            send(boss, new Answer(receive(Integer.class)));
                        }
                    });
            Ref alias = assertReceive(Ref.class);
            for (int i = 0; i < 12; i += 3) {
                send(clerk, i);
                send("clerk", i + 1);
                send(alias, i + 2);
            }
            send(clerk, new Go());
            for (int i = 0; i < 12; i++) {
                assertReceive(new Answer(i));
            }
        }

        @Scenario
        @Otp("X-01")
        void aLinkComesBeforeTheMessageBehindIt() {
            Pid boss = self();
            Pid other =
                    spawn(() -> {
                        while (true) {
                            receive(Go.class);
                            send(boss, new Answer(linked(self(), boss)));
                        }
                    });
            link(other);
            send(other, new Go());
            assertReceive(new Answer(true));
            unlink(other);
            send(other, new Go());
            assertReceive(new Answer(false));
        }

        @Scenario
        @Otp("X-01")
        void aMonitorComesBeforeTheMessageBehindIt() {
            Pid boss = self();
            Pid other =
                    spawn(() -> {
                        while (true) {
                            receive(Go.class);
                            send(boss, new Answer(info(self()).orElseThrow().monitoredBy()));
                        }
                    });
            Ref monitor = monitor(other);
            send(other, new Go());
            assertReceive(new Answer(List.of(boss)));
            demonitor(monitor);
            send(other, new Go());
            assertReceive(new Answer(List.of()));
        }

        @Scenario
        @Otp("X-01")
        @Otp("X-05")
        void nothingBehindAFatalExitSignalIsSeen() {
            Spawned victim =
                    spawnMonitor(() -> {
                        while (true) {
                            if (receive(Boolean.class, ofMillis(0), true)) {
                                continue;
                            }
                            exit("seen what came later");
                        }
                    });
            for (int i = 0; i < 3; i++) {
                send(victim.pid(), true);
            }
            exit(victim.pid(), "in order");
            for (int i = 0; i < 3; i++) {
                send(victim.pid(), false);
            }
            link(idle());
            assertThat(awaitDown(victim.monitor())).isEqualTo(custom("in order"));
        }

        @Scenario
        @Otp("X-01")
        @Otp("X-05")
        void anExitSignalBehindTheEndOfALinkFindsNobody() {
            // The first one received decides, and both come from the same process.
            Spawned victim = spawnMonitor(() -> sleepForever());
            Pid sender =
                    spawn(() -> {
                        link(victim.pid());
                        receive(Go.class);
                        exit(victim.pid(), "first");
                        exit("second");
                    });
            send(sender, new Go());
            assertThat(awaitDown(victim.monitor())).isEqualTo(custom("first"));
        }

        @Scenario
        @Otp("X-16")
        void theEndComesAfterAllMessages() {
            trapExits(true);
            Pid boss = self();
            Ref alias = alias();
            register("boss", boss);
            for (Body end : List.<Body>of(() -> {}, () -> exit("gone"), () -> exit(self(), KILL))) {
                Spawned sender =
                        spawnMonitor(
                                SpawnOptions.options().link(),
                                () -> {
                                    for (int i = 0; i < 30; i += 3) {
                                        send(boss, i);
                                        send("boss", i + 1);
                                        send(alias, i + 2);
                                    }
                                    end.run();
                                });
                for (int i = 0; i < 30; i++) {
                    assertReceive((Object) i);
                }
                assertReceive(Exit.class);
                awaitDown(sender.monitor());
            }
        }

        @Scenario
        @Otp("X-16")
        void theEndComesAfterAllMessagesAlsoForWhoMonitorsTooLate() {
            Pid boss = self();
            Pid sender =
                    spawn(() -> {
                        for (int i = 0; true; i++) {
                            send(boss, i);
                        }
                    });
            exit(sender, "enough");
            awaitDown(monitor(sender));
            while (poll(Integer.class).isPresent()) {
                continue;
            }
            refuteReceive(Integer.class);
        }
    }

    @Scenario(outcomes = {"one two", "two one"})
    @Otp("X-01")
    void signalsOfDifferentSendersComeInAnyOrder() {
        Pid boss = self();
        for (String word : List.of("one", "two")) {
            spawn(() -> send(boss, word));
        }
        observe(assertReceive(String.class) + " " + assertReceive(String.class));
    }

    @Nested
    class ToNobody {
        @Scenario
        @Otp("X-02")
        void areSilentlyDropped() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            assertThat(send(dead, "hello")).isEqualTo("hello");
            assertThat(sendPriority(dead, "hello")).isEqualTo("hello");
            Name here = Name.on(node().id(), "nobody");
            assertThat(send(here, "hello")).isEqualTo("hello");
            Name elsewhere = Name.on(new NodeId("elsewhere@nowhere", 1), "nobody");
            assertThat(send(elsewhere, "hello")).isEqualTo("hello");
        }

        @Scenario
        @Otp("X-03")
        void failAtOnceUnderALocalName() {
            assertThatThrownBy(() -> send("nobody", "hello")).isInstanceOf(NoSuchName.class);
            assertThatThrownBy(() -> send(Name.local("nobody"), "hello"))
                    .isInstanceOf(NoSuchName.class)
                    .hasMessageContaining("nobody");
            register("clerk", self());
            send("clerk", "hello");
            unregister("clerk");
            assertThatThrownBy(() -> send("clerk", "again")).isInstanceOf(NoSuchName.class);
            assertReceive("hello");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("X-15")
        void areAcceptedAsExitSignals() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            exit(dead, "hello");
            exit(dead, KILL);
            assertThat(isAlive(self())).isTrue();
        }
    }

    @Scenario(outcomes = {"0", "1", "2", "3", "4", "5"})
    @Otp("X-04")
    void anExitSignalOvertakesUnreadMessages() {
        Pid boss = self();
        Spawned reader =
                spawnMonitor(() -> {
                    while (true) {
                        send(boss, receive(Integer.class));
                    }
                });
        for (int i = 0; i < 5; i++) {
            send(reader.pid(), i);
        }
        exit(reader.pid(), "enough");
        assertThat(awaitDown(reader.monitor())).isEqualTo(custom("enough"));
        int read = 0;
        while (poll(Integer.class, n -> true, ofMillis(0)).isPresent()) {
            read++;
        }
        observe(read);
    }

    @Scenario
    @Otp("X-04")
    void whatWasReadBeforeAnExitSignalIsAPrefix() {
        Pid boss = self();
        Spawned reader =
                spawnMonitor(() -> {
                    while (true) {
                        send(boss, receive(Integer.class));
                    }
                });
        for (int i = 0; i < 5; i++) {
            send(reader.pid(), i);
        }
        exit(reader.pid(), "enough");
        awaitDown(reader.monitor());
        for (int expected = 0; true; expected++) {
            Optional<Integer> read = poll(Integer.class);
            if (read.isEmpty()) {
                break;
            }
            assertThat(read).contains(expected);
        }
    }

    @Scenario
    @Otp("X-17")
    void whatTheRuntimeSendsComesInAnyOrder() {
        Pid boss = self();
        sendAfter(boss, "timer", ofMillis(0));
        Ref request = spawnRequest(SpawnOptions.options(), () -> send(boss, 1));
        send(boss, "message");
        // By type, since nothing is said about the order of the two strings and the others.
        assertReceive(SpawnReply.class, reply -> reply.ref().equals(request));
        assertReceive(Integer.class);
        assertReceive(String.class, "timer"::equals);
        assertReceive(String.class, "message"::equals);
    }
}
