package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.awaitDown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Agent;
import dev.bureau.otp.StartException;
import dev.bureau.otp.StartOptions;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that keeps a state (OTP AG-01 to AG-03).
class AgentTest {
    @Scenario
    @Otp("AG-01")
    void keepsAStateThatFunctionsReadAndChange() {
        Agent<Integer> agent = Agent.startLink(() -> 1);
        agent.update(n -> n + 1);
        assertThat(agent.<Integer>get(n -> n * 10)).isEqualTo(20);
        int before = agent.getAndUpdate(n -> new Agent.Updated<>(n, n + 5));
        assertThat(before).isEqualTo(2);
        agent.cast(n -> n * 2);
        assertThat(agent.<Integer>get(n -> n)).isEqualTo(14);
    }

    @Scenario
    @Otp("AG-01")
    void runsWhatItIsAskedInTheOrderOfArrivalAndInItsOwnProcess() {
        Agent<List<Integer>> agent = Agent.startLink(ArrayList::new);
        for (int i = 0; i < 5; i++) {
            int item = i;
            agent.cast(items -> {
                items.add(item);
                return items;
            });
        }
        assertThat(agent.<List<Integer>>get(items -> items)).containsExactly(0, 1, 2, 3, 4);
        Pid there = agent.get(_ -> self());
        assertThat(there).isEqualTo(agent.pid().orElseThrow()).isNotEqualTo(self());
    }

    @Scenario
    @Otp("AG-01")
    void losesNoUpdateOfMany() {
        Agent<Integer> agent = Agent.startLink(() -> 0);
        Pid boss = self();
        for (int i = 0; i < 4; i++) {
            spawn(() -> {
                for (int j = 0; j < 10; j++) agent.update(n -> n + 1);
                send(boss, "done");
            });
        }
        for (int i = 0; i < 4; i++) receive(String.class);
        assertThat(agent.<Integer>get(n -> n)).isEqualTo(40);
    }

    @Scenario
    @Otp("AG-01")
    void hasAStateThatNobodyElseCanTouch() {
        Agent<List<String>> agent = Agent.startLink(ArrayList::new);
        agent.update(items -> {
            items.add("mine");
            return items;
        });
        List<String> copy = agent.get(items -> items);
        copy.add("not mine");
        assertThat(agent.<Integer>get(List::size)).isEqualTo(1);
        AtomicInteger shared = new AtomicInteger();
        assertThatThrownBy(() ->
                        agent.update(items -> {
                            shared.incrementAndGet();
                            return items;
                        }))
                .isInstanceOf(NotShareableException.class);
    }

    @Scenario
    @Otp("AG-02")
    void endsWithItsCallerWhenAFunctionThrows() {
        Agent<Integer> agent = Agent.start(() -> 0);
        Pid pid = agent.pid().orElseThrow();
        var monitor = monitor(pid);
        assertThatThrownBy(() -> agent.get(n -> 1 / n))
                .isInstanceOfSatisfying(
                        ExitException.class,
                        exit ->
                                assertThat(exit.reason())
                                        .isInstanceOfSatisfying(
                                                ExitReason.CallFailed.class,
                                                failed ->
                                                        assertThat(failed.reason())
                                                                .isInstanceOf(
                                                                        ExitReason.Crash.class)));
        assertThat(awaitDown(monitor)).isInstanceOf(ExitReason.Crash.class);
        assertThatThrownBy(() -> agent.get(n -> n)).isInstanceOf(ExitException.class);
        agent.cast(n -> n);
    }

    /// As of a map in which there is nothing: that is the mistake of who asks.
    @Scenario
    @Otp("AG-02")
    void livesOnWhenAnAnswerIsNull() {
        Agent<List<String>> agent = Agent.start(StartOptions.named("list"), ArrayList::new);
        Agent<List<String>> named = Agent.named("list");
        assertThatThrownBy(() -> named.<String>get(_ -> null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith("the answer is null; answer Optional.ofNullable(");
        assertThat(agent.<Integer>get(List::size)).isZero();
        Ref end = monitor(agent.pid().orElseThrow());
        agent.stop("enough", ofMillis(1_000));
        assertThat(awaitDown(end)).isEqualTo(ExitReason.of("enough"));
        assertThat(named.pid()).isEmpty();
    }

    @Scenario
    @Otp("AG-02")
    void failsToStartWhenTheFirstStateCannotBeMade() {
        trapExits(true);
        assertThatThrownBy(() -> Agent.startLink(() -> Integer.parseInt("x")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("NumberFormatException");
        assertThatThrownBy(() -> Agent.startLink(() -> null))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the state is null");
        assertThat(poll(Object.class)).isEmpty();
    }

    @Scenario
    @Otp("AG-03")
    void doesWhatItWasAskedThoughTheCallerNoLongerWaits() {
        Agent<Integer> agent = Agent.startLink(() -> 0);
        assertThatThrownBy(() ->
                        agent.update(
                                n -> {
                                    sleep(ofMillis(50));
                                    return n + 1;
                                },
                                ofMillis(5)))
                .isInstanceOf(ExitException.class);
        assertThat(agent.<Integer>get(n -> n)).isEqualTo(1);
        assertThat(poll(Object.class)).isEmpty();
    }

    @Scenario
    void isFoundByItsNameAndStops() {
        Agent.startLink("counter", () -> 3);
        Agent<Integer> agent = Agent.named("counter");
        assertThat(agent.<Integer>get(n -> n)).isEqualTo(3);
        Pid pid = agent.pid().orElseThrow();
        agent.stop();
        assertThat(isAlive(pid)).isFalse();
        assertThat(agent.pid()).isEmpty();
    }
}
