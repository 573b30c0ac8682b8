package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Ref;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerMessagesTest {
    private static void asProcess(Body body) {
        try (Node node = Node.start(Node.options().schedulers(1))) {
            assertThat(node.run(body)).isEqualTo(ExitReason.NORMAL);
        }
    }

    @Test
    void aTimeLimitOfAgesIsNotOverAtOnce() {
        asProcess(() -> {
            for (Duration ages :
                    List.of(
                            ChronoUnit.FOREVER.getDuration(),
                            Duration.ofNanos(Long.MAX_VALUE),
                            Duration.ofDays(365_000))) {
                var sleeper = spawn(() -> sleep(ages));
                Ref timer = sendAfter(self(), "too early", ages);
                var waiter = spawn(() -> receive(String.class, ages));
                assertThat(poll(String.class, ofMillis(20))).isEmpty();
                assertThat(isAlive(sleeper)).isTrue();
                assertThat(isAlive(waiter)).isTrue();
                assertThat(readTimer(timer).orElseThrow()).isGreaterThan(Duration.ofDays(36_500));
            }
        });
    }

    @Test
    void whatAnIntervalSendsIsANewMessageEachTime() {
        asProcess(() -> {
            List<String> mine = new ArrayList<>(List.of("a"));
            Ref timer = sendInterval(self(), mine, ofMillis(1));
            List<Object> got = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                @SuppressWarnings("unchecked")
                List<String> one = receive(ArrayList.class);
                assertThat(one).containsExactly("a");
                one.add("written by the receiver");
                got.add(one);
            }
            cancelTimer(timer);
            assertThat(got.get(0)).isNotSameAs(got.get(1));
            assertThat(mine).containsExactly("a");
        });
    }

    @Test
    void aTimerOrACallThroughAnAliasThatHasEndedReachesNobody() {
        asProcess(() -> {
            Ref alias = alias();
            sendAfter(alias, "while active", Duration.ZERO);
            assertThat(receive(String.class)).isEqualTo("while active");
            sendAfter(alias, "ended", ofMillis(1));
            unalias(alias);
            assertThat(poll(String.class, ofMillis(20))).isEmpty();
        });
    }
}
