package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Workers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.ONE_FOR_ALL;
import static dev.bureau.otp.Supervisor.ONE_FOR_ONE;
import static dev.bureau.otp.Supervisor.REST_FOR_ONE;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.ChildCount;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildInfo.Status;
import dev.bureau.otp.ChildResult;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.ChildSpec.Shutdown;
import dev.bureau.otp.ChildSpec.Type;
import dev.bureau.otp.FailedToStartChild;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Intensity;
import dev.bureau.otp.Next;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Supervisor.AutoShutdown;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// Supervisors: OTP's items S-01 to S-27.
class SupervisorTest {
    private static final Status STOPPED = new Status.Stopped();
    private static final Status RESTARTING = new Status.Restarting();

    /// A supervisor of the calling process, which survives its end, and many restarts.
    private static Pid supervise(Supervisor.Flags flags, ChildSpec... children) {
        trapExits(true);
        return Supervisor.startLink(flags.intensity(1_000_000, ofSeconds(5)), children);
    }

    private static Start failedToStart(Object id, Object reason) {
        return Start.failed(
                new ExitReason.ShutdownWith(new FailedToStartChild(id, ExitReason.of(reason))));
    }

    /// A child that is started by `body`, which runs in it and says when it is ready.
    private static ChildSpec.Starter ready(dev.bureau.kernel.Body body) {
        return () -> {
            Pid supervisor = self();
            Pid child =
                    spawnLink(() -> {
                        body.run();
                        send(supervisor, new Go());
                        sleepForever();
                    });
            receive(Go.class);
            return Start.started(child);
        };
    }

    private static Exit awaitExit(Pid pid) {
        return assertReceive(Exit.class, exit -> exit.from().equals(pid));
    }

    @Nested
    class Starting {
        @Scenario
        @Otp("S-01")
        void childrenComeUpOneAfterTheOther() {
            supervise(ONE_FOR_ONE, slow("a", ofMillis(2)), worker("b"), worker("c"));
            for (Object id : List.of("a", "b", "c")) {
                assertThat(poll(Up.class).map(Up::id)).contains(id);
            }
        }

        @Scenario
        @Otp("S-02")
        void stopsInReverseOrderOneAtATime() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"), worker("b"), slow("c", ofMillis(2)));
            Supervisor.stop(boss);
            endedInOrder("c", "b", "a");
            assertThat(awaitExit(boss).reason()).isEqualTo(NORMAL);
        }

        @Scenario(runs = 1)
        @Otp("S-03")
        void aSpecHasDefaults() {
            ChildSpec.Starter start = Start::ignored;
            ChildSpec worker = ChildSpec.worker("clerk", start);
            assertThat(worker)
                    .isEqualTo(
                            new ChildSpec(
                                    "clerk",
                                    start,
                                    Restart.PERMANENT,
                                    new Shutdown.Within(ofSeconds(5)),
                                    Type.WORKER,
                                    false));
            assertThat(ChildSpec.supervisor("office", start))
                    .isEqualTo(
                            new ChildSpec(
                                    "office",
                                    start,
                                    Restart.PERMANENT,
                                    new Shutdown.Unlimited(),
                                    Type.SUPERVISOR,
                                    false));
            Pid boss = supervise(ONE_FOR_ONE, worker);
            assertThat(Supervisor.childSpec(boss, "clerk").map(ChildSpec::restart))
                    .contains(Restart.PERMANENT);
            assertThat(Supervisor.childSpec(boss, "nobody")).isEmpty();
            assertThat(Supervisor.whichChild(boss, "clerk"))
                    .isEqualTo(
                            Supervisor.whichChildren(boss).stream()
                                    .filter(each -> each.id().equals("clerk"))
                                    .findFirst())
                    .isPresent();
            assertThat(Supervisor.whichChild(boss, "nobody")).isEmpty();
        }

