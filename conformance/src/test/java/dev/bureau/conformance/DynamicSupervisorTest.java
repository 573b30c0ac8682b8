package dev.bureau.conformance;

import static dev.bureau.conformance.Workers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.DynamicSupervisor.flags;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.ChildCount;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildInfo.Status;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.ChildSpec.Shutdown;
import dev.bureau.otp.ChildSpec.Type;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.Intensity;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Dynamic supervisors: OTP's items DS-01, DS-02, DS-04 to DS-06, and what S-22 says of children of one template.
class DynamicSupervisorTest {
    private static Pid supervise() {
        return supervise(flags().intensity(1_000_000, ofSeconds(5)));
    }

    private static Pid supervise(DynamicSupervisor.Flags flags) {
        trapExits(true);
        return DynamicSupervisor.startLink(flags);
    }

    @Scenario(runs = 1)
    @Otp("DS-01")
    void hasTheDefaultsOfElixir() {
        assertThat(flags().intensity()).isEqualTo(Intensity.of(3, ofSeconds(5)));
        assertThat(flags().maxChildren()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> flags().maxChildren(-1))
                .hasMessage("expected a number of children of zero or more, got: -1");
        assertThatThrownBy(() -> flags().intensity(-1, ofSeconds(1))).hasMessageContaining("-1");
        assertThatThrownBy(() -> flags().intensity(1, ofSeconds(0))).hasMessageContaining("PT0S");
    }

    @Scenario
    @Otp("DS-01")
    void restartsOnlyWhatHasEnded() {
        Pid boss = supervise();
        Pid a = DynamicSupervisor.startChild(boss, worker("a")).orThrow();
        Pid b = DynamicSupervisor.startChild(boss, worker("b")).orThrow();
        upInOrder("a", "b");
        exit(a, KILL);
        Pid again = up("a");
        assertThat(pids(boss)).containsExactlyInAnyOrder(again, b);
        refuteReceive(Object.class);
    }

    @Scenario
    @Otp("DS-01")
    void tooManyRestartsEndIt() throws Exception {
        Pid boss = supervise(flags().intensity(1, ofSeconds(5)));
        List<String> log =
                captureLog(() -> {
                    DynamicSupervisor.startChild(boss, worker("a"));
                    DynamicSupervisor.startChild(boss, worker("b"));
                    exit(up("a"), KILL);
                    exit(up("a"), KILL);
                    assertThat(awaitExit(boss)).isEqualTo(SHUTDOWN);
                });
        endedInOrder("b");
        assertThat(log).anySatisfy(line -> assertThat(line).contains("more than 1 restarts"));
    }

    @Scenario
    @Otp("DS-01")
    void aModuleDecidesHow() {
        trapExits(true);
        DynamicSupervisor few = () -> new DynamicSupervisor.Plan.Supervise(flags().maxChildren(0));
        Pid boss = DynamicSupervisor.startLink(StartOptions.named("few"), few);
        assertThat(DynamicSupervisor.startChild("few", worker("a"))).isEqualTo(tooMany(0));
        assertThat(whereis("few")).contains(boss);
        DynamicSupervisor none = () -> new DynamicSupervisor.Plan.Ignore();
        assertThat(DynamicSupervisor.starter(StartOptions.options(), none).start())
                .isEqualTo(Start.ignored());
        DynamicSupervisor nothing = () -> null;
        assertThatThrownBy(() -> DynamicSupervisor.startLink(StartOptions.options(), nothing))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("expected supervise(flags) or ignore()");
    }

    private static Start tooMany(int limit) {
        return Start.failed(new DynamicSupervisor.MaxChildren(limit));
    }

    @Scenario
    @Otp("DS-02")
    void hasAsManyChildrenAsItMay() {
        Pid boss = supervise(flags().maxChildren(1).intensity(1_000_000, ofSeconds(5)));
        Pid a = DynamicSupervisor.startChild(boss, worker("a")).orThrow();
        up("a");
        assertThat(DynamicSupervisor.startChild(boss, worker("b"))).isEqualTo(tooMany(1));
        assertThat(poll(Up.class)).isEmpty();
        DynamicSupervisor.terminateChild(boss, a);
        assertThat(DynamicSupervisor.startChild(boss, worker("b")))
                .isInstanceOf(Start.Started.class);
    }

    @Scenario
    @Otp("DS-02")
    void whoRestartsCounts() {
        Pid boss = supervise(flags().maxChildren(1).intensity(1_000_000, ofSeconds(5)));
        Pid sickness = sickness();
        DynamicSupervisor.startChild(boss, scripted("a", sickness));
        exit(up("a"), KILL);
        eventually(() -> statuses(boss).equals(List.of(new Status.Restarting())));
        assertThat(DynamicSupervisor.startChild(boss, worker("b"))).isEqualTo(tooMany(1));
        assertThat(DynamicSupervisor.countChildren(boss)).isEqualTo(new ChildCount(1, 0, 0, 1));
        send(sickness, new Heal());
        up("a");
    }

