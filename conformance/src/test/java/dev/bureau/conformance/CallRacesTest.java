package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.kernel.ExitReason.TIMEOUT;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A call ends once: by its answer, by the end of its server or by that of its time, and leaves nothing behind on either
/// side: OTP's items A-06, G-12 to G-14, G-19.
@Otp("A-06")
class CallRacesTest {
    record Get(From<Integer> from) {}

    /// How a call went.
    record Went(String how) {}

    private static String calling(Pid server, Duration limit) {
        try {
            int answer = call(server, Get::new, limit);
            return "answered " + answer;
        } catch (ExitException failed) {
            ExitReason reason = ((ExitReason.CallFailed) failed.reason()).reason();
            return reason.equals(TIMEOUT) ? "timed out" : reason.equals(NOPROC) ? "gone" : "down";
        }
    }

    private static void leavesNothing() {
        refuteReceive(Object.class);
        assertThat(info(self()).orElseThrow().monitors()).isEmpty();
    }

    @Scenario(outcomes = {"answered 1", "down"})
    @Otp("G-14")
    @Otp("G-19")
    void anAnswerFromAnotherAndTheEndOfTheServer() {
        Pid server =
                spawn(() -> {
                    From<Integer> from = receive(Get.class).from();
                    spawn(() -> reply(from, 1));
                    exit("gone");
                });
        observe(calling(server, ofSeconds(5)));
        awaitDown(server);
        leavesNothing();
    }

    @Scenario
    @Otp("G-19")
    void theServersOwnAnswerComesBeforeItsEnd() {
        Pid server =
                spawn(() -> {
                    reply(receive(Get.class).from(), 1);
                    exit("gone");
                });
        assertThat(calling(server, ofSeconds(5))).isEqualTo("answered 1");
        awaitDown(server);
        leavesNothing();
    }

    @Scenario
    @Otp("G-19")
    void ofTwoAnswersOneCounts() {
        Pid server =
                spawn(() -> {
                    From<Integer> from = receive(Get.class).from();
                    Pid other = spawn(() -> reply(from, 1));
                    reply(from, 2);
                    awaitDown(other);
                    receive(Go.class);
                });
        assertThat(calling(server, ofSeconds(5))).startsWith("answered");
        send(server, new Go());
        awaitDown(server);
        leavesNothing();
    }

    @Scenario
    @Otp("G-14")
    void allWhoseRequestsWereTakenAreToldWhyTheServerHasEnded() {
        Pid server =
                spawn(() -> {
                    for (int i = 0; i < 3; i++) receive(Get.class);
                    exit("gone");
                });
        List<Ref> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ends.add(spawnMonitor(() -> call(server, Get::new)).monitor());
        }
        for (Ref end : ends) {
            assertThat(awaitDown(end))
                    .isInstanceOfSatisfying(
                            ExitReason.CallFailed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(custom("gone")));
        }
        leavesNothing();
    }

    @Scenario(outcomes = {"down", "gone"})
    @Otp("G-14")
    void aRequestThatNobodyHasTakenWhenTheServerEnds() {
        Pid server = spawn(() -> exit("gone"));
        observe(calling(server, ofSeconds(5)));
        leavesNothing();
    }

    @Scenario
    void whoIsKilledWhileItWaitsWatchesNoMore() {
        Pid server =
                spawn(() -> {
                    while (true) receive(Get.class);
                });
        List<Spawned> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) callers.add(spawnMonitor(() -> call(server, Get::new)));
        Staff.pause();
        for (Spawned caller : callers) exit(caller.pid(), KILL);
        for (Spawned caller : callers) {
            assertThat(awaitDown(caller.monitor())).isEqualTo(KILLED);
        }
        assertThat(info(server).orElseThrow().monitoredBy()).isEmpty();
        exit(server, KILL);
    }

    @Scenario
    @Otp("G-13")
    void whoGivesUpWhileAnotherAsksWatchesNoMore() {
        Pid server =
                spawn(() -> {
                    while (true) receive(Get.class);
                });
        Pid patient = spawn(() -> call(server, Get::new));
        assertThat(calling(server, ofMillis(1))).isEqualTo("timed out");
        eventually(() -> info(server).orElseThrow().monitoredBy().equals(List.of(patient)));
        leavesNothing();
        exit(server, KILL);
    }

    /// Answers by itself, by another, late, never, or ends.
    private static void moody(int request) {
        for (int i = request; ; i++) {
            From<Integer> from = receive(Get.class).from();
            int number = i;
            switch (i % 6) {
                case 0, 1 -> reply(from, number);
                case 2 -> spawn(() -> reply(from, number));
                case 3 -> sendAfter(spawn(() -> later(from, number)), new Go(), ofMillis(1));
                case 4 -> {}
                default -> {
                    spawn(() -> reply(from, number));
                    exit("moody");
                }
            }
        }
    }

    private static void later(From<Integer> from, int answer) {
        receive(Go.class);
        reply(from, answer);
    }

    @Scenario
    @Otp("G-12")
    @Otp("G-13")
    void manyCallsOfManyMoods() {
        Pid boss = self();
        List<Pid> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int mood = i * 2;
            servers.add(spawn(() -> moody(mood)));
        }
        for (int i = 0; i < 3; i++) {
            int first = i;
            spawn(() -> {
                for (int n = 0; n < 6; n++) {
                    Pid server = servers.get((first + n) % 3);
                    send(boss, new Went(calling(server, ofMillis(n % 3 + 1))));
                    assertThat(info(self()).orElseThrow().monitors()).isEmpty();
                }
                sleep(ofMillis(3));
                leavesNothing();
                send(boss, new Went("done"));
            });
        }
        int done = 0;
        int ended = 0;
        while (done < 3) {
            if (assertReceive(Went.class).how().equals("done")) done++;
            else ended++;
        }
        assertThat(ended).isEqualTo(18);
        for (Pid server : servers) {
            info(server).ifPresent(alive -> assertThat(alive.monitoredBy()).isEmpty());
            exit(server, KILL);
        }
    }
}
