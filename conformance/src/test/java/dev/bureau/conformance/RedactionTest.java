package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Report.Kind;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.StartException;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// What is shown of why a behaviour has failed, and to whom it is told whole.
@Otp("G-26")
class RedactionTest {
    private static final ExitReason SHOWN = ExitReason.of("nobody's business");

    /// What a server is told to do.
    enum When {
        IN_INIT,
        WHEN_TOLD,
        /// And so does what is to redact it.
        FOR_GOOD
    }

    record Open(String password) implements Call<String>, Cast {}

    /// Fails with a secret in what it throws.
    record Safe(When fails) implements GenServer<String, Call<?>, Open> {
        @Override
        public Init<String> init() {
            if (fails == When.IN_INIT) throw new IllegalStateException("no tulip");
            return ok("closed");
        }

        @Override
        public Next<String> handleCast(Open told, String state) {
            throw new IllegalStateException("wrong: " + told.password);
        }

        @Override
        public Object formatMessage(Object message) {
            return message instanceof Open ? "a password" : message;
        }

        @Override
        public ExitReason formatReason(ExitReason reason) {
            if (fails == When.FOR_GOOD) throw new UnsupportedOperationException("no words");
            return SHOWN;
        }
    }

    private static Report only(Kind kind, List<Report> reports) {
        assertThat(reports).extracting(Report::kind).containsExactly(kind);
        return reports.getFirst();
    }

    private static Report crash(Body body) throws Exception {
        return only(Kind.CRASH, captureReports(body));
    }

    @Nested
    class OfAServer {
        @Scenario(seeds = 100)
        void reportsShowOfTheReasonWhatItAllows() throws Exception {
            Pid safe = GenServer.start(new Safe(When.WHEN_TOLD));
            Ref monitor = monitor(safe);
            Report report =
                    crash(() -> {
                        cast(safe, new Open("tulip"));
                        assertThat(awaitDown(monitor)).hasToString(wrong());
                    });
            assertThat(report.reason()).contains(SHOWN);
            assertThat(report.toString()).contains("nobody's business").doesNotContain("tulip");
        }

        private static String wrong() {
            return new ExitReason.Crash(new IllegalStateException("wrong: tulip")).toString();
        }

        @Scenario(seeds = 100)
        void soDoReportsOfAStartThatFails() throws Exception {
            Report report =
                    crash(() ->
                            assertThatThrownBy(() -> GenServer.start(new Safe(When.IN_INIT)))
                                    .isInstanceOf(StartException.class)
                                    .hasMessageContaining("no tulip"));
            assertThat(report.reason()).contains(SHOWN);
            assertThat(report.toString()).contains("did not start").doesNotContain("tulip");
        }

        /// Nothing is shown rather than too much.
        @Scenario(seeds = 100)
        void aFormatReasonThatFailsShowsNothing() throws Exception {
            Pid safe = GenServer.start(new Safe(When.FOR_GOOD));
            Ref monitor = monitor(safe);
            Report report =
                    crash(() -> {
                        cast(safe, new Open("tulip"));
                        awaitDown(monitor);
                    });
            assertThat(report.toString())
                    .contains("(formatReason failed: java.lang.UnsupportedOperationException")
                    .contains("a password")
                    .doesNotContain("tulip");
        }

        /// Its supervisor knows nothing of its callbacks, as in OTP.
        @Scenario(seeds = 100)
        @Otp("S-18")
        void itsSupervisorReportsItWhole() throws Exception {
            List<Report> reports =
                    captureReports(() -> {
                        Pid boss =
                                Supervisor.startLink(
                                        Supervisor.ONE_FOR_ONE,
                                        Supervisor.worker("safe", new Safe(When.WHEN_TOLD)));
                        Pid safe = whereis("safe").orElseThrow();
                        Ref monitor = monitor(safe);
                        cast(safe, new Open("tulip"));
                        awaitDown(monitor);
                        Supervisor.countChildren(boss); // it has dealt with that
                    });
            assertThat(reports)
                    .extracting(Report::kind)
                    .containsExactly(Kind.CRASH, Kind.SUPERVISOR);
            assertThat(reports.getFirst().toString()).doesNotContain("tulip");
            assertThat(reports.getLast().toString()).contains("wrong: tulip");
        }

