package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.conformance.Clerk.Ask;
import dev.bureau.conformance.Clerk.Informed;
import dev.bureau.conformance.Clerk.Order;
import dev.bureau.conformance.Clerk.Terminated;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.PartitionSupervisor;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/// How servers end: OTP's items G-22 to G-27 and Y-02.
class GenServerEndTest {
    /// An exit message of a server that maps them.
    record Left(ExitReason reason) {}

    private static Order order(Clerk.Step how) {
        return new Order(how);
    }

    private static CallFailed failure(Body calling) {
        ExitException thrown = catchThrowableOfType(ExitException.class, () -> calling.run());
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isInstanceOf(CallFailed.class);
        return (CallFailed) thrown.reason();
    }

    /// A parent that starts `clerk` linked, tells its pid to the caller and ends as it is told.
    private static Pid parentOf(Clerk clerk) {
        Pid boss = self();
        return spawn(() -> {
            send(boss, GenServer.startLink(clerk));
            exit(receive(ExitReason.class));
        });
    }

    @Nested
    @Otp("G-22")
    class Terminate {
        @Scenario(seeds = 100)
        void runsWhenACallbackFails() {
            for (Throwable failing :
                    List.of(
                            new IllegalStateException("failed"),
                            new java.io.IOException("failed"),
                            new AssertionError("failed"))) {
                Pid server = GenServer.start(Clerk.plain());
                Ref monitor = monitor(server);
                cast(
                        server,
                        order((_, _) -> {
                            throw GenServerEndTest.<RuntimeException>sneaky(failing);
                        }));
                ExitReason reason = awaitDown(monitor);
                assertThat(((ExitReason.Crash) reason).error())
                        .isInstanceOf(failing.getClass())
                        .hasMessage("failed");
                Terminated told = assertReceive(Terminated.class);
                assertThat(told.state()).isEqualTo("state");
                assertThat(((ExitReason.Crash) told.reason()).error())
                        .isInstanceOf(failing.getClass());
            }
        }

        @Scenario(seeds = 100)
        void runsWhenACallbackExits() {
            Pid server = GenServer.start(Clerk.plain());
            Ref monitor = monitor(server);
            cast(
                    server,
                    order((_, _) -> {
                        throw exit("enough");
                    }));
            assertThat(awaitDown(monitor)).isEqualTo(custom("enough"));
            assertReceive(new Terminated(custom("enough"), "state"));
        }

        @Scenario
        void runsWhenATrappingServersParentEnds() {
            for (ExitReason reason : List.of(custom("gone"), SHUTDOWN, NORMAL)) {
                Pid parent = parentOf(Clerk.trapping());
                Pid server = assertReceive(Pid.class);
                Ref monitor = monitor(server);
                send(parent, reason);
                assertThat(awaitDown(monitor)).isEqualTo(reason);
                assertReceive(new Terminated(reason, "state"));
                refuteReceive(Object.class);
            }
        }

        @Scenario
        @Otp("G-24")
        void runsWhenTheParentSendsAnExit() {
            Pid server = GenServer.startLink(Clerk.trapping());
            Ref monitor = monitor(server);
            trapExits(true);
            exit(server, "go home");
            assertThat(awaitDown(monitor)).isEqualTo(custom("go home"));
            assertReceive(new Terminated(custom("go home"), "state"));
            assertReceive(new Exit(server, custom("go home")));
        }

