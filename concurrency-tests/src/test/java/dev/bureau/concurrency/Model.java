package dev.bureau.concurrency;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;
import org.openjdk.jcstress.annotations.Expect;

/// A race as Lincheck sees it: each actor an operation in a thread of its own, run through interleavings, fewest
/// switches first. Sequentially consistent ones only: what hangs on the memory model is left to jcstress.
public class Model {
    /// Lincheck makes the instances of this class and of the verifier itself.
    private static Class<?> type = Model.class;

    private final Race<Object> race = Races.newRace(type);
    private final Object result = Races.newResult(type);

    @Operation(runOnce = true)
    public void first() {
        race.first(result);
    }

    @Operation(runOnce = true)
    public void second() {
        race.second(result);
    }

    @Operation(runOnce = true)
    public void third() {
        race.third(result);
    }

    @Operation(runOnce = true)
    public String end() {
        race.end(result);
        return result.toString();
    }

    /// The interleaving that leads to an outcome which is not acceptable; empty when `invocations` found none.
    static String counterexample(Class<?> race, int invocations) throws Exception {
        type = race;
        List<List<org.jetbrains.kotlinx.lincheck.Actor>> threads = new ArrayList<>();
        for (String name : List.of("first", "second", "third").subList(0, Races.actors(race))) {
            threads.add(List.of(actor(name)));
        }
        ModelCheckingOptions options =
                new ModelCheckingOptions()
                        .iterations(0)
                        .invocationsPerIteration(invocations)
                        .addCustomScenario(
                                new ExecutionScenario(
                                        List.of(), threads, List.of(actor("end")), null))
                        .minimizeFailedScenario(false)
                        .loopBound(1000)
                        .verifier(Outcomes.class);
        try {
            options.check(Model.class);
            return "";
        } catch (LincheckAssertionError found) {
            return String.valueOf(found.getMessage());
        }
    }

    private static org.jetbrains.kotlinx.lincheck.Actor actor(String name) throws Exception {
        return new org.jetbrains.kotlinx.lincheck.Actor(Model.class.getMethod(name), List.of());
    }

    /// Accepts what the annotations of the race call acceptable.
    public static final class Outcomes implements Verifier {
        private final Races.Expectation expectation = Races.expectation(type);

        /// Lincheck wants this constructor; it passes the sequential specification.
        public Outcomes(Class<?> specification) {
            assert specification == Model.class;
        }

        @Override
        public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
            return results.getPostResults().stream()
                    .allMatch(end -> expectation.of(end.toString()) == Expect.ACCEPTABLE);
        }
    }
}
