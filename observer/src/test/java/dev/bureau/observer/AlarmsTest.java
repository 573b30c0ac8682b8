package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnLink;
import static dev.bureau.kernel.Bureau.unlink;
import static dev.bureau.testkit.ProcessAssertions.captureLog;
import static dev.bureau.testkit.ProcessAssertions.captureLogUntil;
import static dev.bureau.testkit.ProcessAssertions.eventually;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Pid;
import dev.bureau.observer.Alarm.Kind;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Supervisor;
import dev.bureau.telemetry.Telemetry;
import dev.bureau.testkit.ProcessTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@ProcessTest
class AlarmsTest {
    private static final AlarmLimits QUICK = AlarmLimits.usual().period(ofMillis(100));

    /// Works as long as it is told.
    record Slow() implements GenServer<String, Call<?>, Slow.Work> {
        record Work(Duration time) implements Cast {}

        @Override
        public Init<String> init() {
            return ok("idle");
        }

        @Override
        public Next<String> handleCast(Work work, String state) {
            sleep(work.time());
            return noReply(state);
        }
    }

    private static boolean isSet(Alarms alarms, Kind kind) {
        return alarms.active().stream().anyMatch(alarm -> alarm.kind() == kind);
    }

    private static void hoard() {
        receive(String.class);
    }

    @Test
    void aLongMailboxIsAnAlarmUntilItIsShort() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Telemetry.of(node()).attach("alarms", "bureau.alarm.*", event -> told.add(event.name()));
        var log =
                captureLog(() -> {
                    try (Alarms alarms = Observer.of(node()).alarms(QUICK.mailbox(10))) {
                        Pid hoarder = spawnLink(() -> hoard());
                        for (int i = 0; i < 20; i++) send(hoarder, i);
                        eventually(() -> isSet(alarms, Kind.LONG_MAILBOX));
                        Alarm alarm = alarms.active().getFirst();
                        assertThat(alarm.pid()).contains(hoarder);
                        assertThat(alarm).hasToString("long mailbox " + hoarder + ": 20 messages");
                        assertThat(alarms.toString()).contains("long mailbox");
                        send(hoarder, "enough");
                        eventually(() -> alarms.active().isEmpty());
                        assertThat(alarms).hasToString("no alarms");
                        eventually(() -> told.size() == 2);
                    }
                });
        assertThat(told).containsExactly("bureau.alarm.set", "bureau.alarm.clear");
        assertThat(log).anySatisfy(line -> assertThat(line).contains("alarm set: long mailbox"));
        Telemetry.of(node()).detach("alarms");
    }

    @Test
    void aMailboxThatGrowsAndGrowsIsAnAlarm() throws Exception {
        captureLogUntil(
                line -> line.contains("alarm clear: growing mailbox"),
                () -> {
                    try (Alarms alarms = Observer.of(node()).alarms(QUICK.growth(ofMillis(300)))) {
                        Pid hoarder = spawn(() -> hoard());
                        for (int i = 0; i < 200; i++) send(hoarder, i);
                        eventually(() -> {
                            send(hoarder, 0);
                            return isSet(alarms, Kind.GROWING_MAILBOX);
                        });
                        exit(hoarder, KILL);
                        eventually(() -> alarms.active().isEmpty());
                    }
                });
    }

    @Test
    void aHandlerThatTakesLongIsAnAlarmAndOneThatIsCalledOftenIsNot() throws Exception {
        captureLogUntil(
                line -> line.contains("alarm set: slow handler"),
                () -> {
                    try (Alarms alarms = Observer.of(node()).alarms(QUICK.handler(ofMillis(300)))) {
                        Pid slow = startSupervised(Supervisor.worker("slow", new Slow()));
                        for (int i = 0; i < 40; i++) cast(slow, new Slow.Work(ofMillis(10)));
                        sleep(ofMillis(400));
                        assertThat(isSet(alarms, Kind.SLOW_HANDLER)).isFalse();
                        cast(slow, new Slow.Work(Duration.ofMinutes(5)));
                        eventually(() -> isSet(alarms, Kind.SLOW_HANDLER));
                        assertThat(alarms.active().getFirst().pid()).contains(slow);
                        assertThat(alarms.active().getFirst().text())
                                .contains("Slow.init has handled");
                    }
                });
    }

    @Test
    void manyRestartsAreAnAlarm() throws Exception {
        captureLogUntil(
                line -> line.contains("alarm set: restart storm"),
                () -> {
                    try (Alarms alarms = Observer.of(node()).alarms(QUICK.restarts(3))) {
                        Pid supervisor =
                                Supervisor.startLink(
                                        Supervisor.ONE_FOR_ONE.intensity(
                                                100, Duration.ofSeconds(5)),
                                        Supervisor.worker("slow", new Slow()));
                        for (int i = 0; i < 5; i++) {
                            Pid child =
                                    Supervisor.whichChildren(supervisor)
                                            .getFirst()
                                            .pid()
                                            .orElseThrow();
                            exit(child, KILL);
                            eventually(() ->
                                    Supervisor.whichChildren(supervisor)
                                            .getFirst()
                                            .pid()
                                            .filter(now -> !now.equals(child))
                                            .isPresent());
                        }
                        eventually(() -> isSet(alarms, Kind.RESTART_STORM));
                        unlink(supervisor);
                        exit(supervisor, KILL);
                    }
                });
    }

    @Test
    void limitsHaveToMakeSense() {
        assertThatThrownBy(() -> AlarmLimits.usual().period(ofMillis(1)))
                .hasMessage("expected a period of 100 milliseconds or more, got: PT0.001S");
        assertThatThrownBy(() -> AlarmLimits.usual().mailbox(0))
                .hasMessage("expected a limit of 1 or more, got: 0");
        assertThatThrownBy(() -> AlarmLimits.usual().handler(Duration.ZERO))
                .hasMessageStartingWith("expected a limit of more than no time");
    }
}
