package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// Which of several ends counts, and what code can do against an exit signal: OTP's items.
class ExitReasonsTest {
    private static volatile boolean ranOn;

    @Nested
    class OfSeveral {
        @Scenario
        @Otp("X-14")
        void theFirstOfOneSenderCounts() {
            Spawned victim = spawnMonitor(() -> sleepForever());
            exit(victim.pid(), "first");
            exit(victim.pid(), "second");
            exit(victim.pid(), KILL);
            assertThat(awaitDown(victim.monitor())).isEqualTo(custom("first"));
        }

        @Scenario(outcomes = {"one", "two", "own"})
        @Otp("X-14")
        void anyOfSeveralSendersOrTheProcessItselfMayBeTheFirst() {
            Spawned victim = spawnMonitor(() -> exit("own"));
            for (String reason : List.of("one", "two")) {
                spawn(() -> exit(victim.pid(), reason));
            }
            ExitReason reason = awaitDown(victim.monitor());
            observe(((ExitReason.Custom) reason).term());
        }

        @Scenario(outcomes = {"Crash", "Killed", "Normal"})
        @Otp("X-14")
        void theSameReasonIsToldToAll() {
            trapExits(true);
            Spawned victim =
                    spawnMonitor(
                            SpawnOptions.options().link(),
                            () -> {
                                if (receive(Boolean.class, ofMillis(0), false)) {
                                    throw new IllegalStateException("boom");
                                }
                            });
            Ref second = monitor(victim.pid());
            spawn(() -> exit(victim.pid(), KILL));
            send(victim.pid(), true);
            ExitReason reason = awaitDown(victim.monitor());
            assertReceive(Exit.class, new Exit(victim.pid(), reason)::equals);
            assertThat(awaitDown(second)).isIn(reason, NOPROC);
            observe(reason.getClass().getSimpleName());
        }
    }

    @Nested
    class InUserCode {
        @Scenario
        @Otp("X-11")
        void catchingEverythingAroundAReceiveDoesNotHelp() {
            Pid boss = self();
            Spawned stubborn =
                    spawnMonitor(() -> {
                        for (int i = 0; i < 100; i++) {
                            try {
                                receive(Go.class);
                            } catch (Throwable swallowed) {
                                continue;
                            }
                            send(boss, "went on");
                        }
                    });
            exit(stubborn.pid(), "enough");
            assertThat(awaitDown(stubborn.monitor())).isEqualTo(custom("enough"));
            refuteReceive(String.class);
        }

        @Scenario
        @Otp("X-05")
        void finallyBlocksRunButReachNobody() {
            ranOn = false;
            Pid boss = self();
            Spawned victim =
                    spawnMonitor(() -> {
                        try {
                            receive(Go.class);
                        } finally {
                            ranOn = true;
                            send(boss, "last words");
                        }
                    });
            awaitWaiting(victim.pid());
            exit(victim.pid(), "enough");
            send(victim.pid(), new Go());
            assertThat(awaitDown(victim.monitor())).isEqualTo(custom("enough"));
            assertThat(ranOn).isTrue();
            refuteReceive(String.class);
        }

        @Scenario
        @Otp("X-14")
        void whatFinallyBlocksThrowDoesNotChangeTheReason() {
            Spawned victim =
                    spawnMonitor(() -> {
                        try {
                            sleepForever();
                        } finally {
                            throwAnother();
                        }
                    });
            exit(victim.pid(), "enough");
            assertThat(awaitDown(victim.monitor())).isEqualTo(custom("enough"));
        }

        private static void throwAnother() {
            throw new IllegalStateException("boom");
        }
    }
}
