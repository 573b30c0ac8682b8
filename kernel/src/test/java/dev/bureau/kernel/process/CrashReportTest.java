package dev.bureau.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is logged when a process dies (OTP P-03): a failure of its own, once, and nothing else.
class CrashReportTest {
    private final Logger logger = Logger.getLogger("dev.bureau.report.crash");
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    logged.add(String.valueOf(entry.getParameters()[0]));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void restore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void namesTheFailureNobodyCaught() {
        assertThat(
                        run(() -> {
                            throw new IllegalStateException("boom");
                        }))
                .isInstanceOf(ExitReason.Crash.class);
        assertThat(logged).hasSize(1).first().asString().contains("IllegalStateException: boom");
    }

    @Test
    void isNotWrittenForAnExitWithTheReasonOfACrash() {
        assertThat(run(() -> Bureau.exit(new ExitReason.Crash(new IllegalStateException("boom")))))
                .isInstanceOf(ExitReason.Crash.class);
        assertThat(logged).isEmpty();
    }

    @Test
    void isNotWrittenForThoseWhoDieOfAnothersCrash() {
        run(() -> {
            var linked =
                    Bureau.spawnMonitor(() -> {
                        Bureau.spawnLink(() -> {
                            throw new IllegalStateException("boom");
                        });
                        Bureau.receive();
                    });
            Bureau.receive(linked.monitor(), Down.class, Duration.ofSeconds(10));
        });
        assertThat(logged).hasSize(1);
    }

    @Test
    void isNotWrittenForWhatTheRuntimeInterruptsToEndAProcess() {
        run(() -> {
            var blocked = Bureau.spawnMonitor(() -> new LinkedBlockingQueue<String>().take());
            Bureau.sleep(Duration.ofMillis(20));
            Bureau.exit(blocked.pid(), ExitReason.KILL);
            Bureau.receive(blocked.monitor(), Down.class, Duration.ofSeconds(10));
        });
        assertThat(logged).isEmpty();
    }

    private static ExitReason run(Body body) {
        try (Node node = Node.start()) {
            return node.run(body);
        }
    }
}
