package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.worker;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Current;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Table;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@ProcessTest
class StartSupervisedTest {
    record Counter(int first) implements GenServer<Integer, Call<Integer>, Cast> {
        record Value() implements Call<Integer> {}

        record Increment() implements Cast {}

        @Override
        public Init<Integer> init() {
            trapExits(true);
            return ok(first);
        }

        @Override
        public Next<Integer> handleCall(Call<Integer> request, From<?> from, Integer state) {
            return reply(request, state, state);
        }

        @Override
        public Next<Integer> handleCast(Cast message, Integer state) {
            return noReply(state + 1);
        }
    }

    private static final System.Logger ACME = System.getLogger("com.acme");

    private Pid started;

    @BeforeEach
    void start() {
        started = startSupervised(worker("counter", new Counter(1)));
    }

    @AfterEach
    void theChildIsStillThere() {
        assertThat(whereis("counter")).isPresent();
    }

    @Test
    void gives() {
        cast(started, new Counter.Increment());
        assertThat(call(started, new Counter.Value())).isEqualTo(2);
    }

    @Test
    void namesAreOfTheTestAlone() {
        assertThat(call("counter", new Counter.Value())).isEqualTo(1);
        assertThat(node().registered()).containsExactly("counter");
    }

    @Test
    void aChildThatFailsComesBack() throws Exception {
        var log =
                captureLog(() -> {
                    exit(started, ExitReason.KILL);
                    eventually(() ->
                            whereis("counter").filter(pid -> !pid.equals(started)).isPresent());
                });
        assertThat(log).singleElement().asString().contains("a child has ended");
    }

    @Test
    void aChildCanBeStoppedAndStartedAgain() {
        startSupervised(worker("other", new Counter(5)));
        assertThat(stopSupervised("other")).isTrue();
        assertThat(whereis("other")).isEmpty();
        assertThat(stopSupervised("other")).isFalse();
        startSupervised(worker("other", new Counter(6)));
        assertThat(call("other", new Counter.Value())).isEqualTo(6);
    }

    @Test
    void tablesAndRegistriesGoWithTheirOwners() {
        Table.set();
        Registry.startLink("names", Registry.UNIQUE);
        assertThat(Table.all()).hasSize(1);
    }

    @Test
    void whatEndedProcessesLeaveIsNamed() {
        Table.set();
        assertThat(Leftovers.of(Current.processOrNull().node()))
                .satisfiesExactly(
                        names -> assertThat(names).isEqualTo("names: [counter]"),
                        tables -> assertThat(tables).startsWith("tables: ["));
    }

    @Test
    void whatProcessesLogThemselvesIsCapturedToo() throws Exception {
        ACME.log(System.Logger.Level.INFO, "not captured, and printed");
        try (Node other = Node.start()) {
            var log =
                    captureLog(() -> {
                        awaitDown(
                                spawn(() ->
                                        ACME.log(System.Logger.Level.INFO, "low on {0}", "ink")));
                        ACME.log(System.Logger.Level.DEBUG, "not loud enough");
                        other.run(() -> ACME.log(System.Logger.Level.INFO, "of another node"));
                        awaitDown(
                                spawn(() -> {
                                    throw new IllegalStateException("out of paper");
                                }));
                    });
            assertThat(log)
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("low on ink"),
                            report -> assertThat(report).contains("out of paper"));
        }
    }

    @Nested
    @ProcessTest(virtualTime = true)
    class InVirtualTime {
        @Test
        void anHourTakesNoTime() {
            long begin = System.nanoTime();
            var before = now();
            sleep(Duration.ofHours(1));
            assertThat(now().minus(before)).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
            assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
        }

        @Test
        void timeStandsStillWhileTheTestWorks() {
            sendAfter(self(), "late", Duration.ofSeconds(1));
            var before = now();
            long end = System.nanoTime() + 20_000_000;
            while (System.nanoTime() < end) Thread.onSpinWait();
            assertThat(call(started, new Counter.Value())).isEqualTo(1);
            assertThat(poll(String.class)).isEmpty();
            assertThat(now().minus(before)).isLessThan(Duration.ofMillis(900));
            assertReceive((Object) "late");
            refuteReceive(Object.class);
        }

        @Test
        void whoWaitsByOtherMeansWaitsNotForEver() throws Exception {
            var latch = new CountDownLatch(1);
            Latches.latest = latch;
            spawnLink(() -> {
                sleep(Duration.ofHours(1));
                Latches.latest.countDown();
            });
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void timersFireInTheirOrder() {
            for (int i = 50; i > 0; i--) sendAfter(self(), i, Duration.ofMinutes(i));
            for (int i = 1; i <= 50; i++) {
                assertThat(assertReceive(Integer.class, Duration.ofDays(1))).isEqualTo(i);
            }
        }
    }

    /// Not captured, since what is captured is copied.
    private static final class Latches {
        static CountDownLatch latest = new CountDownLatch(0);
    }
}
