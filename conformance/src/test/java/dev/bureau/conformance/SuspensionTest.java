package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.conformance.Staff.ready;
import static dev.bureau.conformance.Staff.trapper;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.conformance.Staff.Told;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;

/// Suspending and resuming: OTP's item P-14.
@Otp("P-14")
class SuspensionTest {
    private static volatile long count;

    record Answer(Object value) {}

    @Scenario
    void aSuspendedProcessDoesNothingButCollectMessages() {
        Pid boss = self();
        Pid echo = spawn(() -> echoTo(boss));
        suspend(echo);
        for (int i = 0; i < 3; i++) {
            send(echo, i);
        }
        refuteReceive(Answer.class);
        assertThat(info(echo).orElseThrow().status()).isEqualTo(ProcessInfo.Status.SUSPENDED);
        assertThat(info(echo).orElseThrow().messageQueueLength()).isEqualTo(3);
        resume(echo);
        for (int i = 0; i < 3; i++) {
            assertReceive(new Answer(i));
        }
    }

    @Scenario
    void suspensionsCount() {
        Pid boss = self();
        Pid echo = spawn(() -> echoTo(boss));
        suspend(echo);
        suspend(echo);
        send(echo, "hello");
        resume(echo);
        refuteReceive(Answer.class);
        resume(echo);
        assertReceive(new Answer("hello"));
    }

    @Scenario
    void suspensionsCountForEachWhoHasMadeThem() {
        Pid boss = self();
        Pid echo = spawn(() -> echoTo(boss));
        Pid other =
                spawn(() -> {
                    suspend(echo);
                    send(boss, new Go());
                    receive(Go.class);
                    resume(echo);
                    sleepForever();
                });
        suspend(echo);
        assertReceive(Go.class);
        send(echo, "hello");
        resume(echo);
        refuteReceive(Answer.class);
        send(other, new Go());
        assertReceive(new Answer("hello"));
    }

    @Scenario
    void onlyWhoHasSuspendedCanResume() {
        Pid idle = idle();
        assertThatThrownBy(() -> resume(idle)).isInstanceOf(IllegalArgumentException.class);
        Pid boss = self();
        Spawned other =
                spawnMonitor(() -> {
                    suspend(idle);
                    send(boss, new Go());
                    sleepForever();
                });
        assertReceive(Go.class);
        assertThatThrownBy(() -> resume(idle)).isInstanceOf(IllegalArgumentException.class);
        exit(other.pid(), KILL);
        awaitDown(other.monitor());
        assertThatThrownBy(() -> resume(idle)).isInstanceOf(IllegalArgumentException.class);
    }

    @Scenario
    void nobodyCanSuspendItselfOrTheDead() {
        assertThatThrownBy(() -> suspend(self())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> resume(self())).isInstanceOf(IllegalArgumentException.class);
        Pid dead = spawn(() -> {});
        awaitDown(dead);
        assertThatThrownBy(() -> suspend(dead)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> resume(dead)).isInstanceOf(IllegalArgumentException.class);
    }

    @Scenario
    void theEndOfTheSuspenderUndoesAllItsSuspensions() {
        Pid boss = self();
        for (Object reason : List.of(NORMAL, "gone", KILL)) {
            Pid echo = spawn(() -> echoTo(boss));
            Pid suspender =
                    spawn(() -> {
                        suspend(echo);
                        suspend(echo);
                        send(boss, new Go());
                        receive(Go.class);
                        exit(reason);
                    });
            assertReceive(Go.class);
            send(echo, "hello");
            refuteReceive(Answer.class);
            if (reason.equals(KILL)) {
                exit(suspender, KILL);
            } else {
                send(suspender, new Go());
            }
            assertReceive(new Answer("hello"));
        }
    }

    @Scenario
    void theSuspendedCanBeEnded() {
        for (Object reason : List.of("enough", KILL)) {
            Spawned victim = spawnMonitor(Bureau::sleepForever);
            suspend(victim.pid());
            exit(victim.pid(), reason);
            assertThat(isAlive(victim.pid())).isFalse();
            assertThat(awaitDown(victim.monitor()))
                    .isEqualTo(reason.equals(KILL) ? ExitReason.KILLED : custom(reason));
        }
    }

    @Scenario
    void theSuspendedDiesOfItsLinks() {
        Pid linked = ready(() -> exit("gone"));
        Pid boss = self();
        Spawned victim =
                spawnMonitor(() -> {
                    link(linked);
                    send(boss, new Go());
                    sleepForever();
                });
        assertReceive(Go.class);
        suspend(victim.pid());
        send(linked, new Go());
        assertThat(awaitDown(victim.monitor())).isEqualTo(custom("gone"));
    }

