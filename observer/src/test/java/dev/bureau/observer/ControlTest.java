package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.testkit.ProcessTest;
import org.junit.jupiter.api.Test;

@ProcessTest
class ControlTest {
    private static Control control() {
        return Control.of(node());
    }

    private static ProcessInfo.Status status(Pid pid) {
        return Observer.of(node()).info(pid).location().status();
    }

    @Test
    void killsAndTellsToExit() {
        var killed = spawnMonitor(() -> receive(Integer.class));
        control().kill(killed.pid());
        assertThat(receive(killed.monitor(), Down.class).reason()).isEqualTo(ExitReason.KILLED);
        var told = spawnMonitor(() -> receive(Integer.class));
        control().exit(told.pid(), "enough");
        assertThat(receive(told.monitor(), Down.class).reason())
                .isEqualTo(new ExitReason.Custom("enough"));
        assertThatThrownBy(() -> control().kill(told.pid())).isInstanceOf(NoSuchProcess.class);
    }

    @Test
    void suspendsUntilItIsResumed() {
        Pid echo =
                spawnLink(() -> {
                    while (true) send(receive(Pid.class), "here");
                });
        assertThat(control().suspend(echo)).isTrue();
        assertThat(control().suspend(echo)).isTrue();
        assertThat(control().suspended()).containsExactly(echo);
        assertThat(status(echo)).isEqualTo(ProcessInfo.Status.SUSPENDED);
        send(echo, self());
        assertThat(control().resume(echo)).isTrue();
        assertThat(receive(String.class)).isEqualTo("here");
        assertThat(control().resume(echo)).isFalse();
        assertThat(control().suspended()).isEmpty();
    }

    @Test
    void whoEndsIsNotSuspendedAnyMore() {
        var waiting = spawnMonitor(() -> receive(Integer.class));
        control().suspend(waiting.pid());
        control().kill(waiting.pid());
        receive(waiting.monitor(), Down.class);
        while (!control().suspended().isEmpty()) Thread.yield();
        assertThatThrownBy(() -> control().resume(waiting.pid())).isInstanceOf(NoSuchProcess.class);
    }
}
