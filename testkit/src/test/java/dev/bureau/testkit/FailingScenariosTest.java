package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Pid;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Scenarios that must fail do fail, and say what is needed to see it again.
class FailingScenariosTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    /// Not to be run, but to have attributes.
    private interface Attributes {
        @Scenario
        void withDefaults();

        @Scenario(timeoutSeconds = 1)
        void withASecond();

        @Scenario(outcomes = {"this", "that"})
        void withTwoOutcomes();
    }

    private static Scenario scenario(String method) {
        try {
            return Attributes.class.getDeclaredMethod(method).getAnnotation(Scenario.class);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failureOf(ScenarioRuns runs, Body body) {
        return catchThrowable(() -> runs.run(body));
    }

    private static Throwable underSeeds(String attributes, long first, long last, Body body) {
        return failureOf(new SeedRuns(scenario(attributes), first, last), body);
    }

    private static Throwable onCarriers(String attributes, int carriers, Body body) {
        return failureOf(new CarrierRuns(scenario(attributes), carriers), body);
    }

    /// Two visitors both look before they take the last seat.
    private static void lookThenTake() {
        Pid seat =
                spawn(() -> {
                    int taken = 0;
                    while (true) {
                        switch (receive()) {
                            case Office.Ask(var from) -> reply(from, taken);
                            default -> taken++;
                        }
                    }
                });
        Body visitor =
                () -> {
                    int taken = call(seat, Office.Ask::new);
                    if (taken == 0) {
                        send(seat, "mine");
                    }
                };
        awaitDown(spawnMonitor(visitor).monitor());
        var second = spawnMonitor(visitor);
        var third = spawnMonitor(visitor);
        awaitDown(second.monitor());
        awaitDown(third.monitor());
        int taken = call(seat, Office.Ask::new);
        assertThat(taken).as("seats taken").isEqualTo(1);
    }

    private static void raceForASeat() {
        Pid seat =
                spawn(() -> {
                    int taken = 0;
                    while (true) {
                        switch (receive()) {
                            case Office.Ask(var from) -> reply(from, taken);
                            default -> taken++;
                        }
                    }
                });
        Body visitor =
                () -> {
                    int taken = call(seat, Office.Ask::new);
                    if (taken == 0) {
                        send(seat, "mine");
                    }
                };
        var first = spawnMonitor(visitor);
        var second = spawnMonitor(visitor);
        awaitDown(first.monitor());
        awaitDown(second.monitor());
        int taken = call(seat, Office.Ask::new);
        assertThat(taken).as("seats taken").isEqualTo(1);
    }

    @Test
    void aRaceIsFoundAndItsSeedNamed() {
        Throwable failure = underSeeds("withDefaults", 1, 1000, () -> raceForASeat());
        assertThat(failure)
                .isInstanceOf(ScenarioFailure.class)
                .hasMessageContaining("seats taken")
                .hasMessageContaining("replay with -Dbureau.seed=")
                .hasMessageNotContaining("it passed when tried again")
                .hasCauseInstanceOf(AssertionError.class);
        Matcher seed = Pattern.compile("-Dbureau.seed=(\\d+)").matcher(failure.getMessage());
        assertThat(seed.find()).isTrue();
        long found = Long.parseLong(seed.group(1));

        Throwable replayed = underSeeds("withDefaults", found, found, () -> raceForASeat());
        assertThat(replayed)
                .hasMessageContaining("seed " + found)
                .hasMessageContaining("seats taken")
                .hasMessageContaining("who ran last")
                .hasMessageContaining("#PID<0.2.0>");
    }

    @Test
    void whatHasNoRacePasses() {
        assertThat(underSeeds("withDefaults", 1, 1000, () -> lookThenTake())).isNull();
    }

    @Test
    void aFailureThatTheSeedDoesNotDecideIsToldApart() {
        RUNS.set(0);
        Throwable failure =
                underSeeds(
                        "withDefaults",
                        1,
                        1000,
                        () -> {
                            if (RUNS.incrementAndGet() == 10) {
                                throw new IllegalStateException("the tenth");
                            }
                        });
        assertThat(failure)
                .hasMessageContaining("seed 10 of 1000")
                .hasMessageContaining("it passed when tried again");
    }

    @Test
    void aFailureOnCarriersKeepsItsStack() {
        Throwable failure = onCarriers("withDefaults", 2, () -> outOfPaper());
        assertThat(failure)
                .hasMessageContaining("in run 1 of 5")
                .hasMessageContaining("out of paper")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("outOfPaper");
    }

    private static void outOfPaper() {
        throw new IllegalStateException("out of paper");
    }

    @Test
    void waitingForEverOnCarriersTellsWhoWaitsWhere() {
        Throwable failure = onCarriers("withASecond", 1, () -> waitForAnAnswer());
        assertThat(failure)
                .hasMessageContaining("the time is over")
                .hasMessageContaining("2 processes")
                .hasMessageContaining("waitForAnAnswer");
    }

    private static void waitForAnAnswer() {
        receive(String.class);
    }

    @Test
    void aBusyLoopInSimulationIsGivenUp() {
        AtomicInteger stop = new AtomicInteger();
        try {
            Throwable failure = underSeeds("withASecond", 1, 10, () -> spin(stop));
            assertThat(failure)
                    .hasMessageContaining("seed 1 of 10")
                    .hasMessageContaining("longer than 1 s")
                    .hasMessageContaining("spin");
        } finally {
            stop.set(1);
        }
    }

    @Test
    void tooManySeedsForTheTimeAreGivenUp() {
        Throwable failure =
                underSeeds(
                        "withASecond",
                        1,
                        1_000_000,
                        () -> {
                            for (int i = 0; i < 1000; i++) {
                                sleep(ofMillis(1));
                            }
                        });
        assertThat(failure)
                .hasMessageContaining("the time is over: seed ")
                .hasMessageContaining("of 1000000 after 1 s")
                .hasMessageNotContaining("passed when tried again");
    }

    private static void spin(AtomicInteger stop) {
        while (stop.get() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aLeakOnCarriersIsAFailure() {
        Throwable failure = onCarriers("withDefaults", 1, () -> spawn(() -> parkForEver()));
        assertThat(failure).hasMessageContaining("leak").hasMessageContaining("parkForEver");
    }

    private static void parkForEver() {
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }

    @Test
    void anOutcomeThatIsNotListedIsAFailure() {
        assertThat(onCarriers("withTwoOutcomes", 1, () -> observe("other")))
                .hasMessageContaining("expected only the outcomes [this, that], got: [other]");
    }

    @Test
    void anOutcomeThatNoSeedLeadsToIsAFailure() {
        assertThat(underSeeds("withTwoOutcomes", 1, 1000, () -> observe("this")))
                .hasMessageContaining("expected each of the outcomes [this, that] to be seen");
        assertThat(onCarriers("withTwoOutcomes", 1, () -> observe("this"))).isNull();
    }

    @Test
    void assertionsSayWhatWasThere() {
        assertThat(
                        underSeeds(
                                "withDefaults",
                                1,
                                1,
                                () -> {
                                    send(self(), "unexpected");
                                    assertReceive(Integer.class);
                                }))
                .hasMessageContaining("expected a message of Integer within PT5S")
                .hasMessageContaining("[unexpected]");
        assertThat(
                        underSeeds(
                                "withDefaults",
                                1,
                                1,
                                () -> {
                                    sendAfter(self(), 3, ofMillis(20));
                                    refuteReceive(Integer.class);
                                }))
                .hasMessageContaining("expected no message of Integer, got: 3");
        assertThat(underSeeds("withDefaults", 1, 1, () -> eventually(() -> false)))
                .hasMessageContaining("expected it to become true within PT5S");
        assertThat(underSeeds("withDefaults", 1, 1, () -> awaitDown(self())))
                .hasMessageContaining("expected the process to end");
    }
}