        @Scenario(runs = 1)
        @Otp("S-04")
        void badSpecsAreRefused() {
            ChildSpec.Starter start = Start::ignored;
            assertThatThrownBy(() -> ChildSpec.worker(null, start)).hasMessageContaining("id");
            assertThatThrownBy(() -> ChildSpec.worker("a", null)).hasMessageContaining("start");
            ChildSpec a = ChildSpec.worker("a", start);
            assertThatThrownBy(() -> a.restart(null)).hasMessageContaining("restart");
            assertThatThrownBy(() -> a.shutdown((Shutdown) null)).hasMessageContaining("shutdown");
            assertThatThrownBy(() -> a.shutdown(ofSeconds(-1))).hasMessageContaining("got: PT-1S");
            assertThatThrownBy(() -> Supervisor.startLink(ONE_FOR_ONE, a, a))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            """
                            expected children with different ids
                              got two with the id: a
                              to mend it, give one of them another: spec.id("another")\
                            """);
            assertThatThrownBy(() -> Supervisor.startLink((Supervisor.Flags) null))
                    .hasMessageContaining("flags");
            assertThatThrownBy(() -> ONE_FOR_ONE.intensity(-1, ofSeconds(1)))
                    .hasMessage("expected a number of restarts of zero or more, got: -1");
            for (var period : List.of(ofSeconds(0), ofSeconds(-5), ofMillis(1500))) {
                assertThatThrownBy(() -> Intensity.of(1, period))
                        .hasMessage(
                                "expected a period of whole seconds, one or more, got: " + period);
            }
        }

        @Scenario(runs = 1)
        @Otp("S-04")
        void significanceMustGoWithTheRest() {
            ChildSpec permanent = ChildSpec.worker("a", Start::ignored).asSignificant();
            ChildSpec significant = permanent.restart(Restart.TRANSIENT);
            Supervisor.Flags any = ONE_FOR_ONE.autoShutdown(AutoShutdown.ANY_SIGNIFICANT);
            assertThatThrownBy(() -> Supervisor.startLink(any, permanent))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("to be TRANSIENT or TEMPORARY")
                    .hasMessageContaining("got: a (PERMANENT WORKER, 5000 ms to stop, significant)")
                    .hasMessageContaining("spec.restart(TRANSIENT)");
            assertThatThrownBy(() -> Supervisor.startLink(ONE_FOR_ONE, significant))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("never shuts down")
                    .hasMessageContaining("flags.autoShutdown(ANY_SIGNIFICANT)");
            Pid boss = supervise(ONE_FOR_ONE);
            assertThatThrownBy(() -> Supervisor.startChild(boss, significant))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("never shuts down");
            assertThat(Supervisor.whichChildren(boss)).isEmpty();
        }

        @Scenario(runs = 2)
        @Otp("S-04")
        void badSpecsOfInitFailTheStart() {
            trapExits(true);
            ChildSpec a = ChildSpec.worker("a", Start::ignored);
            Supervisor twice = () -> new Supervisor.Plan.Supervise(ONE_FOR_ONE, List.of(a, a));
            Start start = Supervisor.starter(StartOptions.options(), twice).start();
            assertThat(start).isInstanceOf(Start.Failed.class);
            assertThat(ExitReason.format(((Start.Failed) start).reason()))
                    .contains("got two with the id: a");
        }

        @Scenario
        @Otp("S-05")
        void aStartHasManyOutcomes() {
            Pid boss = supervise(ONE_FOR_ONE);
            ChildSpec told =
                    ChildSpec.worker(
                            "told", () -> Start.started(spawnLink(Bureau::sleepForever), "info"));
            assertThat(Supervisor.startChild(boss, told))
                    .isEqualTo(new ChildResult.Started(pidOf(boss, "told"), "info"));

            ChildSpec idle = ChildSpec.worker("idle", Start::ignored);
            assertThat(Supervisor.startChild(boss, idle)).isEqualTo(new ChildResult.Ignored());
            assertThat(status(boss, "idle")).isEqualTo(STOPPED);

            ChildSpec gone = idle.id("gone").restart(Restart.TEMPORARY);
            assertThat(Supervisor.startChild(boss, gone)).isEqualTo(new ChildResult.Ignored());

            ChildSpec failed = ChildSpec.worker("failed", () -> Start.failed("no desk"));
            assertThat(Supervisor.startChild(boss, failed))
                    .isEqualTo(new ChildResult.Failed(custom("no desk")));

            Pid known = pidOf(boss, "told");
            ChildSpec taken = ChildSpec.worker("taken", () -> new Start.AlreadyStarted(known));
            assertThat(Supervisor.startChild(boss, taken))
                    .isEqualTo(new ChildResult.AlreadyStarted(known));

            assertThat(ids(boss)).containsExactly("told", "idle");
        }

        @Scenario
        @Otp("S-05")
        void aStartThatGoesWrongIsAnError() {
            Pid boss = supervise(ONE_FOR_ONE);
            ChildSpec exits =
                    ChildSpec.worker(
                            "a",
                            () -> {
                                throw exit("no desk");
                            });
            assertThat(Supervisor.startChild(boss, exits))
                    .isEqualTo(new ChildResult.Failed(custom("no desk")));
            assertThat(reason(boss, ChildSpec.worker("b", () -> null)))
                    .contains("expected Start.started(pid)", "child b", "got: null");
            assertThat(
                            reason(
                                    boss,
                                    ChildSpec.worker(
                                            "c",
                                            () -> {
                                                throw new Exception("broken");
                                            })))
                    .contains("java.lang.Exception: broken");
            assertThat(
                            reason(
                                    boss,
                                    ChildSpec.worker(
                                            "d",
                                            () -> {
                                                throw new StackOverflowError();
                                            })))
                    .contains("StackOverflowError");
            assertThat(reason(boss, ChildSpec.worker("e", () -> Start.failed(new Unshareable()))))
                    .contains("NotShareableException");
            Pid told = spawn(Bureau::sleepForever);
            assertThat(
                            reason(
                                    boss,
                                    ChildSpec.worker(
                                            "f", () -> Start.started(told, new Unshareable()))))
                    .contains("NotShareableException");
            assertThat(awaitDown(told)).isIn(ExitReason.KILLED, ExitReason.NOPROC);
            assertThat(Supervisor.whichChildren(boss)).isEmpty();
        }

        /// What no other process may get.
        private static final class Unshareable {
            @SuppressWarnings("unused")
            private int count;
        }

        private static String reason(Pid boss, ChildSpec spec) {
            return ExitReason.format(
                    ((ChildResult.Failed) Supervisor.startChild(boss, spec)).reason());
        }

        @Scenario
        @Otp("S-06")
        void aFailureStopsThoseBeforeIt() throws Exception {
            trapExits(true);
            ChildSpec bad = scripted("bad", script(Turn.FAIL));
            List<String> log =
                    captureLog(() -> {
                        Start start =
                                Supervisor.starter(
                                                ONE_FOR_ONE,
                                                worker("a"),
                                                worker("b"),
                                                bad,
                                                worker("c"))
                                        .start();
                        assertThat(start).isEqualTo(failedToStart("bad", "sick"));
                    });
            upInOrder("a", "b");
            endedInOrder("b", "a");
            assertThat(poll(Up.class)).isEmpty();
            assertThat(poll(Exit.class)).isEmpty();
            assertThat(log)
                    .anySatisfy(line -> assertThat(line).contains("has not started", "sick"));
        }

        @Scenario
        @Otp("S-06")
        void whoDoesNotTrapGoesDownWithIt() {
            Pid starter =
                    spawn(() -> {
                        Supervisor.startLink(
                                ONE_FOR_ONE, ChildSpec.worker("a", () -> Start.failed("no")));
                    });
            ExitReason reason = awaitDown(starter);
            if (!reason.equals(ExitReason.NOPROC)) {
                assertThat(reason).isEqualTo(((Start.Failed) failedToStart("a", "no")).reason());
            }
        }

        @Scenario(runs = 2)
        @Otp("S-06")
        void aStartExceptionTellsWhichChild() {
            trapExits(true);
            assertThatThrownBy(() ->
                            Supervisor.startLink(
                                    ONE_FOR_ONE, ChildSpec.worker("a", () -> Start.failed("no"))))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("failed to start child a")
                    .hasMessageContaining("** (exit) no");
        }

        @Scenario
        @Otp("S-27")
        void initDecides() {
            trapExits(true);
            Supervisor ignored = () -> new Supervisor.Plan.Ignore();
            assertThat(Supervisor.starter(StartOptions.options(), ignored).start())
                    .isEqualTo(Start.ignored());
            Supervisor nothing = () -> null;
            assertThat(failure(nothing)).contains("expected supervise(flags, children)", "null");
            Supervisor broken =
                    () -> {
                        throw new Exception("broken");
                    };
            assertThat(failure(broken)).contains("java.lang.Exception: broken");
            refuteReceive(Object.class);
        }

        private static String failure(Supervisor supervisor) {
            return ExitReason.format(
                    ((Start.Failed) Supervisor.starter(StartOptions.options(), supervisor).start())
                            .reason());
        }

        /// Decides by itself.
        record Office(List<String> rooms, Pid boss) implements Supervisor {
            @Override
            public Plan init() {
                return supervise(
                        REST_FOR_ONE,
                        rooms.stream()
                                .map(room ->
                                        Supervisor.worker(
                                                room, new Worker(room, boss, ofMillis(0))))
                                .toList());
            }
        }

        @Scenario
        @Otp("S-01")
        @Otp("S-27")
        void aModuleDecidesWhomToSupervise() {
            Pid office = Supervisor.startLink("office", new Office(List.of("a", "b"), self()));
            upInOrder("a", "b");
            assertThat(whereis("office")).contains(office);
            assertThat(Supervisor.whichChildren("office"))
                    .extracting(ChildInfo::id)
                    .containsExactly("b", "a");
            Pid a = whereis("a").orElseThrow();
            exit(a, KILL);
            endedInOrder("b");
            upInOrder("a", "b");
            assertThat(whereis("a").orElseThrow()).isNotEqualTo(a);
            Supervisor.stop(office);
        }
    }

    @Nested
    class Restarting {
        @Scenario
        @Otp("S-07")
        void permanentChildrenAlwaysComeBack() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"));
            for (Object reason :
                    List.of(NORMAL, SHUTDOWN, new ExitReason.ShutdownWith("x"), "crash")) {
                Pid before = up("a");
                leave(before, reason);
                Pid after = assertReceive(Up.class).pid();
                assertThat(after).isNotEqualTo(before);
                send(self(), new Up("a", after));
            }
            assertThat(ids(boss)).containsExactly("a");
        }

        @Scenario
        @Otp("S-07")
        void transientChildrenComeBackAfterFailures() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a").restart(Restart.TRANSIENT));
            leave(up("a"), "crash");
            Pid again = up("a");
            for (Object reason : List.of(NORMAL, SHUTDOWN, new ExitReason.ShutdownWith("x"))) {
                leave(again, reason);
                eventually(() -> STOPPED.equals(status(boss, "a")));
                again = Supervisor.restartChild(boss, "a").orThrow();
                up("a");
            }
            exit(again, KILL);
            up("a");
        }

        @Scenario
        @Otp("S-07")
        void temporaryChildrenAreForgotten() {
            Pid boss = supervise(ONE_FOR_ONE);
            for (Object reason : List.of(NORMAL, SHUTDOWN, "crash")) {
                Supervisor.startChild(boss, worker("a").restart(Restart.TEMPORARY));
                leave(up("a"), reason);
                eventually(() -> ids(boss).isEmpty());
            }
            assertThat(poll(Up.class)).isEmpty();
        }

        @Scenario
        @Otp("S-08")
        void oneForOneRestartsOnlyTheDead() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"), worker("b"), worker("c"));
            upInOrder("a", "b");
            exit(pidOf(boss, "b"), KILL);
            upInOrder("c", "b");
            refuteReceive(Object.class);
            assertThat(ids(boss)).containsExactly("a", "b", "c");
        }

        @Scenario
        @Otp("S-08")
        void oneForAllRestartsAll() {
            Pid boss = supervise(ONE_FOR_ALL, worker("a"), worker("b"), worker("c"));
            upInOrder("a", "b", "c");
            exit(pidOf(boss, "b"), KILL);
            endedInOrder("c", "a");
            upInOrder("a", "b", "c");
            refuteReceive(Object.class);
            assertThat(ids(boss)).containsExactly("a", "b", "c");
        }

        @Scenario
        @Otp("S-08")
        void restForOneRestartsThoseAfterTheDead() {
            Pid boss = supervise(REST_FOR_ONE, worker("a"), worker("b"), worker("c"), worker("d"));
            upInOrder("a", "b", "c", "d");
            exit(pidOf(boss, "b"), KILL);
            endedInOrder("d", "c");
            upInOrder("b", "c", "d");
            refuteReceive(Object.class);
            assertThat(ids(boss)).containsExactly("a", "b", "c", "d");
        }

        @Scenario
        @Otp("S-09")
        void aGroupRestartForgetsTemporarySiblings() {
            for (Supervisor.Flags flags : List.of(ONE_FOR_ALL, REST_FOR_ONE)) {
                Pid boss =
                        supervise(
                                flags,
                                worker("a"),
                                worker("b").restart(Restart.TEMPORARY),
                                worker("c"));
                upInOrder("a", "b", "c");
                exit(pidOf(boss, "a"), KILL);
                endedInOrder("c", "b");
                upInOrder("a", "c");
                assertThat(ids(boss)).containsExactly("a", "c");
                Supervisor.stop(boss);
                endedInOrder("c", "a");
                awaitExit(boss);
            }
        }

        @Scenario
        @Otp("S-09")
        void aTemporaryChildTriggersNothing() {
            Pid boss = supervise(ONE_FOR_ALL, worker("a").restart(Restart.TEMPORARY), worker("b"));
            upInOrder("a", "b");
            exit(pidOf(boss, "a"), KILL);
            eventually(() -> ids(boss).equals(List.of("b")));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("S-10")
        void aGroupRestartRevivesTheStopped() {
            Pid boss =
                    supervise(
                            ONE_FOR_ALL,
                            worker("a"),
                            worker("b").restart(Restart.TRANSIENT),
                            worker("c"));
            Pid b = up("b");
            upInOrder("a", "c");
            leave(b, NORMAL);
            eventually(() -> STOPPED.equals(status(boss, "b")));
            assertThat(Supervisor.terminateChild(boss, "c")).isTrue();
            endedInOrder("c");
            exit(pidOf(boss, "a"), KILL);
            upInOrder("a", "b", "c");
        }

        @Scenario
        @Otp("S-11")
        void tooManyRestartsEndTheSupervisor() throws Exception {
            trapExits(true);
            List<String> log =
                    captureLog(() -> {
                        Pid boss =
                                Supervisor.startLink(
                                        ONE_FOR_ONE.intensity(2, ofSeconds(5)),
                                        worker("a"),
                                        worker("b"));
                        upInOrder("a", "b");
                        exit(pidOf(boss, "a"), KILL);
                        up("a");
                        exit(pidOf(boss, "a"), KILL);
                        up("a");
                        exit(pidOf(boss, "a"), KILL);
                        endedInOrder("b");
                        assertThat(awaitExit(boss).reason()).isEqualTo(SHUTDOWN);
                        refuteReceive(Object.class);
                    });
            assertThat(log)
                    .anySatisfy(line ->
                            assertThat(line)
                                    .contains(
                                            "too many restarts",
                                            "more than 2 restarts within 5 s",
                                            "child: "));
        }

        @Scenario
        @Otp("S-11")
        void withoutRestartsTheFirstIsTooMany() {
            trapExits(true);
            Pid boss = Supervisor.startLink(ONE_FOR_ONE.intensity(0, ofSeconds(1)), worker("a"));
            exit(up("a"), KILL);
            assertThat(awaitExit(boss).reason()).isEqualTo(SHUTDOWN);
        }

        @Scenario(
                carriers = {},
                seeds = 100)
        @Otp("S-12")
        void oldRestartsAreForgotten() {
            trapExits(true);
            Pid boss = Supervisor.startLink(ONE_FOR_ONE.intensity(1, ofSeconds(1)), worker("a"));
            for (int i = 0; i < 3; i++) {
                exit(up("a"), KILL);
                sleep(ofMillis(2100));
            }
            up("a");
            assertThat(isAlive(boss)).isTrue();
        }

        @Scenario(runs = 1)
        @Otp("S-12")
        void threeInFiveSecondsAreTheDefault() {
            assertThat(ONE_FOR_ONE.intensity()).isEqualTo(Intensity.of(3, ofSeconds(5)));
            assertThat(ONE_FOR_ALL.intensity()).isEqualTo(Intensity.DEFAULT);
            assertThat(REST_FOR_ONE.intensity()).isEqualTo(Intensity.DEFAULT);
        }

        @Scenario
        @Otp("S-13")
        void allChildrenShareOneCounter() {
            trapExits(true);
            Pid boss =
                    Supervisor.startLink(
                            ONE_FOR_ONE.intensity(1, ofSeconds(5)), worker("a"), worker("b"));
            upInOrder("a", "b");
            exit(pidOf(boss, "a"), KILL);
            up("a");
            exit(pidOf(boss, "b"), KILL);
            assertThat(awaitExit(boss).reason()).isEqualTo(SHUTDOWN);
        }

        @Scenario
        @Otp("S-13")
        void aGroupRestartCountsOnceAndAnEndWithoutRestartNot() {
            trapExits(true);
            Pid boss =
                    Supervisor.startLink(
                            ONE_FOR_ALL.intensity(1, ofSeconds(5)),
                            worker("a"),
                            worker("b").restart(Restart.TRANSIENT),
                            worker("c").restart(Restart.TEMPORARY));
            upInOrder("a", "b", "c");
            leave(pidOf(boss, "b"), NORMAL);
            exit(pidOf(boss, "c"), KILL);
            exit(pidOf(boss, "a"), KILL);
            upInOrder("a", "b");
            assertThat(ids(boss)).containsExactly("a", "b");
        }

        @Scenario
        @Otp("S-14")
        void aFailingRestartIsTriedAgain() throws Exception {
            Pid boss =
                    supervise(
                            ONE_FOR_ONE,
                            scripted("a", script(Turn.UP, Turn.FAIL, Turn.FAIL, Turn.UP)));
            Pid a = up("a");
            List<String> log =
                    captureLog(() -> {
                        exit(a, KILL);
                        up("a");
                    });
            assertThat(log.stream().filter(line -> line.contains("has not started"))).hasSize(2);
            assertThat(log.stream().filter(line -> line.contains("a child has ended"))).hasSize(1);
            assertThat(status(boss, "a")).isInstanceOf(Status.Running.class);
        }

        @Scenario
        @Otp("S-14")
        void eachTryCounts() {
            trapExits(true);
            Pid boss =
                    Supervisor.startLink(
                            ONE_FOR_ONE.intensity(3, ofSeconds(5)),
                            scripted("a", script(Turn.UP, Turn.FAIL, Turn.FAIL, Turn.FAIL)),
                            worker("b"));
            exit(up("a"), KILL);
            up("b");
            endedInOrder("b");
            assertThat(awaitExit(boss).reason()).isEqualTo(SHUTDOWN);
        }

        @Scenario
        @Otp("S-14")
        void othersAreHeardBetweenTheTries() {
            Pid sickness = sickness();
            Pid boss = supervise(ONE_FOR_ONE, scripted("a", sickness));
            exit(up("a"), KILL);
            eventually(() -> RESTARTING.equals(status(boss, "a")));
            assertThat(Supervisor.startChild(boss, worker("b")))
                    .isInstanceOf(ChildResult.Started.class);
            assertThat(Supervisor.countChildren(boss)).isEqualTo(new ChildCount(2, 1, 0, 2));
            send(sickness, new Heal());
            up("a");
        }

        @Scenario
        @Otp("S-14")
        void anIgnoredRestartIsNoFailure() {
            Pid boss = supervise(ONE_FOR_ONE, scripted("a", script(Turn.UP, Turn.IGNORE)));
            exit(up("a"), KILL);
            eventually(() -> STOPPED.equals(status(boss, "a")));
        }

        @Scenario
        @Otp("S-15")
        void oneForAllBeginsAgainAfterAFailure() {
            Pid boss =
                    supervise(
                            ONE_FOR_ALL,
                            worker("a"),
                            worker("b"),
                            scripted("c", script(Turn.UP, Turn.FAIL, Turn.UP)),
                            worker("d"));
            upInOrder("a", "b", "c", "d");
            exit(pidOf(boss, "b"), KILL);
            endedInOrder("d", "c", "a");
            upInOrder("a", "b");
            endedInOrder("b", "a");
            upInOrder("a", "b", "c", "d");
            assertThat(ids(boss)).containsExactly("a", "b", "c", "d");
        }

        @Scenario
        @Otp("S-15")
        void restForOneGoesOnWithTheOneThatFailed() {
            Pid boss =
                    supervise(
                            REST_FOR_ONE,
                            worker("a"),
                            worker("b"),
                            scripted("c", script(Turn.UP, Turn.FAIL, Turn.FAIL, Turn.UP)),
                            worker("d"));
            upInOrder("a", "b", "c", "d");
            exit(pidOf(boss, "b"), KILL);
            endedInOrder("d", "c");
            upInOrder("b", "c", "d");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("S-16")
        void whatCanBeAskedOfAChildThatRestarts() {
            Pid sickness = sickness();
            ChildSpec spec = scripted("a", sickness);
            Pid boss = supervise(ONE_FOR_ONE, spec);
            exit(up("a"), KILL);
            eventually(() -> RESTARTING.equals(status(boss, "a")));
            assertThat(Supervisor.startChild(boss, spec))
                    .isEqualTo(new ChildResult.AlreadyPresent());
            assertThat(Supervisor.restartChild(boss, "a")).isEqualTo(new ChildResult.Restarting());
            assertThat(Supervisor.deleteChild(boss, "a")).isEqualTo(new ChildResult.Restarting());
            assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
            assertThat(status(boss, "a")).isEqualTo(STOPPED);
            send(sickness, new Heal());
            refuteReceive(Up.class);
            assertThat(Supervisor.restartChild(boss, "a")).isInstanceOf(ChildResult.Started.class);
            up("a");
            assertThat(poll(Up.class)).isEmpty();
        }
    }

    @Nested
    class Stopping {
        private static ChildSpec stubborn(Shutdown how) {
            return ChildSpec.worker(
                            "stubborn",
                            ready(() -> {
                                trapExits(true);
                            }))
                    .shutdown(how);
        }

        @Scenario
        @Otp("S-17")
        void whoDoesNotStopInTimeIsKilled() {
            for (var limit : List.of(ofMillis(0), ofMillis(2))) {
                Pid boss = supervise(ONE_FOR_ONE, stubborn(new Shutdown.Within(limit)));
                Ref monitor = monitor(pidOf(boss, "stubborn"));
                assertThat(Supervisor.terminateChild(boss, "stubborn")).isTrue();
                assertThat(awaitDown(monitor)).isEqualTo(ExitReason.KILLED);
            }
        }

        @Scenario
        @Otp("S-17")
        void brutalKillDoesNotAsk() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a").shutdown(new Shutdown.BrutalKill()));
            Ref monitor = monitor(up("a"));
            Supervisor.terminateChild(boss, "a");
            assertThat(awaitDown(monitor)).isEqualTo(ExitReason.KILLED);
            assertThat(poll(Ended.class)).isEmpty();
        }

        @Scenario
        @Otp("S-17")
        void unlimitedWaitsAndALimitIsMetWithAnOrderlyEnd() {
            Pid boss =
                    supervise(
                            ONE_FOR_ONE,
                            slow("a", ofMillis(5)).shutdown(new Shutdown.Unlimited()),
                            worker("b").shutdown(ofSeconds(5)));
            Ref a = monitor(pidOf(boss, "a"));
            Ref b = monitor(pidOf(boss, "b"));
            Supervisor.stop(boss, SHUTDOWN, null);
            assertThat(awaitDown(a)).isEqualTo(SHUTDOWN);
            assertThat(awaitDown(b)).isEqualTo(SHUTDOWN);
        }

        /// Blocks in Java code when it is up, or when it terminates.
        record Blocking(boolean terminating) implements GenServer<String, Call<?>, Leave> {
            @Override
            public Init<String> init() {
                trapExits(terminating);
                return terminating ? ok("idle") : ok("busy", continueWith("work"));
            }

            @Override
            public Next<String> handleContinue(Object with, String state) throws Exception {
                Thread.sleep(ofMinutes(1));
                return noReply(state);
            }

            @Override
            public void terminate(ExitReason reason, String state) throws Exception {
                Thread.sleep(ofMinutes(1));
            }
        }

        @Scenario(simulated = false, runs = 5)
        @Otp("S-17")
        void whoBlocksInJavaCodeIsKilledInTime() {
            for (boolean terminating : List.of(false, true)) {
                Pid boss =
                        supervise(
                                ONE_FOR_ONE,
                                ChildSpec.worker(
                                                "a",
                                                GenServer.starter(
                                                        StartOptions.options(),
                                                        new Blocking(terminating)))
                                        .shutdown(ofMillis(5)));
                Ref monitor = monitor(pidOf(boss, "a"));
                assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
                assertThat(awaitDown(monitor))
                        .isEqualTo(terminating ? ExitReason.KILLED : SHUTDOWN);
            }
        }

        @Scenario
        @Otp("S-18")
        void whoHasUnlinkedItselfIsWaitedForAllTheSame() {
            Pid boss =
                    supervise(
                            ONE_FOR_ONE,
                            ChildSpec.worker(
                                    "a",
                                    () -> {
                                        Pid supervisor = self();
                                        Pid child =
                                                spawnLink(() -> {
                                                    unlink(supervisor);
                                                    send(supervisor, new Go());
                                                    sleepForever();
                                                });
                                        receive(Go.class);
                                        return Start.started(child);
                                    }));
            Ref monitor = monitor(pidOf(boss, "a"));
            assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
            assertThat(awaitDown(monitor)).isEqualTo(SHUTDOWN);
        }

        private static List<String> logOfStopping(Restart restart, Object reason) throws Exception {
            Pid boss =
                    supervise(
                            ONE_FOR_ONE,
                            ChildSpec.worker(
                                            "a",
                                            () -> {
                                                Pid supervisor = self();
                                                Pid child =
                                                        spawnLink(() -> {
                                                            trapExits(true);
                                                            send(supervisor, new Go());
                                                            receive(Exit.class);
                                                            exit(reason);
                                                        });
                                                receive(Go.class);
                                                return Start.started(child);
                                            })
                                    .restart(restart));
            return captureLog(() -> Supervisor.terminateChild(boss, "a"));
        }

        @Scenario
        @Otp("S-18")
        void anotherEndThanToldIsReported() throws Exception {
            assertThat(logOfStopping(Restart.TRANSIENT, "crash"))
                    .anySatisfy(line ->
                            assertThat(line).contains("did not stop as it should", "crash"));
            assertThat(logOfStopping(Restart.PERMANENT, NORMAL))
                    .anySatisfy(line -> assertThat(line).contains("did not stop as it should"));
            assertThat(logOfStopping(Restart.TRANSIENT, NORMAL)).isEmpty();
            assertThat(logOfStopping(Restart.PERMANENT, SHUTDOWN)).isEmpty();
        }

        @Scenario
        @Otp("S-18")
        void anEndBeforeItWasToldIsReportedWithItsReason() throws Exception {
            Pid boss = supervise(ONE_FOR_ALL, worker("a"), worker("b"));
            upInOrder("a", "b");
            Pid a = pidOf(boss, "a");
            Pid b = pidOf(boss, "b");
            Sys.suspend(boss);
            List<String> log =
                    captureLog(() -> {
                        exit(a, KILL);
                        leave(b, "crash");
                        awaitDown(a);
                        awaitDown(b);
                        Sys.resume(boss);
                        upInOrder("a", "b");
                    });
            assertThat(log)
                    .anySatisfy(line ->
                            assertThat(line).contains("did not stop as it should", "crash"));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("S-23")
        void theParentsEndOfAnyKindStopsIt() {
            Pid me = self();
            for (Object reason : List.of(NORMAL, SHUTDOWN, "crash")) {
                ChildSpec child = worker("a");
                Pid parent =
                        spawn(() -> {
                            Pid boss = Supervisor.startLink(ONE_FOR_ONE, child);
                            send(me, boss);
                            receive(Go.class);
                            exit(reason);
                        });
                Ref monitor = monitor(assertReceive(Pid.class));
                up("a");
                send(parent, new Go());
                assertThat(awaitDown(monitor)).isEqualTo(ExitReason.of(reason));
                endedInOrder("a");
            }
        }

        @Scenario
        @Otp("S-23")
        void exitsOfOthersAreIgnored() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"));
            up("a");
            Pid other =
                    spawn(() -> {
                        link(boss);
                        exit(boss, SHUTDOWN);
                        exit("crash");
                    });
            awaitDown(other);
            assertThat(ids(boss)).containsExactly("a");
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("S-24")
        void aKilledSupervisorTakesItsChildrenAlong() {
            ChildSpec plain = ChildSpec.worker("plain", ready(() -> {}));
            Pid boss = supervise(ONE_FOR_ONE, plain, worker("server"));
            Ref child = monitor(pidOf(boss, "plain"));
            Ref server = monitor(up("server"));
            exit(boss, KILL);
            assertThat(awaitDown(child)).isEqualTo(ExitReason.KILLED);
            assertThat(awaitDown(server)).isEqualTo(ExitReason.KILLED);
            assertReceive(Ended.class, new Ended("server", ExitReason.KILLED)::equals);
        }
    }

    @Nested
    class Asking {
        @Scenario
        @Otp("S-19")
        void aKnownIdIsNotStartedAgain() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"));
            Pid a = up("a");
            assertThat(Supervisor.startChild(boss, worker("a")))
                    .isEqualTo(new ChildResult.AlreadyStarted(a));
            assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
            assertThat(Supervisor.startChild(boss, worker("a")))
                    .isEqualTo(new ChildResult.AlreadyPresent());
            assertThatThrownBy(() -> Supervisor.startChild(boss, worker("a")).orThrow())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("AlreadyPresent");
        }

        @Scenario
        @Otp("S-19")
        void childrenAreStoppedRestartedAndDeleted() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"));
            up("a");
            assertThat(Supervisor.restartChild(boss, "a")).isEqualTo(new ChildResult.Running());
            assertThat(Supervisor.deleteChild(boss, "a")).isEqualTo(new ChildResult.Running());
            assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
            endedInOrder("a");
            assertThat(status(boss, "a")).isEqualTo(STOPPED);
            assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
            Pid again = Supervisor.restartChild(boss, "a").orThrow();
            assertThat(up("a")).isEqualTo(again);
            Supervisor.terminateChild(boss, "a");
            assertThat(Supervisor.deleteChild(boss, "a")).isEqualTo(new ChildResult.Deleted());
            assertThat(ids(boss)).isEmpty();
            assertThat(Supervisor.terminateChild(boss, "a")).isFalse();
            assertThat(Supervisor.restartChild(boss, "a")).isEqualTo(new ChildResult.NotFound());
            assertThat(Supervisor.deleteChild(boss, "a")).isEqualTo(new ChildResult.NotFound());
            assertThat(poll(Up.class)).isEmpty();
        }

        @Scenario
        @Otp("S-19")
        void aTemporaryChildThatIsStoppedIsForgotten() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a").restart(Restart.TEMPORARY));
            assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
            assertThat(ids(boss)).isEmpty();
        }

        @Scenario
        @Otp("S-19")
        void aRestartThatFailsLeavesItStopped() {
            Pid boss = supervise(ONE_FOR_ONE, scripted("a", script(Turn.UP, Turn.FAIL)));
            Supervisor.terminateChild(boss, "a");
            assertThat(Supervisor.restartChild(boss, "a"))
                    .isEqualTo(new ChildResult.Failed(custom("sick")));
            assertThat(status(boss, "a")).isEqualTo(STOPPED);
        }

        @Scenario
        @Otp("S-20")
        void listsAndCountsItsChildren() {
            ChildSpec inner = Supervisor.supervisor("inner", ONE_FOR_ONE, worker("x"));
            Pid boss =
                    supervise(
                            ONE_FOR_ONE,
                            worker("a"),
                            inner,
                            ChildSpec.worker("idle", Start::ignored));
            assertThat(Supervisor.whichChildren(boss))
                    .containsExactly(
                            new ChildInfo("idle", STOPPED, Type.WORKER),
                            new ChildInfo(
                                    "inner",
                                    new Status.Running(pidOf(boss, "inner")),
                                    Type.SUPERVISOR),
                            new ChildInfo("a", new Status.Running(pidOf(boss, "a")), Type.WORKER));
            assertThat(Supervisor.countChildren(boss)).isEqualTo(new ChildCount(3, 2, 1, 2));
            assertThat(ids(pidOf(boss, "inner"))).containsExactly("x");
        }

        private static volatile boolean released;

        /// A child that takes its time to end does not keep the supervisor from answering.
        @Scenario
        @Otp("S-20")
        void countsAlsoWhileAChildTakesItsTimeToEnd() {
            released = false;
            Pid boss =
                    supervise(
                            ONE_FOR_ONE,
                            ChildSpec.worker(
                                    "slow", () -> Start.started(spawnLink(() -> endSlowly()))));
            Pid slow = pidOf(boss, "slow");
            assertThat(Supervisor.countChildren(boss)).isEqualTo(new ChildCount(1, 1, 0, 1));
            exit(slow, KILL);
            assertThat(Supervisor.countChildren(boss)).isEqualTo(new ChildCount(1, 0, 0, 1));
            released = true;
            eventually(() -> Supervisor.countChildren(boss).active() == 1);
        }

        private static void endSlowly() {
            try {
                sleepForever();
            } finally {
                while (!released) {
                    Thread.yield();
                }
            }
        }

        @Scenario
        @Otp("S-25")
        void aStartKeepsOthersWaiting() {
            Pid boss = supervise(ONE_FOR_ONE);
            Pid me = self();
            ChildSpec waiting =
                    ChildSpec.worker(
                            "a",
                            () -> {
                                send(me, new Go());
                                receive(Go.class);
                                return Start.started(spawnLink(Bureau::sleepForever));
                            });
            spawn(() -> Supervisor.startChild(boss, waiting));
            assertReceive(Go.class);
            spawn(() -> send(me, Supervisor.whichChildren(boss).size()));
            refuteReceive(Integer.class);
            send(boss, new Go());
            assertThat(assertReceive(Integer.class)).isEqualTo(1);
        }

        @Scenario
        @Otp("S-25")
        void aStartThatHangsEndsWithTheSupervisor() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"));
            Pid me = self();
            ChildSpec hanging =
                    ChildSpec.worker(
                            "b",
                            () -> {
                                Pid child =
                                        spawnLink(() -> {
                                            send(me, self());
                                            sleepForever();
                                        });
                                receive(Go.class);
                                return Start.started(child);
                            });
            Pid asker = spawn(() -> Supervisor.startChild(boss, hanging));
            Ref child = monitor(assertReceive(Pid.class));
            Ref a = monitor(up("a"));
            Ref asked = monitor(asker);
            exit(boss, KILL);
            assertThat(awaitDown(child)).isEqualTo(ExitReason.KILLED);
            assertThat(awaitDown(a)).isEqualTo(ExitReason.KILLED);
            assertThat(awaitDown(asked)).isInstanceOf(ExitReason.CallFailed.class);
        }

        @Scenario
        @Otp("S-26")
        void whoUnlinksItselfAndDiesGoesUnnoticed() {
            Pid boss =
                    supervise(
                            ONE_FOR_ONE,
                            ChildSpec.worker(
                                    "a",
                                    () -> {
                                        Pid supervisor = self();
                                        return Start.started(
                                                spawnLink(() -> {
                                                    receive(Go.class);
                                                    unlink(supervisor);
                                                    exit("crash");
                                                }));
                                    }));
            Pid a = pidOf(boss, "a");
            Ref monitor = monitor(a);
            send(a, new Go());
            assertThat(awaitDown(monitor)).isEqualTo(custom("crash"));
            assertThat(status(boss, "a")).isEqualTo(new Status.Running(a));
            assertThat(Supervisor.countChildren(boss)).isEqualTo(new ChildCount(1, 0, 0, 1));
            assertThat(Supervisor.terminateChild(boss, "a")).isTrue();
        }

        @Scenario
        @Otp("S-20")
        void askingNobodyEndsTheCaller() {
            assertThatThrownBy(() -> Supervisor.whichChildren("nobody"))
                    .isInstanceOf(ExitException.class)
                    .hasMessageContaining("no process");
        }

        @Scenario(runs = 2)
        @Otp("S-20")
        void whatItDoesNotKnowDoesNotHarmIt() throws Exception {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"));
            List<String> log =
                    captureLog(() -> {
                        send(boss, "hello");
                        cast(boss, new Leave("x"));
                        assertThat(ids(boss)).containsExactly("a");
                    });
            assertThat(log).hasSize(2);
            assertThatThrownBy(() -> Supervisor.restartChild(boss, null))
                    .hasMessageContaining("expected the id of a child, got: null");
        }
    }

    @Nested
    class ShuttingDownByItself {
        private static ChildSpec significant(Object id, Restart restart) {
            return worker(id).restart(restart).asSignificant();
        }

        private static Pid any(ChildSpec... children) {
            return supervise(ONE_FOR_ONE.autoShutdown(AutoShutdown.ANY_SIGNIFICANT), children);
        }

        private static Pid all(ChildSpec... children) {
            return supervise(ONE_FOR_ONE.autoShutdown(AutoShutdown.ALL_SIGNIFICANT), children);
        }

        @Scenario
        @Otp("S-21")
        void whenAnySignificantChildHasEnded() {
            Pid boss =
                    any(
                            worker("a"),
                            significant("b", Restart.TRANSIENT),
                            significant("c", Restart.TEMPORARY));
            upInOrder("a", "b", "c");
            leave(pidOf(boss, "b"), NORMAL);
            endedInOrder("c", "a");
            assertThat(awaitExit(boss).reason()).isEqualTo(SHUTDOWN);
        }

        @Scenario
        @Otp("S-21")
        void alsoAfterTheCrashOfATemporaryOneButNotOfATransientOne() {
            Pid boss =
                    any(
                            significant("a", Restart.TRANSIENT),
                            significant("b", Restart.TEMPORARY),
                            worker("c").restart(Restart.TEMPORARY));
            upInOrder("a", "b", "c");
            leave(pidOf(boss, "a"), "crash");
            up("a");
            leave(pidOf(boss, "c"), NORMAL);
            assertThat(isAlive(boss)).isTrue();
            leave(pidOf(boss, "b"), "crash");
            endedInOrder("a");
            assertThat(awaitExit(boss).reason()).isEqualTo(SHUTDOWN);
        }

        @Scenario
        @Otp("S-21")
        void whenAllSignificantChildrenHaveEnded() {
            Pid boss =
                    all(
                            worker("a"),
                            significant("b", Restart.TRANSIENT),
                            significant("c", Restart.TEMPORARY));
            upInOrder("a", "b", "c");
            leave(pidOf(boss, "b"), NORMAL);
            eventually(() -> STOPPED.equals(status(boss, "b")));
            leave(pidOf(boss, "c"), "crash");
            endedInOrder("a");
            assertThat(awaitExit(boss).reason()).isEqualTo(SHUTDOWN);
        }

        @Scenario
        @Otp("S-21")
        void notWhenTheyAreStopped() {
            Pid boss =
                    any(significant("a", Restart.TRANSIENT), significant("b", Restart.TEMPORARY));
            Supervisor.terminateChild(boss, "a");
            Supervisor.terminateChild(boss, "b");
            endedInOrder("a", "b");
            assertThat(status(boss, "a")).isEqualTo(STOPPED);

            Pid other =
                    all(significant("a", Restart.TRANSIENT), significant("b", Restart.TRANSIENT));
            upInOrder("a", "b", "a", "b");
            Supervisor.terminateChild(other, "a");
            endedInOrder("a");
            leave(pidOf(other, "b"), NORMAL);
            assertThat(awaitExit(other).reason()).isEqualTo(SHUTDOWN);
        }

        @Scenario
        @Otp("S-21")
        void notWhenASiblingIsRestarted() {
            Pid boss =
                    supervise(
                            ONE_FOR_ALL.autoShutdown(AutoShutdown.ANY_SIGNIFICANT),
                            worker("a"),
                            significant("b", Restart.TRANSIENT),
                            significant("c", Restart.TEMPORARY));
            upInOrder("a", "b", "c");
            exit(pidOf(boss, "a"), KILL);
            endedInOrder("c", "b");
            upInOrder("a", "b");
            assertThat(ids(boss)).containsExactly("a", "b");
        }
    }

    @Nested
    class Steering {
        @Scenario(runs = 5)
        @Otp("Y-09")
        void sysWorksOnSupervisors() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"));
            Pid a = up("a");
            ChildInfo info = new ChildInfo("a", new Status.Running(a), Type.WORKER);
            assertThat(Sys.getState(boss)).isEqualTo(List.of(info));
            assertThat(Sys.getStatus(boss).state()).isEqualTo(List.of(info));
            assertThatThrownBy(() -> Sys.replaceState(boss, state -> state))
                    .hasMessageContaining("expected no new state for a supervisor");
            Sys.suspend(boss);
            exit(a, KILL);
            refuteReceive(Up.class);
            Sys.resume(boss);
            up("a");
            Sys.terminate(boss, SHUTDOWN);
            endedInOrder("a");
        }

        /// Names the second child after how often it was asked.
        record Growing(Pid script, Pid boss) implements Supervisor {
            @Override
            public Plan init() {
                ChildSpec a = ChildSpec.worker("a", Start::ignored);
                ChildSpec b = ChildSpec.worker("b", Start::ignored);
                return call(script, Ask::new) == Turn.UP
                        ? supervise(ONE_FOR_ONE, a.restart(Restart.TRANSIENT), b)
                        : supervise(ONE_FOR_ALL, a);
            }
        }

        @Scenario(runs = 5)
        @Otp("Y-05")
        void newCodeBringsNewSpecs() {
            Pid boss = Supervisor.startLink(new Growing(script(Turn.FAIL), self()));
            Supervisor.startChild(boss, ChildSpec.worker("c", Start::ignored));
            assertThat(ids(boss)).containsExactly("a", "c");
            Sys.suspend(boss);
            Sys.changeCode(boss, "1", null);
            Sys.resume(boss);
            assertThat(ids(boss)).containsExactly("a", "b", "c");
            assertThat(Supervisor.childSpec(boss, "a").map(ChildSpec::restart))
                    .isEqualTo(Optional.of(Restart.TRANSIENT));
        }
    }
}