        /// The text of what it throws goes into the log.
        @Scenario(seeds = 100)
        @Otp("G-21")
        void whatItDoesNotHandleIsCalledByWhatItAllows() throws Exception {
            Pid safe = GenServer.start(new Safe(When.FOR_GOOD));
            ExitReason.CallFailed[] failed = new ExitReason.CallFailed[1];
            captureReports(() -> failed[0] = failure(() -> call(safe, new Open("tulip"))));
            assertThat(((ExitReason.Crash) failed[0].reason()).error())
                    .hasMessage(
                            Safe.class.getName()
                                    + " has no handleCall and was called with a password");
        }
    }

    private static ExitReason.CallFailed failure(Body calling) {
        ExitException thrown = catchThrowableOfType(ExitException.class, calling::run);
        return (ExitReason.CallFailed) thrown.reason();
    }

    @Nested
    @Otp("G-15")
    class OfACall {
        record Pin(String digits) implements Call<String> {
            @Override
            public String toString() {
                return "Pin[****]";
            }
        }

        private static Pid nobody() {
            var ended = spawnMonitor(() -> {});
            awaitDown(ended.monitor());
            return ended.pid();
        }

        /// As in OTP: who calls knows nothing of the callbacks of who is called.
        @Scenario(seeds = 100)
        void theReasonHasTheRequestWhole() {
            Pid nobody = nobody();
            ExitReason.CallFailed failed = failure(() -> call(nobody, new Open("tulip")));
            assertThat(failed.request()).isEqualTo(new Open("tulip"));
            assertThat(ExitReason.format(failed)).contains("Open[password=tulip]");
        }

        @Scenario(seeds = 100)
        void theTextIsThatOfTheRequest() {
            Pid nobody = nobody();
            ExitReason.CallFailed failed = failure(() -> call(nobody, new Pin("1234")));
            assertThat(failed.request()).isEqualTo(new Pin("1234"));
            assertThat(ExitReason.format(failed)).contains("Pin[****]").doesNotContain("1234");
        }
    }

    record Vault() implements StateMachine<String, Open> {
        @Override
        public Step.First<String> init() {
            return to("closed");
        }

        @Override
        public Step<String> handle(String state, Open event) {
            throw new IllegalStateException("wrong: " + event.password);
        }

        @Override
        public Object formatMessage(Object message) {
            return "a password";
        }

        @Override
        public ExitReason formatReason(ExitReason reason) {
            return SHOWN;
        }
    }

    @Scenario(seeds = 100)
    @Otp("SM-12")
    void ofAStateMachineReportsShowOfTheReasonWhatItAllows() throws Exception {
        Pid vault = StateMachine.start(new Vault());
        Ref monitor = monitor(vault);
        Report report =
                crash(() -> {
                    cast(vault, new Open("tulip"));
                    awaitDown(monitor);
                });
        assertThat(report.reason()).contains(SHOWN);
        assertThat(report.toString()).doesNotContain("tulip");
    }

    /// Fails, or leaves its place to one that fails as it takes over.
    record Guard(boolean leaves) implements EventHandler<String, Open> {
        @Override
        public String init() {
            return "awake";
        }

        @Override
        public String takeOver(java.util.Optional<Object> left) {
            throw new IllegalStateException("no tulip");
        }

        @Override
        public Reaction<String> handle(Open event, String state) {
            if (leaves) return swap("later", state, "other", new Guard(false));
            throw new IllegalStateException("wrong: " + event.password);
        }

        @Override
        public Object formatMessage(Object message) {
            return "a password";
        }

        @Override
        public ExitReason formatReason(ExitReason reason) {
            return SHOWN;
        }
    }

    @Scenario(seeds = 100)
    @Otp("GE-02")
    void ofAnEventHandlerReportsShowOfTheReasonWhatItAllows() throws Exception {
        for (boolean leaves : List.of(true, false)) {
            Pid manager = EventManager.start();
            EventManager.add(manager, new Guard(leaves));
            List<Report> reports =
                    captureReports(() -> EventManager.syncNotify(manager, new Open("tulip")));
            Report report = only(Kind.EVENT_HANDLER, reports);
            assertThat(report.reason()).contains(SHOWN);
            assertThat(report.toString()).doesNotContain("tulip");
        }
    }
}
