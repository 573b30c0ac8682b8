package dev.bureau.conformance;

import static dev.bureau.conformance.Fillers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.MailboxLimit.*;
import static dev.bureau.kernel.SpawnOptions.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.ExitReason.MailboxFull;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Tagged;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Plain Java threads that send to processes whose mailbox is full.
class GuestsAtFullMailboxesTest {
    private final Node node = Node.start(Node.options().schedulers(2));

    record Get(From<Integer> from) {}

    @AfterEach
    void stop() {
        assertThat(node.stop()).isTrue();
    }

    /// When the calling guest lets it go on, takes one message and tells it what that was.
    private Pid slow(MailboxLimit limit) {
        Pid boss = self();
        return node.spawn(
                options().mailbox(limit),
                () -> {
                    call(boss, Ready::new, ofMinutes(10));
                    send(boss, new Found(List.of(receive())));
                    sleepForever();
                });
    }

    /// Polled, since the thread that is looked at is nobody's to ask.
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(1);
        }
    }

    private CompletableFuture<String> sender(
            Pid to, Object message, CompletableFuture<Thread> who) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread thread =
                new Thread(() -> {
                    try (Guest _ = node.guest()) {
                        send(to, message);
                        outcome.complete("sent");
                    } catch (Throwable thrown) {
                        outcome.complete(
                                thrown.getClass().getSimpleName()
                                        + (Thread.currentThread().isInterrupted()
                                                ? ", interrupted"
                                                : ""));
                    }
                });
        who.complete(thread);
        thread.start();
        return outcome;
    }

    @Test
    void areParkedAndLetIn() throws Exception {
        try (Guest _ = node.guest()) {
            Pid pid = slow(park(1));
            send(pid, "full");
            CompletableFuture<String> outcome = sender(pid, "more", new CompletableFuture<>());
            await(() -> use(pid).waiting() == 1);
            assertThat(outcome).isNotDone();
            letGo();
            assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo("sent");
            assertThat(receive(Found.class, ofSeconds(5)).messages()).containsExactly("full");
            assertThat(messages(pid, 2)).containsExactly("more");
        }
    }

    @Test
    void areRefused() throws Exception {
        try (Guest _ = node.guest()) {
            Pid pid = slow(refuse(1));
            send(pid, "full");
            assertThatThrownBy(() -> send(pid, "more")).isInstanceOf(MailboxFullException.class);
            assertThatThrownBy(() -> call(pid, Get::new))
                    .isInstanceOfSatisfying(
                            ExitException.class,
                            failed ->
                                    assertThat(((CallFailed) failed.reason()).reason())
                                            .isEqualTo(new MailboxFull(pid, refuse(1))));
            assertThat(poll(Tagged.class)).isEmpty();
            exit(pid, KILL);
        }
    }

    /// A thread that is interrupted gives its place up; nothing is sent.
    @Test
    void canBeInterrupted() throws Exception {
        try (Guest _ = node.guest()) {
            Pid pid = slow(park(1));
            send(pid, "full");
            CompletableFuture<Thread> who = new CompletableFuture<>();
            CompletableFuture<String> outcome = sender(pid, "more", who);
            await(() -> use(pid).waiting() == 1);
            who.get().interrupt();
            assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo("ExitException, interrupted");
            assertThat(use(pid).waiting()).isZero();
            letGo();
            assertThat(receive(Found.class, ofSeconds(5)).messages()).containsExactly("full");
            assertThat(messages(pid, 2)).isEmpty();
        }
    }

    /// Its process is over, the thread goes on with an exception; nothing is sent after its end.
    @Test
    void canBeToldToExit() throws Exception {
        try (Guest _ = node.guest()) {
            Pid pid = slow(park(1));
            send(pid, "full");
            CompletableFuture<Pid> guest = new CompletableFuture<>();
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            Thread thread =
                    new Thread(() -> {
                        try (Guest me = node.guest()) {
                            guest.complete(me.pid());
                            send(pid, "more");
                            outcome.complete("sent");
                        } catch (ExitException told) {
                            outcome.complete(told.reason());
                        }
                    });
            thread.start();
            await(() -> use(pid).waiting() == 1);
            exit(guest.get(), "enough");
            assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(new ExitReason.Custom("enough"));
            letGo();
            assertThat(receive(Found.class, ofSeconds(5)).messages()).containsExactly("full");
            assertThat(messages(pid, 2)).isEmpty();
            thread.join();
        }
    }

    @Test
    void areReleasedWhenTheNodeStops() throws Exception {
        CompletableFuture<String> outcome;
        Pid pid = node.spawn(options().mailbox(park(1)), () -> sleepForever());
        try (Guest _ = node.guest()) {
            send(pid, "full");
            outcome = sender(pid, "more", new CompletableFuture<>());
            await(() -> use(pid).waiting() == 1);
        }
        node.stop();
        assertThat(outcome.get(5, TimeUnit.SECONDS)).isIn("sent", "ExitException");
    }
}
