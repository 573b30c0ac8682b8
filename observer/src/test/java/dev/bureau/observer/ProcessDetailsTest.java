package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.ProcessTest;
import org.junit.jupiter.api.Test;

@ProcessTest
class ProcessDetailsTest {
    private static Observer observer() {
        return Observer.of(node());
    }

    @Test
    void aBehaviourThatWaitsHasNoStack() {
        Pid clerk = startSupervised(Supervisor.worker("clerk", new Clerk()));
        awaitWithoutStack(clerk);
        ProcessDetails details = observer().info(clerk);
        assertThat(details.identity().name()).contains("clerk");
        assertThat(details.identity().initialCall()).isEqualTo(Clerk.class.getName() + ".init");
        assertThat(details.identity().ancestors()).isNotEmpty();
        assertThat(details.location().status()).isEqualTo(ProcessInfo.Status.WAITING);
        assertThat(details.location().at()).isEmpty();
        assertThat(details.signals().links()).hasSize(1);
        assertThat(details.toString()).contains("name          clerk").doesNotContain("1234");
        assertThat(observer().stack(clerk).toString())
                .isEqualTo(clerk + " clerk, waiting without a stack");
    }

    /// It answers before it lets go of its thread.
    private void awaitWithoutStack(Pid pid) {
        while (!observer().stack(pid).frames().isEmpty()) Thread.yield();
    }

    @Test
    void whereTheCodeOfAProcessStandsIsSeen() {
        Pid waiting = spawnLink(() -> waitHere());
        while (observer().info(waiting).location().status() != ProcessInfo.Status.WAITING) {
            Thread.yield();
        }
        ProcessStack stack = observer().stack(waiting);
        assertThat(stack.location().orElseThrow().getMethodName()).isEqualTo("waitHere");
        assertThat(stack.toString())
                .contains("ProcessDetailsTest.waitHere")
                .contains(", waiting\n    at ");
        assertThat(observer().info(waiting).work().slices()).isPositive();
    }

    private static void waitHere() {
        receive(Integer.class);
    }

    @Test
    void aDeadProcessIsNoProcess() {
        var ended = spawnMonitor(() -> {});
        receive(ended.monitor(), Down.class);
        assertThatThrownBy(() -> observer().info(ended.pid()))
                .isInstanceOf(NoSuchProcess.class)
                .hasMessage(
                        "expected a process that is alive, got: "
                                + ended.pid()
                                + ", which has ended");
        assertThatThrownBy(() -> observer().stack(ended.pid())).isInstanceOf(NoSuchProcess.class);
    }

    @Test
    void aProcessOfAnotherNodeIsNotSeenFromHere() {
        try (Node other = Node.start(Node.options().schedulers(1))) {
            Pid there = other.spawn(() -> waitHere());
            assertThatThrownBy(() -> observer().info(there))
                    .isInstanceOf(NoSuchProcess.class)
                    .hasMessageContaining("expected a process of " + node());
        }
    }

    @Test
    void aProcessCanBeGivenAnObserver() {
        Observer observer = observer();
        var asking = spawnMonitor(() -> observer.info(self()));
        assertThat(receive(asking.monitor(), Down.class).reason()).isEqualTo(ExitReason.NORMAL);
    }

    @Test
    void aNodeHasOneObserver() {
        assertThat(Observer.of(node()))
                .isSameAs(observer())
                .hasToString("Observer[" + node() + "]");
    }
}
