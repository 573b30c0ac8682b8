package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// After `Thread.getStackTrace` the JDK submits a thread that it takes for runnable once more; ours is not.
class StackOfWaitingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lookingAtTheStackOfAWaitingProcessDoesNotWakeIt(int carriers) {
        try (Node node = Node.start(Node.options().schedulers(carriers))) {
            ExitReason end =
                    node.run(() -> {
                        Pid waiting = spawn(() -> receive(String.class));
                        sleep(ofMillis(20));
                        ProcessInfo before = info(waiting).orElseThrow();
                        for (int i = 0; i < 20; i++) {
                            assertThat(stack(waiting))
                                    .anyMatch(f -> f.getMethodName().equals("receive"));
                        }
                        sleep(ofMillis(100));
                        ProcessInfo after = info(waiting).orElseThrow();
                        assertThat(after.slices() - before.slices())
                                .as("times it was mounted")
                                .isLessThan(50);
                        assertThat(after.status()).isEqualTo(ProcessInfo.Status.WAITING);
                        var monitor = monitor(waiting);
                        send(waiting, "go");
                        receive(monitor, dev.bureau.kernel.Down.class, ofSeconds(5));
                    });
            assertThat(end).isEqualTo(ExitReason.NORMAL);
        }
    }
}
