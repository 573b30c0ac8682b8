package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/// What a scenario can rely on, told by scenarios.
class ScenarioTest {
    record Ping(From<String> from) {}

    @Scenario
    void runsAsAProcess() {
        assertThat(processes()).contains(self());
        assertThat(info(self())).isPresent();
    }

    @Scenario
    void processesTalkToEachOther() {
        Pid echo = spawn(() -> send(receive(Pid.class), "hello"));
        send(echo, self());
        assertThat(assertReceive(String.class)).isEqualTo("hello");
        awaitDown(echo);
        refuteReceive(Object.class);
    }

    @Scenario
    void callsAreAnswered() {
        Pid server = spawn(() -> reply(receive(Ping.class).from(), "pong"));
        String answer = call(server, Ping::new);
        assertThat(answer).isEqualTo("pong");
    }

    @Scenario
    void whatItLeavesBehindIsKilled() {
        spawn(() -> receive());
        spawnLink(() -> {
            trapExits(true);
            while (true) {
                receive(Exit.class);
            }
        });
    }

    @Scenario(outcomes = {"first second", "second first"})
    void tellsWhichOfSeveralRightOutcomesItWas() {
        Pid main = self();
        spawn(() -> send(main, "first"));
        spawn(() -> send(main, "second"));
        observe(assertReceive(String.class) + " " + assertReceive(String.class));
    }

    @Scenario
    void crashReportsAreCaptured() throws Exception {
        var log =
                captureLog(() -> {
                    Pid crashing =
                            spawn(() -> {
                                throw new IllegalStateException("out of paper");
                            });
                    awaitDown(crashing);
                });
        assertThat(log).singleElement().asString().contains("out of paper");
    }

    @Scenario(seeds = 100)
    void aLimitOfProcessesCanBeSet() {
        Pid sleeper = spawn(() -> sleepForever());
        assertThat(isAlive(sleeper)).isTrue();
        exit(sleeper, KILL);
        assertThat(awaitDown(sleeper)).isIn(ExitReason.KILLED, ExitReason.NOPROC);
    }

    @Nested
    class InSimulation {
        @Scenario(runs = 0)
        void timeIsVirtual() {
            Duration before = now();
            sleep(Duration.ofDays(365));
            assertThat(now().minus(before)).isBetween(Duration.ofDays(365), Duration.ofDays(366));
        }

        @Scenario(runs = 0)
        void timersFireInTheirOrder() {
            sendAfter(self(), "later", ofMillis(20));
            sendAfter(self(), "sooner", ofMillis(10));
            assertReceive((Object) "sooner");
            assertReceive((Object) "later");
        }
    }
}
