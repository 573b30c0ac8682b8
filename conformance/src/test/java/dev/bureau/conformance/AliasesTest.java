package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.pause;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// Aliases: OTP's items.
class AliasesTest {
    record Ask(From<String> from) {}

    @Nested
    class AnAlias {
        @Scenario
        @Otp("A-01")
        void isAnAddressWhileItIsActive() {
            Pid boss = self();
            Ref alias = alias();
            assertThat(send(alias, "one")).isEqualTo("one");
            awaitDown(spawn(() -> send(alias, "two")));
            assertReceive("one");
            assertReceive("two");
            assertThat(unalias(alias)).isTrue();
            assertThat(send(alias, "three")).isEqualTo("three");
            awaitDown(spawn(() -> send(alias, "four")));
            awaitDown(spawn(() -> send(boss, "five")));
            assertReceive("five");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("A-01")
        void cannotBeMonitored() {
            Ref alias = alias();
            assertThatThrownBy(() -> monitor(alias))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a pid or a name to monitor, got the alias " + alias);
        }

        @Scenario
        @Otp("A-01")
        void endsWithItsOwner() {
            Pid boss = self();
            Spawned owner =
                    spawnMonitor(() -> {
                        send(boss, alias());
                        exit("gone");
                    });
            Ref alias = assertReceive(Ref.class);
            awaitDown(owner.monitor());
            assertThat(send(alias, "hello")).isEqualTo("hello");
            exitPriority(alias, "hello");
        }

        @Scenario
        @Otp("A-01")
        void isNoneUntilItIsMadeOne() {
            send(ref(), "hello");
            Ref monitor = monitor(idle());
            send(monitor, "hello");
            refuteReceive(Object.class);
            assertThat(unalias(monitor)).isFalse();
        }

        @Scenario
        @Otp("A-01")
        void isJudgedForTimersToo() {
            Ref kept = alias();
            Ref ended = alias();
            sendAfter(kept, "kept", ofMillis(1));
            sendAfter(ended, "ended", ofMillis(1));
            unalias(ended);
            assertReceive("kept");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("A-02")
        void isJudgedWhenTheMessageIsReceived() {
            Ref alias = alias();
            send(alias, "sent before, not received");
            assertThat(unalias(alias)).isTrue();
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("A-02")
        void leavesWhatIsInTheMailbox() {
            Ref alias = alias();
            send(alias, "kept");
            hibernate();
            unalias(alias);
            assertReceive("kept");
        }

        @Scenario(outcomes = {"received", "dropped"})
        @Otp("A-02")
        void letsNothingInOnceItHasEnded() {
            Pid boss = self();
            Ref alias = alias();
            Pid sender =
                    spawn(() -> {
                        send(alias, "hello");
                        // Makes it be received.
                        isAlive(boss);
                    });
            pause();
            unalias(alias);
            observe(poll(String.class).isPresent() ? "received" : "dropped");
            awaitDown(sender);
            refuteReceive(String.class);
        }

        @Scenario
        @Otp("A-03")
        void isEndedByItsOwnerOnlyAndOnce() {
            Pid boss = self();
            Ref alias = alias();
            spawn(() -> send(boss, unalias(alias)));
            assertReceive(false);
            send(alias, "still there");
            assertReceive("still there");
            assertThat(unalias(alias)).isTrue();
            assertThat(unalias(alias)).isFalse();
            assertThat(unalias(ref())).isFalse();
        }

        @Scenario
        @Otp("A-04")
        void forAReplyEndsWithTheFirstMessage() {
            Ref alias = alias(AliasOption.REPLY);
            for (String word : List.of("one", "two", "three")) {
                spawn(() -> send(alias, word));
            }
            assertReceive(String.class);
            refuteReceive(String.class);
            assertThat(unalias(alias)).isFalse();
        }

        @Scenario
        @Otp("A-04")
        void forAReplyCanBeEndedBeforeOne() {
            Ref alias = alias(AliasOption.REPLY);
            assertThat(unalias(alias)).isTrue();
            send(alias, "late");
            refuteReceive(Object.class);
        }
    }

    @Nested
    @Otp("A-05")
    class AMonitorsReference {
        @Scenario
        void asAnExplicitAliasOutlivesTheMonitor() {
            Pid worker = waiting();
            Ref fired = monitor(worker, MonitorOption.ALIAS);
            Ref takenBack = monitor(worker, MonitorOption.ALIAS);
            demonitor(takenBack);
            send(worker, new Go());
            awaitDown(fired);
            for (Ref alias : List.of(fired, takenBack)) {
                send(alias, "hello");
                assertReceive("hello");
                assertThat(unalias(alias)).isTrue();
                send(alias, "late");
            }
            refuteReceive(Object.class);
        }

        @Scenario
        void asAnAliasUntilDemonitorEndsWithTheMonitor() {
            Pid worker = waiting();
            Ref fired = monitor(worker, MonitorOption.ALIAS_UNTIL_DEMONITOR);
            Ref takenBack = monitor(worker, MonitorOption.ALIAS_UNTIL_DEMONITOR);
            for (Ref alias : List.of(fired, takenBack)) {
                send(alias, "one");
                send(alias, "two");
                assertReceive("one");
                assertReceive("two");
            }
            assertThat(demonitor(takenBack)).isTrue();
            send(takenBack, "late");
            send(worker, new Go());
            awaitDown(fired);
            send(fired, "late");
            refuteReceive(Object.class);
            assertThat(unalias(fired)).isFalse();
            assertThat(unalias(takenBack)).isFalse();
        }

        @Scenario
        void asAnAliasUntilReplyEndsWithAMessageAndTakesTheMonitorAlong() {
            Pid worker = waiting();
            Ref alias = monitor(worker, MonitorOption.ALIAS_UNTIL_REPLY);
            Ref plain = monitor(worker);
            send(alias, "reply");
            send(alias, "second reply");
            assertReceive("reply");
            assertThat(info(self()).orElseThrow().monitors()).containsExactly(worker);
            assertThat(demonitor(alias)).isFalse();
            send(worker, new Go());
            awaitDown(plain);
            refuteReceive(Object.class);
        }

        @Scenario
        void asAnAliasUntilReplyEndsWithTheMonitor() {
            Pid worker = waiting();
            Ref fired = monitor(worker, MonitorOption.ALIAS_UNTIL_REPLY);
            Ref takenBack = monitor(worker, MonitorOption.ALIAS_UNTIL_REPLY);
            assertThat(demonitor(takenBack)).isTrue();
            send(takenBack, "late");
            send(worker, new Go());
            awaitDown(fired);
            send(fired, "late");
            refuteReceive(Object.class);
        }

        @Scenario
        void canStopBeingAnAliasAndGoOnMonitoring() {
            for (MonitorOption option :
                    List.of(
                            MonitorOption.ALIAS,
                            MonitorOption.ALIAS_UNTIL_DEMONITOR,
                            MonitorOption.ALIAS_UNTIL_REPLY)) {
                Pid worker = waiting();
                Ref alias = monitor(worker, option);
                assertThat(unalias(alias)).isTrue();
                send(alias, "late");
                send(worker, new Go());
                assertThat(awaitDown(alias)).isEqualTo(NORMAL);
                refuteReceive(Object.class);
            }
        }

        @Scenario
        void ofTheDeadIsAnAliasOnlyIfExplicit() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Ref explicit = monitor(dead, MonitorOption.ALIAS);
            Ref bound = monitor(dead, MonitorOption.ALIAS_UNTIL_DEMONITOR);
            awaitDown(explicit);
            awaitDown(bound);
            send(explicit, "hello");
            send(bound, "late");
            assertReceive("hello");
            refuteReceive(Object.class);
        }
    }

    @Nested
    @Otp("A-06")
    class ALateReply {
        @Scenario
        void neverEntersTheMailbox() {
            Pid boss = self();
            Pid server =
                    spawn(() -> {
                        Ask ask = receive(Ask.class);
                        receive(Go.class);
                        reply(ask.from(), "late");
                        send(boss, new Go());
                    });
            assertThatThrownBy(() -> call(server, Ask::new, ofMillis(5)))
                    .isInstanceOf(ExitException.class);
            send(server, new Go());
            assertReceive(Go.class);
            refuteReceive(Object.class);
        }

        @Scenario(outcomes = {"in time", "too late"})
        void isTheAnswerOrNothing() {
            Pid server =
                    spawn(() -> {
                        while (true) {
                            Ask ask = receive(Ask.class);
                            sleep(Duration.ofNanos(5_000));
                            reply(ask.from(), "answer");
                        }
                    });
            try {
                String answer = call(server, Ask::new, Duration.ofNanos(10_000));
                assertThat(answer).isEqualTo("answer");
                observe("in time");
            } catch (ExitException late) {
                observe("too late");
            }
            refuteReceive(Object.class);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }

        @Scenario
        void isDroppedIfThereWasOneBefore() {
            Pid server =
                    spawn(() -> {
                        Ask ask = receive(Ask.class);
                        reply(ask.from(), "first");
                        reply(ask.from(), "second");
                    });
            String answer = call(server, Ask::new);
            assertThat(answer).isEqualTo("first");
            refuteReceive(Object.class);
        }
    }
}