    @Scenario
    void theSuspendedThatTrapsKeepsTheMessage() {
        Pid trapper = trapper();
        suspend(trapper);
        exit(trapper, "enough");
        assertThat(isAlive(trapper)).isTrue();
        assertThat(messages(trapper, 5)).containsExactly(new Exit(self(), custom("enough")));
        refuteReceive(Told.class);
        resume(trapper);
        assertReceive(new Told(trapper, new Exit(self(), custom("enough"))));
    }

    @Scenario
    void aProcessCanBeSuspendedInEveryState() {
        Pid boss = self();
        for (Body state : states(boss)) {
            Pid subject = spawn(state);
            suspend(subject);
            assertThat(info(subject).orElseThrow().status())
                    .isEqualTo(ProcessInfo.Status.SUSPENDED);
            drain();
            send(subject, new Go());
            refuteReceive(Answer.class);
            resume(subject);
            assertReceive(Answer.class);
            exit(subject, KILL);
            awaitDown(subject);
        }
    }

    private static List<Body> states(Pid boss) {
        return List.of(
                () -> send(boss, new Answer(receive(Go.class))),
                () -> send(boss, new Answer(receive(Go.class, ofSeconds(100)))),
                () -> {
                    sleep(ofMillis(1));
                    send(boss, new Answer("slept"));
                    sleepForever();
                },
                () -> {
                    while (true) {
                        send(boss, new Answer("computes"));
                    }
                },
                () -> {
                    hibernate();
                    send(boss, new Answer("woken"));
                    sleepForever();
                },
                () -> hibernate(() -> send(boss, new Answer("woken"))));
    }

    private static void drain() {
        while (poll(Answer.class).isPresent()) {
            continue;
        }
    }

    @Scenario
    void whatComesDuringATimeLimitCountsAlsoIfTheLimitIsOverBeforeTheProcessRuns() {
        Pid boss = self();
        Pid patient = spawn(() -> send(boss, new Answer(receive(Go.class, ofMillis(5), new Go()))));
        suspend(patient);
        send(patient, new Go());
        sleep(ofMillis(10));
        resume(patient);
        assertReceive(new Answer(new Go()));
    }

    @Scenario
    void aChainOfTheSuspendedComesLooseFromItsHead() {
        Pid boss = self();
        Pid last = spawn(() -> echoTo(boss));
        Pid middle =
                spawn(() -> {
                    suspend(last);
                    send(boss, new Go());
                    receive(Go.class);
                });
        assertReceive(Go.class);
        suspend(middle);
        send(last, "hello");
        send(middle, new Go());
        refuteReceive(Answer.class);
        exit(middle, KILL);
        assertReceive(new Answer("hello"));
    }

    @Scenario
    void theSuspenderShowsWhomItHasSuspended() {
        Pid idle = idle();
        suspend(idle);
        suspend(idle);
        assertThat(info(self()).orElseThrow().suspending()).containsExactly(idle);
        resume(idle);
        resume(idle);
        assertThat(info(self()).orElseThrow().suspending()).isEmpty();
    }

    @Scenario
    void suspendingAndEndingAtOnceLeavesNobodyBehind() {
        Spawned subject = spawnMonitor(() -> receive(Go.class));
        for (int i = 0; i < 3; i++) {
            spawn(() -> {
                try {
                    suspend(subject.pid());
                    resume(subject.pid());
                    suspend(subject.pid());
                } catch (IllegalArgumentException gone) {
                    // It was faster.
                }
            });
        }
        send(subject.pid(), new Go());
        Pid killer = spawn(() -> exit(subject.pid(), "enough"));
        assertThat(awaitDown(subject.monitor())).isIn(NORMAL, custom("enough"));
        awaitDown(killer);
    }

    @Scenario(simulated = false, carriers = 2, runs = 5)
    void aProcessHasStoppedWhenSuspendReturns() {
        Pid subject =
                spawn(() -> {
                    while (true) {
                        count++;
                        receive(Integer.class);
                    }
                });
        Pid feeder =
                spawn(() -> {
                    while (true) {
                        send(subject, 1);
                        if (info(subject).orElseThrow().messageQueueLength() > 100) {
                            sleep(ofMillis(1));
                        }
                    }
                });
        for (int i = 0; i < 300; i++) {
            suspend(subject);
            long seen = count;
            for (int spins = 0; spins < 1_000; spins++) {
                Thread.onSpinWait();
            }
            assertThat(count).isEqualTo(seen);
            resume(subject);
        }
        exit(feeder, KILL);
    }

    private static void echoTo(Pid boss) {
        while (true) {
            send(boss, new Answer(receive(Object.class)));
        }
    }
}
