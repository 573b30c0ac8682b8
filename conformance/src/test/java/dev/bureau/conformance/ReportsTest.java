package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NORMAL;
import static dev.bureau.kernel.ExitReason.SHUTDOWN;
import static dev.bureau.testkit.ProcessAssertions.*;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Report.Kind;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.otp.Task;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Nested;

/// What is told of processes that fail, and to whom.
class ReportsTest {
    private static ExitReason custom(Object term) {
        return new ExitReason.Custom(term);
    }

    /// Keeps a secret, and has it asked for.
    record Safe() implements GenServer<String, Call<?>, Cast> {
        record Open(String password) implements Call<String> {}

        @Override
        public Init<String> init() {
            return ok("gold");
        }

        @Override
        public Next<String> handleCall(Call<?> request, From<?> from, String state) {
            throw new IllegalStateException("jammed");
        }

        @Override
        public Next<String> handleInfo(Object message, String state) throws Exception {
            if (message.equals("wait")) {
                WAITING.release();
                new LinkedBlockingQueue<String>().take();
            }
            return GenServer.super.handleInfo(message, state);
        }

        @Override
        public void terminate(ExitReason reason, String state) {
            TERMINATED.release();
        }

        @Override
        public Object formatMessage(Object message) {
            return message instanceof Open ? "a password" : message;
        }

        @Override
        public Object formatStatus(String state) {
            return "something";
        }

        private static final Semaphore WAITING = new Semaphore(0);
        private static final Semaphore TERMINATED = new Semaphore(0);
    }

    @Nested
    class OfAPlainProcess {
        @Scenario
        @Otp("P-03")
        void tellWhoItWasAndWhy() throws Exception {
            Pid boss = self();
            Pid[] failing = new Pid[1];
            List<Report> reports =
                    captureReports(() -> {
                        SpawnOptions named = SpawnOptions.options().label("printer 3");
                        var crash =
                                spawnMonitor(
                                        named,
                                        () -> {
                                            register("printer", self());
                                            throw new IllegalStateException("out of paper");
                                        });
                        awaitDown(crash.monitor());
                        failing[0] = crash.pid();
                    });
            assertThat(reports).hasSize(1);
            Report report = reports.getFirst();
            assertThat(report.kind()).isEqualTo(Kind.CRASH);
            assertThat(report.level()).isEqualTo(System.Logger.Level.ERROR);
            assertThat(report.pid()).contains(failing[0]);
            assertThat(report.source())
                    .isEqualTo(ReportsTest.class.getName() + "$OfAPlainProcess (lambda)");
            assertThat(report.fields())
                    .containsEntry("name", "printer")
                    .containsEntry("label", "printer 3")
                    .containsEntry("parent", boss);
            assertThat(((ExitReason.Crash) report.reason().orElseThrow()).error())
                    .isExactlyInstanceOf(IllegalStateException.class);
            assertThat(report.toString())
                    .startsWith("process printer " + failing[0] + " (printer 3) terminating\n")
                    .contains("out of paper");
        }

        /// Its text never comes; that is no reason for it to live on.
        @Scenario(simulated = false, runs = 3)
        @Otp("P-03")
        void doNotKeepItFromBeingKilled() throws Exception {
            @SuppressWarnings("serial")
            class Endless extends RuntimeException {
                @Override
                public String getMessage() {
                    receive(Semaphore.class);
                    return "never";
                }
            }
            captureReports(() -> {
                var crash =
                        spawnMonitor(() -> {
                            throw new Endless();
                        });
                awaitWaiting(crash.pid());
                exit(crash.pid(), KILL);
                assertThat(awaitDown(crash.monitor())).isEqualTo(ExitReason.KILLED);
            });
        }
    }

