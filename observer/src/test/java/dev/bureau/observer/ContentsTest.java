package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.worker;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.ProcessTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What is in states and messages is shown where it is asked for, and no more of it than its owner shows.
@ProcessTest
class ContentsTest {
    private static Observer observer() {
        return Observer.of(node());
    }

    @Test
    void aStateIsShownAsItsOwnerShowsIt() {
        Pid clerk = startSupervised(worker("clerk", new Clerk()));
        ProcessState state = observer().state("clerk");
        assertThat(state.pid()).isEqualTo(clerk);
        assertThat(state.mode()).isEqualTo(Sys.Mode.RUNNING);
        assertThat(state.text()).isEqualTo("Desk[open=hello, secret=*]");
        assertThat(state.toString()).contains("Clerk\nDesk[").doesNotContain("1234");
    }

    @Test
    void aBusyBehaviourIsToldFromADeadOne() {
        Pid clerk = startSupervised(worker("clerk", new Clerk()));
        CountDownLatch end = new CountDownLatch(1);
        cast(clerk, Clerk.Block.until(end));
        assertThatThrownBy(() -> observer().state(clerk, Duration.ofMillis(50)))
                .isInstanceOf(NoAnswer.class)
                .hasMessageStartingWith(
                        "expected an answer of " + clerk + " within 50 ms, got none");
        end.countDown();
    }

    /// It has begun with its first message before it has ever waited for one.
    @Test
    void aBehaviourIsOneAsSoonAsItHasStarted() {
        for (int i = 0; i < 50; i++) {
            Pid clerk = GenServer.startLink(new Clerk());
            CountDownLatch end = new CountDownLatch(1);
            cast(clerk, Clerk.Block.until(end));
            assertThatThrownBy(() -> observer().state(clerk, Duration.ofMillis(1)))
                    .isInstanceOf(NoAnswer.class);
            end.countDown();
            GenServer.stop(clerk);
        }
    }

    @Test
    void whoIsNoBehaviourIsNotAsked() {
        Pid plain = spawnLink(() -> receive(Integer.class));
        assertThatThrownBy(() -> observer().state(plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a behaviour that has started");
        assertThat(observer().info(plain).memory().messageQueueLength()).isZero();
        assertThatThrownBy(() -> observer().state("nobody"))
                .isInstanceOf(NoSuchName.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void theFirstMessagesAreShownAsTheirReceiverShowsThem() {
        Pid clerk = startSupervised(worker("clerk", new Clerk()));
        CountDownLatch end = new CountDownLatch(1);
        cast(clerk, Clerk.Block.until(end));
        while (observer().info(clerk).memory().messageQueueLength() > 0) Thread.yield();
        for (int i = 0; i < 5; i++) cast(clerk, new Clerk.Pin("99" + i));
        GenServer.sendRequest(clerk, new Clerk.Ask("98"));
        MailboxHead head = observer().mailbox(clerk, 2);
        assertThat(head.length()).isEqualTo(6);
        assertThat(head.messages())
                .extracting(MailboxHead.Message::text)
                .containsExactly("Pin[digits=*]", "Pin[digits=*]");
        assertThat(head.toString()).endsWith("  and 4 more").doesNotContain("99");
        MailboxHead all = observer().mailbox("clerk", 1000);
        assertThat(all.messages().getLast().text())
                .isEqualTo("call of " + self() + ": Ask[digits=*]");
        assertThat(all.messages().getLast().type()).isEqualTo(Clerk.Ask.class.getName());
        assertThat(all.toString()).doesNotContain("98");
        end.countDown();
    }

    record Letter(List<String> lines) {}

    /// As text it would be two gigabytes.
    @Test
    void aMessageThatWouldFillTheMemoryIsCutShort() {
        Pid reader = spawnLink(() -> receive(Integer.class));
        String line = "x".repeat(1 << 20);
        send(reader, new Letter(Collections.nCopies(2_000, line)));
        MailboxHead head = observer().mailbox(reader, 10);
        assertThat(head.messages().getFirst().text())
                .hasSize(503)
                .startsWith("Letter[lines=[xxx")
                .endsWith("x...");
    }

    @Test
    void aHugeMailboxShowsItsHead() {
        Pid reader = spawnLink(() -> receive(Integer.class));
        for (int i = 0; i < 100_000; i++) send(reader, "m" + i);
        MailboxHead head = observer().mailbox(reader, 3);
        assertThat(head.length()).isEqualTo(100_000);
        assertThat(head.messages())
                .extracting(MailboxHead.Message::text)
                .containsExactly("m0", "m1", "m2");
        assertThatThrownBy(() -> observer().mailbox(reader, 0))
                .hasMessageContaining("from 1 to 1000, got: 0");
    }

    /// What is looked at may be gone, or be changed, at any moment.
    @Test
    void whoTakesMessagesMeanwhileIsNotDisturbed() {
        Pid reader =
                spawnLink(() -> {
                    while (true) receive(ArrayList.class).clear();
                });
        for (int round = 0; round < 300; round++) {
            for (int i = 0; i < 30; i++) {
                send(reader, new ArrayList<>(Collections.nCopies(50, "line")));
            }
            observer().mailbox(reader, 20);
        }
        while (observer().info(reader).memory().messageQueueLength() > 0) Thread.yield();
        assertThat(isAlive(reader)).isTrue();
    }
}
