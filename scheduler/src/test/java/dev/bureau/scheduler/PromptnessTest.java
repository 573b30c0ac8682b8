package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Asking the system for precedence.
@EnabledOnOs(OS.LINUX)
class PromptnessTest {
    private static final int CAP_SYS_NICE = 23;

    /// The system refuses it to those who are not privileged, and nothing is said about that.
    @Test
    void isForTheThreadThatAsksAndNotForThoseItStarts() throws Exception {
        assumeThat(inThread(Nice::ofCallingThread)).isZero();
        inThread(() -> {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!Promptness.ask()) {
                assertThat(System.nanoTime() - deadline).isNegative();
                Thread.onSpinWait();
            }
            assertThat(Nice.ofCallingThread())
                    .isIn(isPrivileged() ? List.of(-10) : List.of(0, -10));
            assertThat(inThread(Nice::ofCallingThread)).isZero();
            return null;
        });
        assertThat(inThread(Nice::ofCallingThread)).isZero();
    }

    @Test
    void whoGivesWayTakesNothingFromOthers() throws Exception {
        assumeThat(inThread(Nice::ofCallingThread)).isZero();
        assertThat(
                        inThread(() -> {
                            Promptness.giveWay();
                            return Nice.ofCallingThread();
                        }))
                .isEqualTo(10);
        assertThat(inThread(Nice::ofCallingThread)).isZero();
    }

    private static <T> T inThread(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofPlatform().start(task);
        return task.get(30, TimeUnit.SECONDS);
    }

    private static boolean isPrivileged() throws Exception {
        String field = "CapEff:";
        String set =
                Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                        .filter(line -> line.startsWith(field))
                        .findFirst()
                        .orElseThrow();
        long effective = Long.parseUnsignedLong(set.substring(field.length()).strip(), 16);
        return (effective >>> CAP_SYS_NICE & 1) == 1;
    }
}
