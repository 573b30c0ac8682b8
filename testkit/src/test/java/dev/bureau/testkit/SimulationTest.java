package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Pid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SimulationTest {
    /// What can be told of one course: its choices, its length, its time, its outcomes.
    record Course(
            long fingerprint, long steps, long millis, List<Object> observed, List<String> trace) {}

    static Course course(long seed, Body body) {
        List<Object> observed = new ArrayList<>();
        Simulation simulation = new Simulation(seed, body, 1 << 18, true, observed::add);
        Throwable failure = simulation.run();
        if (failure != null) {
            throw new AssertionError(failure);
        }
        return new Course(
                simulation.fingerprint(),
                simulation.steps(),
                simulation.elapsedMillis(),
                List.copyOf(observed),
                simulation.trace());
    }

    @Test
    void theSameSeedGivesTheSameCourse() {
        for (long seed = 1; seed <= 200; seed++) {
            assertThat(course(seed, Office::open))
                    .as("seed %d", seed)
                    .isEqualTo(course(seed, Office::open));
        }
    }

    @Test
    void otherSeedsGiveOtherCourses() {
        Set<Long> fingerprints = new HashSet<>();
        for (long seed = 1; seed <= 200; seed++) {
            fingerprints.add(course(seed, Office::open).fingerprint());
        }
        assertThat(fingerprints).hasSizeGreaterThan(195);
    }

    @Test
    void anotherJvmWithOtherHashCodesGivesTheSameCourse() throws Exception {
        Process jvm =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens",
                                "java.base/java.lang=ALL-UNNAMED",
                                "-XX:+UnlockExperimentalVMOptions",
                                "-XX:hashCode=0",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SimulationTest.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String printed = new String(jvm.getInputStream().readAllBytes()).strip();
        assertThat(printed.lines().toList()).isEqualTo(courses());
    }

    public static void main(String[] args) {
        courses().forEach(System.out::println);
    }

    private static List<String> courses() {
        List<String> all = new ArrayList<>();
        for (long seed = 1; seed <= 20; seed++) {
            all.add(course(seed, Office::open).toString());
        }
        return all;
    }

    @Test
    void timeIsVirtual() {
        Course year = course(1, () -> sleep(Duration.ofDays(365)));
        assertThat(Duration.ofMillis(year.millis()).toDays()).isEqualTo(365);
    }

    @Test
    void itReturnsNormallyWhenTheBodyDoes() {
        Simulation.run(
                7,
                () -> {
                    Pid main = self();
                    spawn(() -> send(main, "hello"));
                    assertReceive((Object) "hello");
                });
    }

    @Test
    void aFailureIsThrownWithItsStack() {
        assertThatThrownBy(() ->
                        Simulation.run(
                                7,
                                () -> {
                                    throw new IllegalStateException("out of paper");
                                }))
                .isInstanceOf(ScenarioFailure.class)
                .hasMessageContaining("seed 7")
                .hasMessageContaining("out of paper")
                .hasCauseInstanceOf(IllegalStateException.class)
                .satisfies(failure ->
                        assertThat(failure.getStackTrace()[0].getClassName())
                                .contains("SimulationTest"));
    }

    @Test
    void anEndByASignalIsAFailure() {
        assertThatThrownBy(() -> Simulation.run(1, () -> spawnLinkAndWait()))
                .hasMessageContaining("the scenario's process ended with")
                .hasMessageContaining("no more");
    }

    private static void spawnLinkAndWait() {
        spawnLink(() -> exit("no more"));
        receive();
    }

    @Test
    void aDeadlockTellsWhoWaitsWhere() {
        assertThatThrownBy(() ->
                        Simulation.run(
                                1,
                                () -> {
                                    Pid deaf = spawn(() -> waitForAnAnswer());
                                    register("deaf", deaf);
                                    send(deaf, 3);
                                    call(deaf, Office.Ask::new, Duration.ofDays(1));
                                }))
                .as("a time limit is no deadlock")
                .hasMessageNotContaining("deadlock");
        assertThatThrownBy(() ->
                        Simulation.run(
                                1,
                                () -> {
                                    Pid deaf = spawn(() -> waitForAnAnswer());
                                    register("deaf", deaf);
                                    send(deaf, 3);
                                    receive();
                                }))
                .hasMessageContaining("deadlock")
                .hasMessageContaining("3 processes")
                .hasMessageContaining("'deaf' waiting, 1 message [3]")
                .hasMessageContaining("waitForAnAnswer");
    }

    private static void waitForAnAnswer() {
        receive(String.class);
    }

    @Test
    void noProgressIsAFailure() {
        assertThatThrownBy(() ->
                        Simulation.run(
                                1,
                                () -> {
                                    while (true) {
                                        Thread.yield();
                                    }
                                }))
                .hasMessageContaining("no progress")
                .hasMessageContaining("#PID<0.2.0>");
    }

    @Test
    void aProcessThatDoesNotEndWhenKilledIsALeak() {
        assertThatThrownBy(() -> Simulation.run(1, () -> spawn(() -> parkForEver())))
                .hasMessageContaining("leak")
                .hasMessageContaining("parkForEver");
    }

    private static void parkForEver() {
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }

    @Test
    void processesLeftBehindAreKilledThoughTheyStartOthers() {
        for (long seed = 1; seed <= 50; seed++) {
            Simulation.run(
                    seed,
                    () -> {
                        for (int i = 0; i < 10; i++) {
                            spawn(() -> beReborn());
                        }
                    });
        }
    }

    private static void beReborn() {
        spawn(() -> beReborn());
    }

    @Test
    void theObserverThatIsKilledIsNoticed() {
        assertThatThrownBy(() ->
                        Simulation.run(
                                1,
                                () -> {
                                    processes().stream()
                                            .filter(pid -> !pid.equals(self()))
                                            .forEach(pid -> exit(pid, KILL));
                                    receive();
                                }))
                .hasMessageContaining("the process that watches over the scenario was ended");
    }

    @Test
    @Timeout(10)
    void aRealSleepOfAHelperThreadIsWaitedFor() {
        Simulation.run(
                1,
                () -> {
                    Thread helper =
                            Thread.startVirtualThread(() -> LockSupport.parkNanos(1_000_000));
                    helper.join();
                });
    }

    @Test
    void aHundredProcessesFinishInAnyOrder() {
        Set<List<Object>> orders = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            orders.add(course(seed, SimulationTest::race).observed());
        }
        assertThat(orders).hasSize(20);
    }

    private static void race() {
        Pid main = self();
        for (int i = 0; i < 100; i++) {
            int number = i;
            spawn(() -> send(main, number));
        }
        for (int i = 0; i < 100; i++) {
            observe(assertReceive(Integer.class));
        }
    }
}
