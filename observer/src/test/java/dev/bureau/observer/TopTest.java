package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.testkit.ProcessTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@ProcessTest
class TopTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private static Observer observer() {
        return Observer.of(node());
    }

    private static void burn() {
        while (true) yieldNow();
    }

    private static void yieldNow() {
        Thread.onSpinWait();
        // what is not woven comes to its end here
        self();
    }

    private static void idle() {
        receive(Integer.class);
    }

    @Test
    void whoBurnsComesFirst() {
        for (int i = 0; i < 100; i++) spawnLink(() -> idle());
        Pid burner = spawn(SpawnOptions.options().label("burner"), () -> burn());
        Top top = observer().top(3, Top.Order.CPU, Duration.ofMillis(300));
        exit(burner, ExitReason.KILL);
        Top.Row first = top.rows().getFirst();
        assertThat(first.pid()).isEqualTo(burner);
        assertThat(first.who()).isEqualTo("burner");
        assertThat(first.cpu()).isPositive();
        assertThat(top.cpu()).isGreaterThanOrEqualTo(first.cpu());
        assertThat(top.rows()).hasSize(3);
        assertThat(top.processes()).isEqualTo(102);
        assertThat(top.toString().lines().toList().get(2)).startsWith(burner + "  burner");
    }

    @Test
    void mailboxesAreCountedThoughTheirOwnersDoNotLook() {
        Pid small = spawnLink(() -> idle());
        Pid large = spawnLink(() -> idle());
        for (int i = 0; i < 3; i++) send(small, "message");
        for (int i = 0; i < 1000; i++) send(large, "message");
        Top top = observer().top(2, Top.Order.MAILBOX, SHORT);
        assertThat(top.rows()).extracting(Top.Row::pid).containsExactly(large, small);
        assertThat(top.rows()).extracting(Top.Row::messageQueueLength).containsExactly(1000, 3);
        assertThat(observer().top(1, Top.Order.MEMORY, SHORT).rows().getFirst().pid())
                .isEqualTo(large);
    }

    @Test
    void messagesPerSecondAreThoseOfTheWindow() {
        Pid before = spawnLink(() -> idle());
        for (int i = 0; i < 1000; i++) send(before, "message");
        observer().info(before);
        Pid[] players = new Pid[2];
        for (int i = 0; i < 2; i++) players[i] = spawnLink(() -> pong());
        send(players[0], players[1]);
        send(players[1], players[0]);
        send(players[0], 1L);
        Top top = observer().top(3, Top.Order.MESSAGES, SHORT);
        assertThat(top.rows()).extracting(Top.Row::pid).first().isIn(List.of(players));
        assertThat(top.rows().get(1).messagesPerSecond()).isPositive();
        assertThat(top.rows().get(2).messagesPerSecond()).isZero();
        assertThat(observer().top(1, Top.Order.SLICES, SHORT).rows().getFirst().slicesPerSecond())
                .isPositive();
    }

    private static void pong() {
        Pid other = receive(Pid.class);
        while (true) send(other, receive(Long.class));
    }

    @Test
    void whoEndsWhileItIsLookedAtIsLeftOut() {
        for (int i = 0; i < 500; i++) spawn(() -> {});
        Pid alive = spawnLink(() -> idle());
        Top top = observer().top(1000, Top.Order.CPU, SHORT);
        assertThat(top.rows()).extracting(Top.Row::pid).contains(alive, self());
        assertThat(top.rows()).extracting(Top.Row::status).isNotEmpty().doesNotContainNull();
        assertThat(top.rows().stream().filter(row -> row.pid().equals(alive)).findFirst())
                .hasValueSatisfying(
                        row -> assertThat(row.status()).isEqualTo(ProcessInfo.Status.WAITING));
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThatThrownBy(() -> observer().top(0))
                .hasMessageContaining("expected how many processes to show")
                .hasMessageContaining("got: 0");
        assertThatThrownBy(() -> observer().top(1, Top.Order.CPU, Duration.ZERO))
                .hasMessageContaining("expected a window of 10 milliseconds to 10 minutes");
    }

    @Test
    void whoAsksCanBeKilledMeanwhile() {
        var asking =
                spawnMonitor(
                        () -> Observer.of(node()).top(1, Top.Order.CPU, Duration.ofMinutes(10)));
        exit(asking.pid(), ExitReason.KILL);
        assertThat(receive(asking.monitor(), dev.bureau.kernel.Down.class).reason())
                .isEqualTo(ExitReason.KILLED);
    }
}