        /// Whatever it makes of the exits of others, its parent's is its own end.
        @Scenario
        @Otp("G-23")
        void runsAlsoIfTheServerMapsExits() {
            Pid parent =
                    parentOf(
                            Clerk.opening(clerk -> {
                                trapExits(exit -> new Left(exit.reason()));
                                return clerk.ok("state");
                            }));
            Pid server = assertReceive(Pid.class);
            exit(server, "from a stranger");
            assertReceive(new Informed(new Left(custom("from a stranger")), "state"));
            Ref monitor = monitor(server);
            send(parent, custom("gone"));
            assertThat(awaitDown(monitor)).isEqualTo(custom("gone"));
            assertReceive(new Terminated(custom("gone"), "state"));
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("Y-04")
        void runsOfASuspendedServerToo() {
            Pid parent = parentOf(Clerk.trapping());
            Pid server = assertReceive(Pid.class);
            Sys.suspend(server);
            send(server, "waits");
            Ref monitor = monitor(server);
            send(parent, custom("gone"));
            assertThat(awaitDown(monitor)).isEqualTo(custom("gone"));
            assertReceive(new Terminated(custom("gone"), "state"));
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        @Otp("G-23")
        void doesNotRunOnAnExitThatIsNotTrapped() {
            for (boolean ofParent : new boolean[] {true, false}) {
                Pid parent = parentOf(Clerk.plain());
                Pid server = assertReceive(Pid.class);
                Ref monitor = monitor(server);
                if (ofParent) {
                    send(parent, custom("gone"));
                } else {
                    exit(server, "gone");
                }
                assertThat(awaitDown(monitor)).isEqualTo(custom("gone"));
                refuteReceive(Object.class);
            }
        }

        @Scenario(seeds = 100)
        @Otp("G-23")
        void doesNotRunOnKill() {
            Pid server = GenServer.start(Clerk.trapping());
            Ref monitor = monitor(server);
            exit(server, KILL);
            assertThat(awaitDown(monitor)).isEqualTo(ExitReason.KILLED);
            refuteReceive(Object.class);
        }

        @Scenario
        @Otp("G-23")
        void doesNotRunOnTheExitOfAnother() {
            Pid parent = parentOf(Clerk.trapping());
            Pid server = assertReceive(Pid.class);
            exit(server, "from a stranger");
            assertReceive(new Informed(new Exit(self(), custom("from a stranger")), "state"));
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            assertThat(isAlive(parent)).isTrue();
        }

        /// Who starts without a link is no parent.
        @Scenario
        @Otp("G-24")
        void doesNotRunOnTheExitOfWhoHasStartedItWithoutALink() {
            Pid server = GenServer.start(Clerk.trapping());
            exit(server, "from its starter");
            assertReceive(new Informed(new Exit(self(), custom("from its starter")), "state"));
            assertThat(isAlive(server)).isTrue();
        }

        @Scenario
        @Otp("G-24")
        void doesNotRunWhenTheParentOfOneThatDoesNotTrapEndsNormally() {
            Pid parent = parentOf(Clerk.plain());
            Pid server = assertReceive(Pid.class);
            Ref monitor = monitor(parent);
            send(parent, NORMAL);
            awaitDown(monitor);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            refuteReceive(Object.class);
        }
    }

    /// Fails in its last callback.
    record Clumsy(Pid boss, boolean raises) implements GenServer<String, Call<?>, Order> {
        @Override
        public Init<String> init() {
            return ok("state");
        }

        @Override
        public Next<String> handleInfo(Object message, String state) {
            return stop("asked to", state);
        }

        @Override
        public void terminate(ExitReason reason, String state) {
            send(boss, reason);
            if (raises) throw new IllegalStateException("clumsy");
            exit("clumsy");
        }
    }

    @Nested
    @Otp("G-25")
    class AFailingTerminate {
        @Scenario(seeds = 100)
        void givesTheReason() {
            for (boolean raises : new boolean[] {true, false}) {
                Pid server = GenServer.start(new Clumsy(self(), raises));
                Ref monitor = monitor(server);
                send(server, new Go());
                ExitReason reason = awaitDown(monitor);
                if (raises) {
                    assertThat(((ExitReason.Crash) reason).error()).hasMessage("clumsy");
                } else {
                    assertThat(reason).isEqualTo(custom("clumsy"));
                }
                assertReceive(custom("asked to"));
            }
        }

        @Scenario(seeds = 100)
        @Otp("G-27")
        void isToldToWhoStopsIt() {
            Pid server = GenServer.start(new Clumsy(self(), false));
            assertThat(failure(() -> GenServer.stop(server)).reason()).isEqualTo(custom("clumsy"));
        }
    }

    /// Shows nothing of its secret.
    record Vault() implements GenServer<String, Ask<?>, Cast> {
        @Override
        public Init<String> init() {
            return ok("secret");
        }

        @Override
        public Next<String> handleCall(Ask<?> request, From<?> from, String state) {
            throw new IllegalStateException("broken into");
        }

        @Override
        public Next<String> handleInfo(Object message, String state) {
            return stop(message, state);
        }

        @Override
        public Object formatStatus(String state) {
            return "(" + state.length() + " characters)";
        }
    }

    @Nested
    @Otp("G-26")
    class AReport {
        private static List<String> reported(Body body) throws Exception {
            return captureLog(body);
        }

        @Scenario(seeds = 50)
        void isNotMadeOfAnOrderlyEnd() throws Exception {
            List<String> log =
                    reported(() -> {
                        for (ExitReason reason :
                                List.of(NORMAL, SHUTDOWN, new ExitReason.ShutdownWith("done"))) {
                            Pid server = GenServer.start(new Vault());
                            Ref monitor = monitor(server);
                            send(server, reason);
                            assertThat(awaitDown(monitor)).isEqualTo(reason);
                            GenServer.stop(GenServer.start(new Vault()), reason, null);
                        }
                    });
            assertThat(log).isEmpty();
        }

        @Scenario(seeds = 50)
        @Otp("Y-02")
        void tellsMessageStateClientAndWhatElseHelps() throws Exception {
            Pid boss = self();
            String[] texts = new String[2];
            List<String> log =
                    reported(() -> {
                        trapExits(true);
                        Pid server = GenServer.startLink("vault", new Vault());
                        assertThat(failure(() -> call(server, Clerk.state())).reason())
                                .isInstanceOf(ExitReason.Crash.class);
                        assertReceive(Exit.class);
                        texts[0] = server.toString();
                    });
            assertThat(log).hasSize(1);
            assertThat(log.getFirst())
                    .startsWith(Vault.class.getName() + " vault " + texts[0] + " terminating")
                    .contains("IllegalStateException: broken into")
                    .contains("last message: ")
                    .contains("state: (6 characters)")
                    .contains("client: " + boss + " is alive")
                    .contains("tellsMessageStateClientAndWhatElseHelps")
                    .contains("ancestors: " + boss)
                    .contains("links: " + boss)
                    .contains("neighbours: " + boss)
                    .doesNotContain("secret");
        }

        @Scenario(seeds = 50)
        void isMadeOfAReasonThatIsNoException() throws Exception {
            List<String> log =
                    reported(() -> {
                        Pid server = GenServer.start(new Vault());
                        Ref monitor = monitor(server);
                        send(server, "paper jam");
                        awaitDown(monitor);
                    });
            assertThat(log).hasSize(1);
            assertThat(log.getFirst())
                    .contains("reason: paper jam")
                    .contains("last message: paper jam");
        }

        @Scenario(seeds = 50)
        @Otp("Y-02")
        void isMadeOfAFailedInitAndNotOfAnError() throws Exception {
            List<String> log =
                    reported(() -> {
                        trapExits(true);
                        GenServer.Starter broken =
                                GenServer.starter(
                                        dev.bureau.otp.StartOptions.options(),
                                        Clerk.opening(clerk -> clerk.stop("no paper")));
                        broken.start();
                        GenServer.starter(
                                        dev.bureau.otp.StartOptions.options(),
                                        Clerk.opening(clerk -> clerk.error("no paper")))
                                .start();
                    });
            assertThat(log).hasSize(1);
            assertThat(log.getFirst()).contains(" did not start").contains("reason: no paper");
        }

        @Scenario(seeds = 50)
        void survivesAStateWhoseTextFails() throws Exception {
            record Rude() {
                @Override
                public String toString() {
                    throw new IllegalStateException("no text");
                }
            }
            List<String> log =
                    reported(() -> {
                        Pid server = GenServer.start(Clerk.opening(clerk -> clerk.ok(new Rude())));
                        Ref monitor = monitor(server);
                        cast(server, order((clerk, state) -> clerk.stop("enough", state)));
                        assertThat(awaitDown(monitor)).isEqualTo(custom("enough"));
                    });
            assertThat(log).hasSize(1);
            assertThat(log.getFirst()).contains("(its toString failed)");
        }
    }

    @Nested
    @Otp("G-27")
    class Stop {
        @Scenario(seeds = 100)
        void findsAllKindsByTheirLocalName() {
            for (var stop :
                    Map.<String, Runnable>of(
                                    "supervisor", () -> Supervisor.stop("supervisor"),
                                    "dynamic", () -> DynamicSupervisor.stop("dynamic"),
                                    "partitions", () -> PartitionSupervisor.stop("partitions"),
                                    "machine", () -> StateMachine.stop("machine"),
                                    "manager", () -> EventManager.stop("manager"))
                            .entrySet()) {
                String name = stop.getKey();
                Ref end =
                        monitor(
                                switch (name) {
                                    case "supervisor" ->
                                            Supervisor.startLink(name, Supervisor.ONE_FOR_ONE);
                                    case "dynamic" -> DynamicSupervisor.startLink(name);
                                    case "partitions" ->
                                            PartitionSupervisor.startLink(
                                                    name,
                                                    _ ->
                                                            ChildSpec.worker(
                                                                    "idle",
                                                                    StateMachine.starter(
                                                                            StartOptions.options(),
                                                                            new IdleProcessesTest
                                                                                    .Idle())));
                                    case "machine" ->
                                            StateMachine.startLink(
                                                    name, new IdleProcessesTest.Idle());
                                    default -> EventManager.startLink(name);
                                });
                stop.getValue().run();
                assertThat(awaitDown(end)).as(name).isEqualTo(ExitReason.NORMAL);
                assertThat(whereis(name)).as(name).isEmpty();
            }
        }

        @Scenario
        void returnsWhenTheServerHasEndedAsAsked() {
            Pid one = GenServer.start(Clerk.plain());
            GenServer.stop(one);
            assertThat(isAlive(one)).isFalse();
            assertThat(poll(Terminated.class)).contains(new Terminated(NORMAL, "state"));
            Pid two = GenServer.start(Clerk.plain());
            GenServer.stop(two, "enough", ofSeconds(1));
            assertThat(isAlive(two)).isFalse();
            assertThat(poll(Terminated.class)).contains(new Terminated(custom("enough"), "state"));
            GenServer.startLink("clerk", Clerk.plain());
            GenServer.stop("clerk");
            assertThat(whereis("clerk")).isEmpty();
            assertReceive(new Terminated(NORMAL, "state"));
            refuteReceive(Object.class);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        }

        @Scenario(seeds = 100)
        void tellsWhenThereIsNobody() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            for (var nobody : List.of(dead, Name.local("nobody"))) {
                CallFailed failed = failure(() -> GenServer.stop(nobody));
                assertThat(failed.reason()).isEqualTo(ExitReason.NOPROC);
                assertThat(failed.server()).isEqualTo(nobody);
                assertThat(failed.timeout()).isNull();
            }
            refuteReceive(Object.class);
        }

        @Scenario
        void tellsWhenItEndsOtherwise() {
            Pid boss = self();
            Pid server = GenServer.start(Clerk.plain());
            Spawned stopper =
                    spawnMonitor(() -> {
                        Sys.suspend(server);
                        send(boss, new Go());
                        receive(Go.class);
                        exit(server, "meanwhile");
                        GenServer.stop(server);
                    });
            assertReceive(Go.class);
            send(stopper.pid(), new Go());
            CallFailed failed = (CallFailed) awaitDown(stopper.monitor());
            assertThat(failed.reason()).isIn(custom("meanwhile"), ExitReason.NOPROC);
        }

        @Scenario
        void givesUpInTimeAndLeavesTheServerToItself() {
            Pid boss = self();
            Pid server =
                    GenServer.start(
                            Clerk.opening(clerk -> {
                                send(boss, self());
                                return clerk.ok("state");
                            }));
            assertReceive(server);
            cast(
                    server,
                    order((clerk, state) -> {
                        receive(Go.class);
                        return clerk.noReply(state);
                    }));
            CallFailed failed = failure(() -> GenServer.stop(server, SHUTDOWN, ofMillis(2)));
            assertThat(failed.reason()).isEqualTo(ExitReason.TIMEOUT);
            assertThat(failed.timeout()).isEqualTo(ofMillis(2));
            assertThat(isAlive(server)).isTrue();
            refuteReceive(Object.class);
            Ref monitor = monitor(server);
            send(server, new Go());
            assertThat(awaitDown(monitor)).isEqualTo(SHUTDOWN);
            assertReceive(new Terminated(SHUTDOWN, "state"));
            refuteReceive(Object.class);
        }

        @Scenario(seeds = 100)
        void ofItselfIsRefused() {
            GenServer.startLink("clerk", Clerk.plain());
            for (var itself : List.of(whereis("clerk").orElseThrow(), Name.local("clerk"))) {
                Ask<ExitReason> stops =
                        new Ask<>((clerk, ask, _, state) ->
                                clerk.reply(
                                        ask,
                                        failure(() -> GenServer.stop(itself)).reason(),
                                        state));
                assertThat(call("clerk", stops)).isEqualTo(new ExitReason.CallingSelf());
            }
        }

        @Scenario(seeds = 100)
        void worksOnASuspendedServer() {
            Pid server = GenServer.start(Clerk.plain());
            Sys.suspend(server);
            send(server, "waits");
            GenServer.stop(server, "enough", ofSeconds(1));
            assertReceive(new Terminated(custom("enough"), "state"));
            refuteReceive(Object.class);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
