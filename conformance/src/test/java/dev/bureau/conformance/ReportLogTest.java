package dev.bureau.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Report;
import dev.bureau.testkit.Otp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What loggers owe to processes (OTP LG-01, LG-02), with java.util.logging behind System.Logger.
class ReportLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Logger reports = Logger.getLogger("dev.bureau.report");
    private final BlockingQueue<LogRecord> written = new LinkedBlockingQueue<>();
    private volatile Consumer<LogRecord> backend = written::add;
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    backend.accept(entry);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        reports.addHandler(handler);
        reports.setUseParentHandlers(false);
    }

    @AfterEach
    void restore() {
        reports.removeHandler(handler);
        reports.setUseParentHandlers(true);
        reports.setLevel(null);
    }

    private Report next() throws InterruptedException {
        LogRecord entry = written.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(entry).as("a report within " + PATIENCE).isNotNull();
        assertThat(entry.getMessage()).isEqualTo("{0}");
        return (Report) entry.getParameters()[0];
    }

    /// Crashes one after the other, each of which is waited for.
    private static void crash(int times) {
        for (int i = 0; i < times; i++) {
            var crashing =
                    Bureau.spawnMonitor(() -> {
                        throw new IllegalStateException("boom");
                    });
            Bureau.receive(crashing.monitor(), Down.class, PATIENCE);
        }
    }

    @Test
    @Otp("LG-03")
    void aReportIsTheParameterOfTheRecordWithTheLevelAndTheLoggerOfItsKind() throws Exception {
        try (Node node = Node.start()) {
            node.run(() -> crash(1));
            LogRecord entry = written.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(entry.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(entry.getLoggerName()).isEqualTo("dev.bureau.report.crash");
            Report report = (Report) entry.getParameters()[0];
            assertThat(report.kind()).isEqualTo(Report.Kind.CRASH);
            assertThat(((ExitReason.Crash) report.reason().orElseThrow()).error())
                    .isInstanceOf(IllegalStateException.class);
            assertThat(report.toString()).contains("terminating", "IllegalStateException: boom");
        }
    }

    @Test
    void whatIsReportedIsWrittenWhenTheNodeHasStopped() {
        try (Node node = Node.start()) {
            node.run(() -> crash(20));
        }
        assertThat(written).hasSize(20);
    }

    @Test
    @Otp("LG-02")
    void aStormIsCountedInsteadOfWritten() throws Exception {
        try (Node node = Node.start()) {
            List<Report> heard = new ArrayList<>();
            try (var _ =
                    node.onReport(
                            System.Logger.Level.ERROR,
                            report -> {
                                synchronized (heard) {
                                    heard.add(report);
                                }
                            })) {
                node.run(() -> crash(2000));
            }
            assertThat(heard).hasSize(2000);
            long held = 0;
            long told = 0;
            while (held + told < 2000) {
                Report report = next();
                if (report.kind() == Report.Kind.HELD_BACK) {
                    held += report.field("held_back", Long.class).orElseThrow();
                } else {
                    told++;
                }
            }
            assertThat(held + told).isEqualTo(2000);
            assertThat(held).isPositive();
        }
    }

    @Test
    @Otp("LG-02")
    void aLogThatHangsKeepsNobodyWaiting() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        backend =
                entry -> {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    written.add(entry);
                };
        Node node = Node.start();
        try {
            assertThat(node.run(() -> crash(1000))).isEqualTo(ExitReason.NORMAL);
            long begin = System.nanoTime();
            assertThat(node.stop()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
            assertThat(written).isEmpty();
        } finally {
            goOn.countDown();
            node.stop();
        }
        long all = 0;
        while (all < 1000) {
            Report report = next();
            all +=
                    report.kind() == Report.Kind.HELD_BACK
                            ? report.field("held_back", Long.class).orElseThrow()
                            : 1;
        }
        assertThat(all).isEqualTo(1000);
    }

    @Test
    @Otp("LG-01")
    void aLogThatFailsHarmsNobodyAndIsTriedAgain() throws Exception {
        backend =
                entry -> {
                    backend = written::add;
                    throw new AssertionError("the disk is full");
                };
        try (Node node = Node.start()) {
            assertThat(node.run(() -> crash(2))).isEqualTo(ExitReason.NORMAL);
            assertThat(next().toString()).contains("boom");
        }
        assertThat(written).isEmpty();
    }

    @Test
    @Otp("LG-01")
    void aLevelThatIsOffCostsNoReport() {
        reports.setLevel(Level.OFF);
        try (Node node = Node.start()) {
            node.run(() -> crash(3));
        }
        assertThat(written).isEmpty();
    }

    @Test
    @Otp("LG-02")
    void nodesHaveLimitsOfTheirOwn() throws Exception {
        try (Node one = Node.start();
                Node other = Node.start()) {
            one.run(() -> crash(200));
            written.clear();
            other.run(() -> crash(1));
            Report report = next();
            while (report.kind() == Report.Kind.HELD_BACK) report = next();
            assertThat(report.kind()).isEqualTo(Report.Kind.CRASH);
        }
    }
}
