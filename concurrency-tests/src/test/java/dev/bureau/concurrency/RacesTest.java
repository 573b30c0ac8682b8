package dev.bureau.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.scheduler.LaneTakenAway;
import dev.bureau.scheduler.RunQueueRaces;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.annotations.Expect;

/// Every race on real threads for a moment, and through the interleavings that Lincheck tries first. With the stress
/// profile for longer, and the broken twins must show what they are there to show.
class RacesTest {
    private static final int FEW = 60;
    private static final int MANY = 4_000;
    private static final int VERY_MANY = 40_000;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);

    /// The hazards of the memory model, which no interleaving shows.
    private static boolean isOfMemory(Class<?> race) {
        return race.getSimpleName().startsWith("BrokenMemory");
    }

    /// A full run queue takes too many steps; and what a watchdog asks the system is not the same each time.
    private static Stream<Class<?>> modelled() {
        return Races.sound()
                .filter(race ->
                        race != RunQueueRaces.OneFreeCell.class
                                && race != LaneTakenAway.BetweenTwo.class);
    }

    @TestFactory
    Stream<DynamicTest> noInterleavingBreaksAProtocol() {
        return modelled()
                .map(race ->
                        DynamicTest.dynamicTest(
                                Races.name(race),
                                () -> {
                                    assertThat(Model.counterexample(race, FEW)).isEmpty();
                                }));
    }

    @TestFactory
    @Tag("stress")
    Stream<DynamicTest> noneOfManyInterleavingsBreaksAProtocol() {
        return modelled()
                .map(race ->
                        DynamicTest.dynamicTest(
                                Races.name(race),
                                () -> {
                                    assertThat(Model.counterexample(race, MANY)).isEmpty();
                                }));
    }

    @TestFactory
    @Tag("stress")
    Stream<DynamicTest> someInterleavingBreaksABrokenTwin() {
        return Races.broken()
                .filter(race -> !isOfMemory(race))
                .map(race ->
                        DynamicTest.dynamicTest(
                                Races.name(race),
                                () -> {
                                    assertThat(Model.counterexample(race, VERY_MANY))
                                            .contains("Invalid execution results");
                                }));
    }

    @TestFactory
    Stream<DynamicTest> threadsBreakNoProtocol() {
        return Races.sound()
                .map(race -> DynamicTest.dynamicTest(Races.name(race), () -> run(race, MOMENT)));
    }

    @TestFactory
    @Tag("stress")
    Stream<DynamicTest> threadsBreakNoProtocolForLong() {
        return Races.sound()
                .map(race -> DynamicTest.dynamicTest(Races.name(race), () -> run(race, LONG)));
    }

    @TestFactory
    @Tag("stress")
    Stream<DynamicTest> threadsBreakTheTwinsThatHangOnTheMemoryModel() {
        return Races.broken()
                .filter(RacesTest::isOfMemory)
                .map(race ->
                        DynamicTest.dynamicTest(
                                Races.name(race),
                                () -> {
                                    Races.Expectation expected = Races.expectation(race);
                                    assertThat(run(race, LONG).keySet())
                                            .anyMatch(o ->
                                                    expected.of(o)
                                                            == Expect.ACCEPTABLE_INTERESTING);
                                }));
    }

    private static Map<String, Integer> run(Class<?> race, long nanos) throws Exception {
        Races.Expectation expected = Races.expectation(race);
        Map<String, Integer> outcomes = Threads.run(race, nanos);
        assertThat(outcomes.keySet())
                .as("%s", outcomes)
                .noneMatch(outcome -> expected.of(outcome) == Expect.FORBIDDEN);
        return outcomes;
    }
}
