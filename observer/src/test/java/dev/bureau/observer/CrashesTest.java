package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.worker;
import static dev.bureau.testkit.ProcessAssertions.captureLog;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.testkit.ProcessTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ProcessTest
class CrashesTest {
    @BeforeEach
    void begins() {
        observer();
    }

    private static Observer observer() {
        return Observer.of(node());
    }

    private static Pid run(String label, Body body) {
        var started = spawnMonitor(SpawnOptions.options().label(label), body);
        receive(started.monitor(), Down.class);
        return started.pid();
    }

    private static void fail(String text) {
        throw new IllegalStateException(text, new RuntimeException("below"));
    }

    @Test
    void anExceptionIsKeptWithItsPlace() throws Exception {
        captureLog(() -> {
            Pid pid = run("printer", () -> fail("out of paper"));
            Crashes crashes = observer().crashes();
            assertThat(crashes.total()).isEqualTo(1);
            Crashes.Crash crash = crashes.latest().getFirst();
            assertThat(crash.pid()).isEqualTo(pid);
            assertThat(crash.label()).contains("printer");
            assertThat(crash.reason()).isEqualTo("java.lang.IllegalStateException: out of paper");
            assertThat(crash.kind()).isEqualTo("java.lang.IllegalStateException");
            assertThat(crash.signalled()).isFalse();
            assertThat(crash.stack().getFirst().getMethodName()).isEqualTo("fail");
            assertThat(crash.causes()).containsExactly("java.lang.RuntimeException: below");
            assertThat(crashes.toString()).contains("IllegalStateException", "printer", "    at ");
        });
    }

    @Test
    void whatIsAlikeIsCountedTogether() throws Exception {
        captureLog(() -> {
            for (int i = 0; i < 7; i++) {
                int number = i;
                run("printer", () -> fail("page " + number));
            }
            run(
                    "other",
                    () -> {
                        throw new UnsupportedOperationException("fax");
                    });
            assertThat(observer().crashes().groups())
                    .extracting(Crashes.Group::count)
                    .containsExactly(7, 1);
            assertThat(observer().crashes().groups().getFirst().place()).contains(".fail(");
        });
    }

    @Test
    void anEndBySignalIsOneTooAndAnOrderlyOneIsNot() {
        run("orderly", () -> {});
        run("told", () -> exit(ExitReason.SHUTDOWN));
        run("gone", () -> exit("out of stock"));
        var waiting = spawnMonitor(() -> receive(Integer.class));
        register("clerk", waiting.pid());
        exit(waiting.pid(), ExitReason.KILL);
        receive(waiting.monitor(), Down.class);
        List<Crashes.Crash> latest = observer().crashes().latest();
        assertThat(latest)
                .extracting(Crashes.Crash::reason)
                .containsExactly("killed", "out of stock");
        assertThat(latest).extracting(Crashes.Crash::signalled).containsExactly(true, false);
        assertThat(latest.getFirst().name()).contains("clerk");
        assertThat(latest.getLast().who()).isEqualTo("gone");
    }

    @Test
    void aBehaviourIsCalledByItsName() throws Exception {
        captureLog(() -> {
            Pid clerk = startSupervised(worker("clerk", new Clerk()));
            var end = monitor(clerk);
            cast(clerk, new Clerk.Pin(""));
            receive(end, Down.class);
            // Its supervisor has reported then.
            while (whereis("clerk").isEmpty()) Thread.yield();
            Crashes.Crash crash = observer().crashes().latest().getFirst();
            assertThat(crash.name()).contains("clerk");
            assertThat(crash.initialCall()).isEqualTo(Clerk.class.getName() + ".init");
            assertThat(crash.place()).contains("Clerk.handleCast");
        });
    }

    /// Fails with a secret in what it throws, as it starts or when it is told anything.
    record Safe(boolean starts) implements GenServer<String, Call<?>, Cast> {
        @Override
        public Init<String> init() {
            if (!starts) throw new IllegalStateException("no tulip");
            return ok("closed");
        }

        @Override
        public Next<String> handleInfo(Object message, String state) {
            throw new IllegalStateException("wrong: tulip");
        }

        @Override
        public ExitReason formatReason(ExitReason reason) {
            return ExitReason.of("nobody's business");
        }
    }

    @Test
    void ofABehaviourTheReasonIsWhatItShows() throws Exception {
        captureLog(() -> {
            assertThatThrownBy(() -> GenServer.start(new Safe(false)))
                    .hasMessageContaining("tulip");
            Pid safe = GenServer.start(new Safe(true));
            var end = monitor(safe);
            send(safe, "sesame");
            receive(end, Down.class);
            List<Crashes.Crash> latest = observer().crashes().latest();
            assertThat(latest)
                    .extracting(Crashes.Crash::reason)
                    .containsExactly("nobody's business", "nobody's business");
            assertThat(latest)
                    .extracting(Crashes.Crash::initialCall)
                    .containsOnly(Safe.class.getName() + ".init");
        });
    }

    @Test
    void theLastOfAStormAreKept() {
        observer().keepCrashes(10);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            spawn(() -> exit("number " + number));
        }
        while (observer().crashes().total() < 1_000) Thread.yield();
        Crashes crashes = observer().crashes();
        assertThat(crashes.latest()).hasSize(10);
        assertThat(crashes.latest()).allMatch(crash -> crash.reason().startsWith("number "));
        observer().keepCrashes(3);
        assertThat(observer().crashes().latest())
                .containsExactlyElementsOf(crashes.latest().subList(0, 3));
        assertThatThrownBy(() -> observer().keepCrashes(0))
                .hasMessageContaining("from 1 to 1000000, got: 0");
    }

    static final class Torn extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message either");
        }
    }

    @Test
    void anExceptionThatCannotBePrintedIsKept() throws Exception {
        captureLog(() -> {
            run(
                    "torn",
                    () -> {
                        throw new Torn();
                    });
            assertThat(observer().crashes().latest().getFirst().reason()).contains("Torn");
            assertThat(observer().crashes().toString()).contains("Torn");
        });
    }

    @Test
    void whoWasNeverStartedHasNotCrashed() {
        Thread mutable = Thread.currentThread();
        assertThatThrownBy(() -> spawn(() -> mutable.interrupt()));
        assertThat(observer().crashes())
                .hasToString("no process has ended otherwise than in order");
    }
}
