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

    private static final int USUAL = 0;
    private static final int REAL_TIME = 1;

    /// The system refuses it to those who are not privileged, and nothing is said about that. Some of the privileged it allows less.
    @Test
    void isForTheThreadThatAsksAndNotForThoseItStarts() throws Exception {
        assumeThat(inThread(Nice::ofCallingThread)).isZero();
        inThread(() -> {
            switch (ask()) {
                case AT_ONCE -> {
                    assertThat(isPrivileged()).isTrue();
                    assertThat(Nice.policyOfCallingThread()).isEqualTo(REAL_TIME);
                }
                case TURNS -> {
                    assertThat(Nice.policyOfCallingThread()).isEqualTo(USUAL);
                    assertThat(Nice.ofCallingThread())
                            .isIn(isPrivileged() ? List.of(-10) : List.of(0, -10));
                }
                case LATER -> throw new AssertionError();
            }
            assertThat(inThread(Nice::ofCallingThread)).isZero();
            assertThat(inThread(Nice::policyOfCallingThread)).isEqualTo(USUAL);
            return null;
        });
        assertThat(inThread(Nice::ofCallingThread)).isZero();
        assertThat(inThread(Nice::policyOfCallingThread)).isEqualTo(USUAL);
    }

    @Test
    void whatSomebodyHasArrangedStays() throws Exception {
        inThread(() -> {
            Promptness.giveWay();
            int arranged = Nice.ofCallingThread();
            assertThat(ask()).isEqualTo(Promptness.Answer.TURNS);
            assertThat(Nice.ofCallingThread()).isEqualTo(arranged);
            assertThat(Nice.policyOfCallingThread()).isEqualTo(USUAL);
            return null;
        });
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

    /// What a thread is told that asks, and ends.
    static Promptness.Answer askInThread() throws Exception {
        return inThread(PromptnessTest::ask);
    }

    private static Promptness.Answer ask() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Promptness.Answer answer = Promptness.ask();
        while (answer == Promptness.Answer.LATER) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.onSpinWait();
            answer = Promptness.ask();
        }
        return answer;
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
