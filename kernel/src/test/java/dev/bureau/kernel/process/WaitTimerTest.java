package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The time limit of a wait that is long is set without a look at the time, and again where it lies.
class WaitTimerTest {
    private static void run(int carriers, Runnable body) {
        try (Node node = Node.start(Node.options().schedulers(carriers))) {
            assertThat(node.run(body::run)).isEqualTo(ExitReason.NORMAL);
        }
    }

    private static LocalProcess process(Pid pid) {
        LocalProcess process = ((LocalPid) pid).process();
        assertThat(process).isNotNull();
        return process;
    }

    private static Pid echo() {
        return spawn(() -> {
            while (true) {
                send(receive(Pid.class), "echo");
            }
        });
    }

    @Test
    void isTheSameForManyWaitsInAMillisecond() {
        run(
                1,
                () -> {
                    LocalProcess self = process(self());
                    Pid echo = echo();
                    Set<WaitTimer> timers = Collections.newSetFromMap(new IdentityHashMap<>());
                    int waits = 20_000;
                    for (int i = 0; i < waits; i++) {
                        send(echo, self());
                        assertThat(receive(String.class, ofSeconds(5))).isEqualTo("echo");
                        WaitTimer used = self.waitTimer;
                        if (used != null) {
                            timers.add(used);
                        }
                    }
                    assertThat(timers).isNotEmpty().hasSizeLessThan(waits / 2);
                });
    }

    /// What the scheduler looks at before the process sleeps on.
    @Test
    void isThatOfTheWaitAroundAgainWhenAGuardHasWaited() {
        run(
                1,
                () -> {
                    LocalProcess self = process(self());
                    Pid boss = self();
                    spawn(() -> {
                        sleep(ofMillis(20));
                        send(boss, "noise");
                    });
                    var seen = new ArrayList<WaitTimer>();
                    assertThat(
                                    poll(
                                            String.class,
                                            _ -> {
                                                seen.add(self.waitTimer);
                                                boolean none =
                                                        poll(Integer.class, ofMillis(1)).isEmpty();
                                                seen.add(self.waitTimer);
                                                return !none;
                                            },
                                            ofMillis(200)))
                            .isEmpty();
                    assertThat(seen).hasSize(2).doesNotContainNull();
                    assertThat(seen.get(1)).isSameAs(seen.get(0));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isLetGoOfSoonAfterTheLastWait(int carriers) {
        run(
                carriers,
                () -> {
                    var waited = new ArrayList<Pid>();
                    Pid boss = self();
                    Pid echo = echo();
                    for (int i = 0; i < 100; i++) {
                        waited.add(
                                spawn(() -> {
                                    send(echo, self());
                                    receive(String.class, ofSeconds(1000));
                                    send(boss, 1);
                                    receive(Integer.class);
                                }));
                    }
                    for (Pid _ : waited) receive(Integer.class, ofSeconds(20));
                    long end = System.nanoTime() + ofSeconds(20).toNanos();
                    while (waited.stream().anyMatch(pid -> process(pid).waitTimer != null)
                            && System.nanoTime() < end) {
                        sleep(ofMillis(5));
                    }
                    assertThat(waited).allMatch(pid -> process(pid).waitTimer == null);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isNeverEarlyWhetherTheClockTicksOrSleeps(int carriers) {
        run(
                carriers,
                () -> {
                    Pid boss = self();
                    int waiting = 200;
                    for (int i = 0; i < waiting; i++) {
                        Duration before = Duration.ofNanos(i * 1_234_567L);
                        spawn(() -> {
                            Pid echo = echo();
                            sleep(before);
                            // Set again, to more and to less, in some of them after the clock has
                            // looked.
                            for (int limit : new int[] {100, 5_000, 150}) {
                                send(echo, self());
                                receive(String.class, ofMillis(limit));
                                sleep(before.dividedBy(50));
                            }
                            long begin = System.nanoTime();
                            boolean none = poll(Integer.class, ofMillis(120)).isEmpty();
                            send(boss, none ? System.nanoTime() - begin : -1L);
                        });
                    }
                    for (int i = 0; i < waiting; i++) {
                        assertThat(receive(Long.class, ofSeconds(20)))
                                .isGreaterThanOrEqualTo(ofMillis(120).toNanos());
                    }
                });
    }
}