    @Scenario
    @Otp("DS-04")
    @Otp("S-22")
    void aStartHasManyOutcomes() {
        Pid boss = supervise();
        ChildSpec told =
                ChildSpec.worker(
                        "told", () -> Start.started(spawnLink(Bureau::sleepForever), "info"));
        Start start = DynamicSupervisor.startChild(boss, told);
        assertThat(start).isEqualTo(new Start.Started(pids(boss).getFirst(), "info"));
        assertThat(DynamicSupervisor.startChild(boss, ChildSpec.worker("a", Start::ignored)))
                .isEqualTo(Start.ignored());
        assertThat(
                        DynamicSupervisor.startChild(
                                boss, ChildSpec.worker("b", () -> Start.failed("no desk"))))
                .isEqualTo(Start.failed("no desk"));
        assertThat(failure(boss, ChildSpec.worker("c", () -> null))).contains("got: null");
        assertThat(
                        failure(
                                boss,
                                ChildSpec.worker(
                                        "d",
                                        () -> {
                                            throw new Exception("broken");
                                        })))
                .contains("broken");
        assertThat(
                        failure(
                                boss,
                                ChildSpec.worker(
                                        "e",
                                        () -> {
                                            throw exit("no desk");
                                        })))
                .isEqualTo("no desk");
        assertThat(pids(boss)).hasSize(1);
        assertThatThrownBy(() ->
                        DynamicSupervisor.startChild(
                                boss, told.restart(Restart.TEMPORARY).asSignificant()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected no significant child");
    }

    private static String failure(Pid boss, ChildSpec spec) {
        return ExitReason.format(
                ((Start.Failed) DynamicSupervisor.startChild(boss, spec)).reason());
    }

    @Scenario
    @Otp("DS-04")
    void aRestartThatFailsIsTriedAgainAndOneThatIsIgnoredIsTheEnd() {
        Pid boss = supervise();
        Pid script = script(Turn.UP, Turn.FAIL, Turn.FAIL, Turn.UP, Turn.IGNORE);
        DynamicSupervisor.startChild(boss, scripted("a", script));
        exit(up("a"), KILL);
        exit(up("a"), KILL);
        eventually(() -> pids(boss).isEmpty() && statuses(boss).isEmpty());
    }

    @Scenario
    @Otp("DS-05")
    @Otp("S-22")
    void childrenAreKnownByTheirPids() {
        Pid boss = supervise();
        Pid one = DynamicSupervisor.startChild(boss, worker("a")).orThrow();
        Pid other = DynamicSupervisor.startChild(boss, worker("a")).orThrow();
        assertThat(DynamicSupervisor.whichChildren(boss))
                .containsExactlyInAnyOrder(
                        new ChildInfo(null, new Status.Running(one), Type.WORKER),
                        new ChildInfo(null, new Status.Running(other), Type.WORKER));
        assertThat(DynamicSupervisor.terminateChild(boss, one)).isTrue();
        endedInOrder("a");
        assertThat(DynamicSupervisor.terminateChild(boss, one)).isFalse();
        assertThat(Supervisor.terminateChild(boss, "a")).isFalse();
        assertThat(DynamicSupervisor.terminateChild(boss, self())).isFalse();
        assertThat(pids(boss)).containsExactly(other);
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> Supervisor.restartChild(boss, "a"),
                        () -> Supervisor.deleteChild(boss, "a"))) {
            assertThatThrownBy(wrong::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a Supervisor, got the DynamicSupervisor");
        }
    }

    @Scenario
    @Otp("DS-05")
    void stoppingAChildThatRestartsEndsThat() {
        Pid boss = supervise();
        Pid sickness = sickness();
        DynamicSupervisor.startChild(boss, scripted("a", sickness));
        Pid a = up("a");
        exit(a, KILL);
        eventually(() -> statuses(boss).equals(List.of(new Status.Restarting())));
        assertThat(DynamicSupervisor.terminateChild(boss, a)).isTrue();
        assertThat(statuses(boss)).isEmpty();
        send(sickness, new Heal());
        refuteReceive(Up.class);
    }

    @Scenario
    @Otp("S-07")
    @Otp("S-22")
    void whoEndsForGoodLeavesNoTrace() {
        Pid boss = supervise();
        DynamicSupervisor.startChild(boss, worker("a").restart(Restart.TRANSIENT));
        DynamicSupervisor.startChild(boss, worker("b").restart(Restart.TEMPORARY));
        leave(up("a"), NORMAL);
        leave(up("b"), "crash");
        eventually(() -> statuses(boss).isEmpty());
        assertThat(poll(Up.class)).isEmpty();
    }

    @Scenario
    @Otp("DS-06")
    @Otp("S-02")
    void allAreToldToStopAtOnce() {
        Pid boss = supervise();
        Pid me = self();
        // Each waits for all others to have been told.
        for (int i = 0; i < 3; i++) {
            DynamicSupervisor.startChild(
                    boss,
                    ChildSpec.worker(
                            i,
                            trapper(() -> {
                                receive(Exit.class);
                                send(me, self());
                                receive(Go.class);
                                throw exit(SHUTDOWN);
                            })));
        }
        spawn(() -> Supervisor.stop(boss));
        Set<Pid> told = new HashSet<>();
        for (int i = 0; i < 3; i++) told.add(assertReceive(Pid.class));
        assertThat(told).hasSize(3);
        told.forEach(child -> send(child, new Go()));
        assertThat(awaitExit(boss)).isEqualTo(NORMAL);
    }

    @Scenario
    @Otp("DS-06")
    void eachHasItsOwnTime() throws Exception {
        Pid boss = supervise();
        ChildSpec stubborn = ChildSpec.worker("a", trapper(Bureau::sleepForever));
        Ref killed = start(boss, stubborn.shutdown(new Shutdown.BrutalKill()));
        Ref late = start(boss, stubborn.shutdown(ofMillis(2)));
        Ref atOnce = start(boss, stubborn.shutdown(ofMillis(0)));
        Ref slow = start(boss, slow("b", ofMillis(4)).shutdown(new Shutdown.Unlimited()));
        List<String> log =
                captureLog(() -> {
                    DynamicSupervisor.stop(boss);
                });
        assertThat(awaitDown(killed)).isEqualTo(ExitReason.KILLED);
        assertThat(awaitDown(late)).isEqualTo(ExitReason.KILLED);
        assertThat(awaitDown(atOnce)).isEqualTo(ExitReason.KILLED);
        assertThat(awaitDown(slow)).isEqualTo(SHUTDOWN);
        assertThat(log).hasSize(2);
        assertThat(log).allSatisfy(line -> assertThat(line).contains("did not stop as it should"));
    }

    private static Ref start(Pid boss, ChildSpec spec) {
        return monitor(DynamicSupervisor.startChild(boss, spec).orThrow());
    }

    @Scenario
    @Otp("DS-06")
    void endsBeforeItWasToldAreLoggedWithTheirReasons() throws Exception {
        Pid boss = supervise();
        Pid a = DynamicSupervisor.startChild(boss, worker("a")).orThrow();
        Pid b = DynamicSupervisor.startChild(boss, worker("b")).orThrow();
        upInOrder("a", "b");
        List<String> log =
                captureLog(() -> {
                    dev.bureau.otp.Sys.suspend(boss);
                    leave(a, "crash");
                    awaitDown(a);
                    dev.bureau.otp.Sys.terminate(boss, NORMAL);
                });
        endedInOrder("b");
        assertThat(log)
                .anySatisfy(line ->
                        assertThat(line)
                                .contains(
                                        "did not stop as it should",
                                        "reason: crash",
                                        a.toString()));
        assertThat(log).noneSatisfy(line -> assertThat(line).contains(b.toString()));
    }

    @Scenario
    @Otp("S-18")
    void whoHasUnlinkedItselfIsWaitedForAllTheSame() {
        Pid boss = supervise();
        Pid child =
                DynamicSupervisor.startChild(
                                boss,
                                ChildSpec.worker(
                                        "a",
                                        () -> {
                                            Pid supervisor = self();
                                            Pid started =
                                                    spawnLink(() -> {
                                                        unlink(supervisor);
                                                        send(supervisor, new Go());
                                                        receive(Go.class);
                                                    });
                                            receive(Go.class);
                                            return Start.started(started);
                                        }))
                        .orThrow();
        send(child, new Go());
        awaitDown(child);
        DynamicSupervisor.stop(boss);
        assertThat(awaitExit(boss)).isEqualTo(NORMAL);
    }

    /// A child that traps exits before its start is over.
    private static ChildSpec.Starter trapper(dev.bureau.kernel.Body body) {
        return () -> {
            Pid supervisor = self();
            Pid child =
                    spawnLink(() -> {
                        trapExits(true);
                        send(supervisor, new Go());
                        body.run();
                    });
            receive(Go.class);
            return Start.started(child);
        };
    }

    private static ExitReason awaitExit(Pid pid) {
        return assertReceive(Exit.class, exit -> exit.from().equals(pid)).reason();
    }

    private static List<Pid> pids(Pid boss) {
        return DynamicSupervisor.whichChildren(boss).stream()
                .flatMap(child -> child.pid().stream())
                .toList();
    }

    private static List<Status> statuses(Pid boss) {
        return DynamicSupervisor.whichChildren(boss).stream().map(ChildInfo::status).toList();
    }
}
