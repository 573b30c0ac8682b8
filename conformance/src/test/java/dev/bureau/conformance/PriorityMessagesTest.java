package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.LinkingOption;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;

/// Messages that go before all ordinary ones (EEP 76): OTP's items A-07, L-12.
@Otp("A-07")
class PriorityMessagesTest {
    @Scenario
    void goBeforeAllOrdinaryMessagesInTheirOwnOrder() {
        Ref alias = alias(AliasOption.PRIORITY);
        send(self(), "first");
        sendPriority(alias, 1);
        send(alias, "second");
        sendPriority(alias, 2);
        send(self(), "third");
        sendPriority(alias, 3);
        for (Object expected : List.of(1, 2, 3, "first", "second", "third")) {
            assertReceive(expected);
        }
    }

    @Scenario
    void goBeforeWhatIsInTheMailboxAlready() {
        Ref alias = alias(AliasOption.PRIORITY);
        for (String word : List.of("one", "two")) {
            send(self(), word);
            hibernate();
        }
        sendPriority(alias, 1);
        hibernate();
        sendPriority(alias, 2);
        for (Object expected : List.of(1, 2, "one", "two")) {
            assertReceive(expected);
        }
    }

    @Scenario
    void areOrdinaryThroughOtherAddresses() {
        Ref ordinary = alias();
        send(self(), "first");
        sendPriority(ordinary, "second");
        sendPriority(self(), "third");
        for (Object expected : List.of("first", "second", "third")) {
            assertReceive(expected);
        }
    }

    @Scenario
    void areDroppedLikeOthersWhenTheAliasHasEnded() {
        Ref alias = alias(AliasOption.PRIORITY);
        unalias(alias);
        sendPriority(alias, "late");
        exitPriority(alias, "late");
        refuteReceive(Object.class);
        Ref once = alias(AliasOption.PRIORITY, AliasOption.REPLY);
        sendPriority(once, "one");
        sendPriority(once, "two");
        assertReceive("one");
        refuteReceive(Object.class);
    }

    @Scenario
    void keepTheirOrderAmongThoseOfOneSender() {
        Ref alias = alias(AliasOption.PRIORITY);
        Pid sender =
                spawn(() -> {
                    for (int i = 0; i < 10; i++) {
                        sendPriority(alias, i);
                    }
                });
        send(self(), "ordinary");
        awaitDown(sender);
        for (int i = 0; i < 10; i++) {
            assertReceive(Integer.class, Integer.valueOf(i)::equals);
        }
        assertReceive("ordinary");
    }

    @Scenario
    void areFoundByAReceiveThatWaitsForSomethingElse() {
        Ref alias = alias(AliasOption.PRIORITY);
        Pid boss = self();
        send(self(), "ordinary");
        spawn(() -> {
            send(boss, "more");
            sendPriority(alias, 1);
        });
        assertReceive(Integer.class);
        assertReceive("ordinary");
        assertReceive("more");
    }

    @Scenario
    void ofExitSignalsGoFirstToo() {
        Pid boss = self();
        trapExits(true);
        Ref alias = alias(AliasOption.PRIORITY);
        send(self(), "ordinary");
        exitPriority(alias, "told");
        assertReceive(new Exit(boss, custom("told")));
        assertReceive("ordinary");
        Ref ordinary = alias();
        send(self(), "ordinary");
        exitPriority(ordinary, "told");
        assertReceive("ordinary");
        assertReceive(new Exit(boss, custom("told")));
    }

    @Scenario
    void ofExitSignalsAreFatalToWhoDoesNotTrap() {
        Pid boss = self();
        Spawned victim =
                spawnMonitor(() -> {
                    send(boss, alias(AliasOption.PRIORITY));
                    sleepForever();
                });
        exitPriority(assertReceive(Ref.class), "enough");
        assertThat(awaitDown(victim.monitor())).isEqualTo(custom("enough"));
    }

    @Scenario
    void ofMonitorsGoFirstToo() {
        Pid worker = waiting();
        Ref urgent = monitor(worker, MonitorOption.PRIORITY);
        Ref plain = monitor(worker);
        send(self(), "ordinary");
        send(worker, new Go());
        eventually(() -> info(self()).orElseThrow().monitors().isEmpty());
        assertReceive(new Down(urgent, worker, NORMAL));
        assertReceive("ordinary");
        assertReceive(new Down(plain, worker, NORMAL));
    }

    @Scenario
    @Otp("L-12")
    void ofLinksGoFirstIfTheLinkWasMadeSo() {
        trapExits(true);
        Pid plain = waiting();
        Pid urgent = waiting();
        link(plain);
        link(urgent, LinkingOption.PRIORITY);
        Pid spawned =
                spawn(SpawnOptions.options().link(LinkingOption.PRIORITY), () -> receive(Go.class));
        send(self(), "ordinary");
        endOneByOne(plain, urgent, spawned);
        assertReceive(new Exit(urgent, NORMAL));
        assertReceive(new Exit(spawned, NORMAL));
        assertReceive("ordinary");
        assertReceive(new Exit(plain, NORMAL));
    }

    @Scenario
    @Otp("L-12")
    void ofLinksAreSwitchedOnAndOffByLinkingAgain() {
        trapExits(true);
        Pid off = waiting();
        link(off, LinkingOption.PRIORITY);
        link(off);
        Pid on = waiting();
        link(on);
        link(on, LinkingOption.PRIORITY);
        Pid forgotten = waiting();
        link(forgotten, LinkingOption.PRIORITY);
        unlink(forgotten);
        link(forgotten);
        send(self(), "ordinary");
        endOneByOne(off, forgotten, on);
        assertReceive(new Exit(on, NORMAL));
        assertReceive("ordinary");
        assertReceive(new Exit(off, NORMAL));
        assertReceive(new Exit(forgotten, NORMAL));
    }

    @Scenario
    @Otp("L-12")
    void ofLinksAreForTheEndThatAskedForThem() {
        Pid boss = self();
        Pid other =
                spawn(() -> {
                    trapExits(true);
                    send(boss, new Go());
                    receive(Go.class);
                    assertReceive("ordinary");
                    assertReceive(Exit.class);
                    send(boss, "in order");
                });
        assertReceive(Go.class);
        Spawned asking =
                spawnMonitor(() -> {
                    link(other, LinkingOption.PRIORITY);
                    send(other, "ordinary");
                });
        awaitDown(asking.monitor());
        send(other, new Go());
        assertReceive("in order");
    }

    @Scenario
    @Otp("L-12")
    @Otp("L-03")
    void ofLinksToTheDeadGoFirstToo() {
        trapExits(true);
        Pid dead = spawn(() -> {});
        awaitDown(dead);
        send(self(), "ordinary");
        link(dead, LinkingOption.PRIORITY);
        assertReceive(new Exit(dead, NOPROC));
        assertReceive("ordinary");
    }

    private static void endOneByOne(Pid... linked) {
        for (Pid each : linked) {
            send(each, new Go());
            eventually(() -> !info(self()).orElseThrow().links().contains(each));
        }
    }

    @Scenario
    void areFoundWithAReferenceMadeBefore() {
        Pid worker = waiting();
        send(self(), "ordinary");
        Ref urgent = monitor(worker, MonitorOption.PRIORITY);
        send(worker, new Go());
        assertThat(awaitDown(urgent)).isEqualTo(NORMAL);
        assertReceive("ordinary");
    }
}
