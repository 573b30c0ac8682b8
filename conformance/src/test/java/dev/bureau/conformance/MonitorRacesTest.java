package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.pause;
import static dev.bureau.conformance.Staff.ready;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A monitor fires exactly once or was taken back, whatever happens at the same time: OTP's items M-06, M-07, M-09.
@Otp("M-09")
class MonitorRacesTest {
    @Scenario(outcomes = {"taken back", "fired"})
    @Otp("M-06")
    @Otp("M-07")
    void demonitorTakesBackOrADownIsThere() {
        Pid worker = spawn(() -> exit("gone"));
        Ref monitor = monitor(worker);
        if (demonitor(monitor)) {
            observe("taken back");
        } else {
            observe("fired");
            assertThat(poll(Down.class).map(Down::ref)).contains(monitor);
        }
        awaitDown(worker);
        refuteReceive(Down.class);
    }

    @Scenario(outcomes = {"taken back", "flushed"})
    @Otp("M-06")
    @Otp("M-07")
    void demonitorFlushLeavesNothing() {
        Pid worker = spawn(() -> exit("gone"));
        Ref monitor = monitor(worker);
        observe(demonitorFlush(monitor) ? "taken back" : "flushed");
        awaitDown(worker);
        refuteReceive(Down.class);
    }

    @Scenario
    void manyMonitorsOfManyShortLivesEachFireOnceOrAreTakenBack() {
        List<Ref> monitors = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            monitors.add(i % 2 == 0 ? monitor(spawn(() -> {})) : spawnMonitor(() -> {}).monitor());
        }
        for (Ref monitor : monitors) {
            boolean live = demonitor(monitor);
            boolean told =
                    poll(Down.class, down -> down.ref().equals(monitor), ofMillis(0)).isPresent();
            assertThat(told).isEqualTo(!live);
        }
        refuteReceive(Down.class);
    }

    @Scenario
    void severalEndsAtOnceAreToldOnceToEach() {
        Pid victim = spawn(() -> receive(Go.class));
        Pid boss = self();
        List<Pid> watchers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            watchers.add(
                    spawn(() -> {
                        Ref monitor = monitor(victim);
                        ExitReason reason = awaitDown(monitor);
                        refuteReceive(Down.class);
                        send(boss, reason);
                    }));
        }
        spawn(() -> exit(victim, "one"));
        spawn(() -> exit(victim, KILL));
        send(victim, new Go());
        Set<ExitReason> reasons = new HashSet<>();
        for (Pid _ : watchers) {
            reasons.add(assertReceive(ExitReason.class));
        }
        reasons.remove(NOPROC);
        assertThat(reasons).hasSizeLessThanOrEqualTo(1);
        assertThat(reasons).isSubsetOf(custom("one"), KILLED, NORMAL);
    }

    @Scenario
    void theEndOfBothAtOnceTroublesNobody() {
        Pid left = ready(() -> exit("left"));
        Pid right = ready(() -> exit("right"));
        Ref leftEnd = monitor(left);
        Ref rightEnd = monitor(right);
        for (Pid pid : List.of(left, right)) {
            spawn(() -> {
                monitor(pid);
                send(pid, new Go());
            });
        }
        assertThat(awaitDown(leftEnd)).isEqualTo(custom("left"));
        assertThat(awaitDown(rightEnd)).isEqualTo(custom("right"));
        refuteReceive(Object.class);
    }

    @Scenario
    void monitoringDemonitoringAndDyingWatchersLeaveNoTrace() {
        Pid watched = idle();
        List<Ref> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Spawned watcher =
                    spawnMonitor(() -> {
                        while (true) {
                            demonitor(monitor(watched));
                        }
                    });
            ends.add(watcher.monitor());
            pause();
            exit(watcher.pid(), KILL);
        }
        for (Ref end : ends) {
            assertThat(awaitDown(end)).isEqualTo(KILLED);
        }
        eventually(() -> info(watched).orElseThrow().monitoredBy().isEmpty());
    }

    @Scenario(outcomes = {"reply", "down"})
    @Otp("A-05")
    void aReplyAndTheEndOfTheServerNeverBothComeThroughAReplyMonitor() {
        Pid server =
                spawn(() -> {
                    send(receive(Ref.class), "reply");
                    exit("gone");
                });
        Ref tag = monitor(server, MonitorOption.ALIAS_UNTIL_REPLY);
        Pid killer = spawn(() -> exit(server, "enough"));
        send(server, tag);
        Object first = assertReceive(Object.class);
        observe(first instanceof Down ? "down" : "reply");
        awaitDown(killer);
        refuteReceive(Object.class);
    }
}