    @Nested
    class OfAServer {
        @Scenario(seeds = 100)
        @Otp("G-26")
        void showOfMessageAndStateWhatItAllows() throws Exception {
            Pid safe = GenServer.start(StartOptions.named("safe"), new Safe());
            Ref monitor = monitor(safe);
            List<Report> reports =
                    captureReports(() -> {
                        spawn(() -> call("safe", new Safe.Open("tulip")));
                        awaitDown(monitor);
                    });
            assertThat(reports).hasSize(1);
            Report report = reports.getFirst();
            assertThat(report.source()).isEqualTo(Safe.class.getName());
            assertThat(report.lastMessage()).contains("a password");
            assertThat(report.state()).contains("something");
            assertThat(report.field("client", Pid.class)).isPresent();
            assertThat(report.fields()).containsEntry("ancestors", List.of(self()));
            assertThat(report.toString()).doesNotContain("tulip").doesNotContain("gold");
        }

        @Scenario(seeds = 100)
        @Otp("G-21")
        @Otp("G-26")
        void ofAnUnexpectedMessageShowWhatItAllows() throws Exception {
            Pid safe = GenServer.start(new Safe());
            List<Report> reports =
                    captureReports(() -> {
                        send(safe, new Safe.Open("tulip"));
                        Sys.getState(safe); // it has handled what came before
                    });
            assertThat(reports).hasSize(1);
            assertThat(reports.getFirst().toString())
                    .contains("unexpected message")
                    .contains("a password")
                    .doesNotContain("tulip");
        }

        /// Its code fails of being interrupted. That is the end it was told to come to, and none of its own.
        @Scenario(simulated = false, runs = 10)
        @Otp("G-23")
        @Otp("G-26")
        void areNotMadeIfItIsKilledInABlockingCallback() throws Exception {
            Safe.TERMINATED.drainPermits();
            List<Report> reports =
                    captureReports(() -> {
                        Pid safe = GenServer.start(new Safe());
                        Ref monitor = monitor(safe);
                        send(safe, "wait");
                        Safe.WAITING.acquire();
                        exit(safe, KILL);
                        assertThat(awaitDown(monitor)).isEqualTo(ExitReason.KILLED);
                    });
            assertThat(reports).isEmpty();
            assertThat(Safe.TERMINATED.availablePermits()).isZero();
        }
    }

    @Nested
    class OfATask {
        @Scenario(seeds = 100)
        @Otp("T-04")
        @Otp("Y-02")
        void areMadeOfAnyEndButAnOrderlyOne() throws Exception {
            Pid boss = self();
            List<Report> reports =
                    captureReports(() -> {
                        for (ExitReason reason :
                                List.of(
                                        NORMAL,
                                        SHUTDOWN,
                                        new ExitReason.ShutdownWith("done"),
                                        custom("lost"))) {
                            awaitDown(Task.start(() -> exit(reason)));
                        }
                    });
            assertThat(reports).hasSize(1);
            Report report = reports.getFirst();
            assertThat(report.reason()).contains(custom("lost"));
            assertThat(report.fields()).containsEntry("callers", List.of(boss));
            assertThat(report.headline())
                    .startsWith("task " + report.pid().orElseThrow())
                    .endsWith("started from " + boss + " terminating");
        }

        @Scenario(seeds = 100)
        @Otp("T-04")
        void areNotMadeIfItIsToldToExit() throws Exception {
            List<Report> reports =
                    captureReports(() -> {
                        Pid task = Task.start(Bureau::sleepForever);
                        Ref monitor = monitor(task);
                        exit(task, "enough");
                        assertThat(awaitDown(monitor)).isEqualTo(custom("enough"));
                    });
            assertThat(reports).isEmpty();
        }
    }

