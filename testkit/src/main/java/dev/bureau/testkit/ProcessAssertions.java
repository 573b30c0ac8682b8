package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.info;
import static dev.bureau.kernel.Bureau.messages;
import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.poll;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.sleep;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.ReceiveTimeout;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.otp.ChildSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// What a process that tests others expects of them. To be imported statically, beside `Bureau.*`; works in a
/// [ProcessTest], in a [Scenario] and in any other process or guest.
///
/// Time limits are in the time of the node: virtual in a simulation, where waiting costs nothing.
public final class ProcessAssertions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofMillis(50);
    private static final Duration REAL_SILENCE = Duration.ofMillis(5);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final int MOST_MESSAGES = 10;

    private ProcessAssertions() {}

    /// Takes the oldest message of a type and returns it; fails if none comes within five seconds.
    public static <T> T assertReceive(Class<T> type) {
        return assertReceive(type, PATIENCE);
    }

    /// Takes the oldest message of a type and returns it; fails if none comes within `limit`.
    public static <T> T assertReceive(Class<T> type, Duration limit) {
        return assertReceive(type, _ -> true, limit);
    }

    /// Takes the oldest message of a type that `accepts` it and returns it; fails if none comes within five seconds.
    public static <T> T assertReceive(Class<T> type, Predicate<? super T> accepts) {
        return assertReceive(type, accepts, PATIENCE);
    }

    /// Takes the oldest message of a type that `accepts` it and returns it; fails if none comes within `limit`.
    public static <T> T assertReceive(Class<T> type, Predicate<? super T> accepts, Duration limit) {
        return poll(type, accepts, limit)
                .orElseThrow(() ->
                        new AssertionError(
                                "expected a message of "
                                        + type.getSimpleName()
                                        + " within "
                                        + limit
                                        + ", got: "
                                        + messages(self(), MOST_MESSAGES)));
    }

    /// Takes the oldest message, which must equal `expected`.
    public static void assertReceive(Object expected) {
        Object got = assertReceive(Object.class);
        if (!expected.equals(got)) {
            throw new AssertionError("expected the message " + expected + ", got: " + got);
        }
    }

    /// Fails if there is a message of a type, or one comes within 50 ms; within 5 ms where time is real.
    public static void refuteReceive(Class<?> type) {
        refuteReceive(type, isSimulated() ? SILENCE : REAL_SILENCE);
    }

    /// Fails if there is a message of a type, or one comes within `limit`.
    public static void refuteReceive(Class<?> type, Duration limit) {
        Optional<?> unwanted = poll(type, limit);
        if (unwanted.isPresent()) {
            throw new AssertionError(
                    "expected no message of " + type.getSimpleName() + ", got: " + unwanted.get());
        }
    }

    /// Waits for the end of a process, for five seconds at most; returns its reason, which is `NOPROC` if it had ended
    /// before.
    public static ExitReason awaitDown(Pid pid) {
        return awaitDown(monitor(pid));
    }

    /// Waits for the [Down] of a monitor, for five seconds at most; returns the reason.
    public static ExitReason awaitDown(Ref monitor) {
        try {
            return receive(monitor, Down.class, PATIENCE).reason();
        } catch (ReceiveTimeout late) {
            throw new AssertionError("expected the process to end, within " + PATIENCE, late);
        }
    }

    /// Waits until a process waits for a message, for five seconds at most.
    public static void awaitWaiting(Pid pid) {
        eventually(() ->
                info(pid)
                        .map(ProcessInfo::status)
                        .filter(ProcessInfo.Status.WAITING::equals)
                        .isPresent());
    }

    /// Waits until a condition holds, for five seconds at most; it is looked at each millisecond.
    public static void eventually(BooleanSupplier condition) {
        Duration end = now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (now().compareTo(end) > 0) {
                throw new AssertionError("expected it to become true within " + PATIENCE);
            }
            sleep(POLL);
        }
    }

    /// Time on the clock of this node, from an arbitrary beginning: virtual in a simulation.
    public static Duration now() {
        return Duration.ofNanos(
                Objects.requireNonNull(
                                Current.processOrNull(), "expected to be called in a process")
                        .node()
                        .scheduler()
                        .clock()
                        .now());
    }

    /// Whether this process runs on the seeded scheduler, in virtual time.
    public static boolean isSimulated() {
        var self = Current.processOrNull();
        return self != null && self.node().scheduler() instanceof SeededScheduler;
    }

    /// Says how the scenario turned out this time; see [Scenario#outcomes].
    public static void observe(Object outcome) {
        Trial trial = Trial.current();
        if (trial == null) {
            throw new IllegalStateException("expected to be called in a process of a scenario");
        }
        trial.observe(outcome);
    }

    /// Starts a child under a supervisor of the test's own, and returns its process: ExUnit's `start_supervised!`. If it
    /// crashes it is started again, as its spec says. At the end of the test all are stopped, the latest first.
    ///
    /// ```java
    /// Pid counter = startSupervised(Supervisor.worker("counter", new Counter()));
    /// ```
    ///
    /// @throws AssertionError if it does not start, or there is a child of that id
    public static Pid startSupervised(ChildSpec child) {
        return TestSupervisor.start(child);
    }

    /// Stops a child that [#startSupervised] has started, as its spec says, and waits for its end; false if there is none of
    /// that id.
    public static boolean stopSupervised(Object id) {
        return TestSupervisor.stopChild(id);
    }

    /// Runs `body` and returns what is logged meanwhile, message by message: what this node reports, such as crashes, which
    /// is not printed then; and what its processes log by java.util.logging, or by `System.Logger` where that leads there.
    ///
    /// ```java
    /// List<String> log = captureLog(() -> awaitDown(spawn(() -> { throw new IllegalStateException("boom"); })));
    /// ```
    ///
    /// A process's report is there when its end is told. Works in any process or guest of any node.
    public static List<String> captureLog(Body body) throws Exception {
        LocalNode node = here();
        try (CapturedReports log = capture(node);
                LoggedLines _ = LoggedLines.of(node, log::add)) {
            body.run();
            return log.texts();
        }
    }

    /// As [#captureLog(Body)], and waits until a message comes that is logged some time after; for five seconds at most.
    public static List<String> captureLogUntil(Predicate<? super String> message, Body body)
            throws Exception {
        LocalNode node = here();
        try (CapturedReports log = capture(node);
                LoggedLines _ = LoggedLines.of(node, log::add)) {
            body.run();
            eventually(() -> log.texts().stream().anyMatch(message));
            return log.texts();
        }
    }

    /// As [#captureLog(Body)], of reports alone, for who wants to look at their fields.
    public static List<Report> captureReports(Body body) throws Exception {
        try (CapturedReports log = capture(here())) {
            body.run();
            return log.soFar();
        }
    }

    private static LocalNode here() {
        self();
        return Objects.requireNonNull(Current.processOrNull()).node();
    }

    private static CapturedReports capture(LocalNode node) {
        return CapturedReports.of(node, System.Logger.Level.INFO);
    }
}
