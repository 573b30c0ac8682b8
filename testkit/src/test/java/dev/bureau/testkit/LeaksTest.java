package dev.bureau.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What a test leaves behind is found, named, and makes it fail; nothing else does.
class LeaksTest {
    private static @Nullable Throwable failureOf(String method) {
        List<TestExecutionResult> results = new CopyOnWriteArrayList<>();
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectMethod(Leaky.class, method))
                        .build();
        LauncherFactory.create()
                .execute(
                        request,
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(
                                    TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) results.add(result);
                            }
                        });
        assertThat(results).hasSize(1);
        return results.getFirst().getThrowable().orElse(null);
    }

    private static Throwable certainFailureOf(String method) {
        return Objects.requireNonNull(failureOf(method), method + " has passed");
    }

    @Test
    void aTestThatLeavesNothingPasses() {
        assertThat(failureOf("leavesNothing")).isNull();
        assertThat(failureOf("capturesTheReport")).isNull();
    }

    @Test
    void aProcessIsNamedAndWhereItCameFrom() {
        assertThat(certainFailureOf("leavesAProcess"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the test has left behind\n  a process: #PID<")
                .hasMessageContaining("'forgotten' (clerk) waiting")
                .hasMessageContaining(
                        "spawned at dev.bureau.testkit.Leaky.leavesAProcess(Leaky.java:");
    }

    @Test
    void whoIsToldToShutDownAndDoesNotIsALeak() {
        assertThat(certainFailureOf("leavesOneThatIsLinkedAndTrapsExits"))
                .hasMessageContaining("a process: #PID<")
                .hasMessageContaining("traps exits");
    }

    @Test
    void aReportNobodyCapturedIsShown() {
        assertThat(certainFailureOf("leavesAReport"))
                .hasMessageContaining("a report that nobody has captured: process #PID<")
                .hasMessageContaining("IllegalStateException: out of paper");
    }

    @Test
    void whatMayBeLeftIsNoLeak() {
        assertThat(failureOf("mayLeaveAProcess")).isNull();
        assertThat(failureOf("mayLeaveAReport")).isNull();
    }

    @Test
    void theTestsOwnFailureComesFirst() {
        Throwable failure = certainFailureOf("failsByItselfAndLeavesAProcess");
        assertThat(failure).hasMessageContaining("a number");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("the test has left behind");
    }

    @Test
    void aChildThatDoesNotStartFailsTheTest() {
        assertThat(certainFailureOf("startsWhatDoesNotStart"))
                .hasMessageContaining("expected the child broken to start: ")
                .hasMessageContaining("no paper");
    }

    @Test
    void aLinkedProcessTakesTheTestAlong() {
        assertThat(certainFailureOf("diesWithWhatItIsLinkedTo"))
                .hasMessageContaining("took the test along");
    }
}