    @Nested
    class OfASupervisor {
        @Scenario(seeds = 100)
        @Otp("S-18")
        void nameTheChildAndWhatHappened() throws Exception {
            ChildSpec child =
                    ChildSpec.worker(
                            "printer", GenServer.starter(StartOptions.options(), new Safe()));
            List<Report> all = new CopyOnWriteArrayList<>();
            Pid boss;
            try (var _ = node().onReport(System.Logger.Level.DEBUG, all::add)) {
                boss = Supervisor.startLink(Supervisor.ONE_FOR_ONE, child);
                Pid first = pidOf(boss);
                exit(first, "jam");
                eventually(() -> all.stream().filter(r -> r.kind() == Kind.PROGRESS).count() == 2);
                assertThat(all)
                        .extracting(Report::kind)
                        .containsExactly(Kind.PROGRESS, Kind.SUPERVISOR, Kind.PROGRESS);
                Report ended = all.get(1);
                assertThat(ended.pid()).contains(boss);
                assertThat(ended.reason()).contains(custom("jam"));
                assertThat(ended.fields())
                        .containsEntry("child", "printer")
                        .containsEntry("child_pid", first);
                assertThat(ended.headline()).contains("a child has ended");
                assertThat(all.getFirst().level()).isEqualTo(System.Logger.Level.DEBUG);
                assertThat(all.getFirst().fields()).containsEntry("child_pid", first);
            }
        }

        private static Pid pidOf(Pid boss) {
            ChildInfo info = Supervisor.whichChildren(boss).getFirst();
            return ((ChildInfo.Status.Running) info.status()).pid();
        }
    }

    record Alarm() implements EventHandler<String, String> {
        @Override
        public String init() {
            return "silent";
        }

        @Override
        public Reaction<String> handle(String event, String state) {
            throw new IllegalStateException("no bell");
        }

        @Override
        public Object formatMessage(Object message) {
            return "an alarm";
        }
    }

    @Scenario(seeds = 100)
    @Otp("GE-02")
    void ofAnEventHandlerTellEventAndState() throws Exception {
        Pid manager = EventManager.start();
        EventManager.add(manager, new Alarm());
        List<Report> reports =
                captureReports(() -> EventManager.syncNotify(manager, "fire in room 7"));
        assertThat(reports).hasSize(1);
        Report report = reports.getFirst();
        assertThat(report.kind()).isEqualTo(Kind.EVENT_HANDLER);
        assertThat(report.source()).isEqualTo(Alarm.class.getName());
        assertThat(report.lastMessage()).contains("an alarm");
        assertThat(report.state()).contains("silent");
        assertThat(report.toString()).contains("no bell").doesNotContain("room 7");
    }

    @Nested
    @Otp("LG-01")
    class AListener {
        private static void crash() {
            var crash =
                    spawnMonitor(() -> {
                        throw new IllegalStateException("boom");
                    });
            awaitDown(crash.monitor());
        }

        @Scenario(seeds = 100)
        void runsInTheProcessThatReports() {
            List<Pid> where = new CopyOnWriteArrayList<>();
            List<Report> reports = new CopyOnWriteArrayList<>();
            try (var _ =
                    node().onReport(
                                    System.Logger.Level.ERROR,
                                    report -> {
                                        where.add(self());
                                        reports.add(report);
                                    })) {
                crash();
            }
            crash();
            assertThat(reports).hasSize(1);
            assertThat(where).containsExactly(reports.getFirst().pid().orElseThrow());
        }

        @Scenario(seeds = 100)
        void thatFailsIsRemovedAndToldOf() throws Exception {
            List<Report> heard = new CopyOnWriteArrayList<>();
            List<Report> reports =
                    captureReports(() -> {
                        try (var _ =
                                node().onReport(
                                                System.Logger.Level.ERROR,
                                                report -> {
                                                    heard.add(report);
                                                    throw new IllegalStateException("deaf");
                                                })) {
                            crash();
                            crash();
                        }
                    });
            assertThat(heard).hasSize(1);
            assertThat(reports)
                    .extracting(Report::kind)
                    .containsExactly(Kind.LISTENER, Kind.CRASH, Kind.CRASH);
            assertThat(reports.getFirst().toString()).contains("deaf");
        }

        @Scenario(seeds = 100)
        void isToldOnlyWhatIsBadEnough() {
            List<Report> heard = new CopyOnWriteArrayList<>();
            try (var _ = node().onReport(System.Logger.Level.OFF, heard::add)) {
                crash();
            }
            assertThat(heard).isEmpty();
            assertThat(poll(Object.class, ofSeconds(0))).isEmpty();
        }
    }
}
