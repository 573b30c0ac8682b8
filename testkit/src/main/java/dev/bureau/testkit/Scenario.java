package dev.bureau.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test whose method runs as a process of a fresh node: several times on the real scheduler, then once for each of
/// many seeds on the [SeededScheduler], which tries another order of events each time.
///
/// ```java
/// @Scenario
/// void aMonitorTellsTheRealReason() {
///     Pid worker = spawn(() -> exit("done"));
///     ExitReason reason = awaitDown(worker);
///     assertThat(reason).isIn(new ExitReason.Custom("done"), ExitReason.NOPROC);
/// }
/// ```
///
/// The scenario passes when the method returns. What it leaves running is killed; a process that does not end then is a
/// leak, and a failure. Crash reports are kept off the console (see [ProcessAssertions#captureLog]).
///
/// In simulation time is virtual: sleeping and time limits cost nothing, and only what goes through Bureau may wait. A
/// method that needs real time, sockets or a busy loop says `simulated = false`. There, any process that could run may be
/// the next, whatever its priority.
///
/// A failure in simulation names its seed; `-Dbureau.seed=N` runs that seed alone and shows who ran when.
/// `-Dbureau.seeds=N` and `-Dbureau.runs=N` change how many there are.
///
/// What the method captures in lambdas is isolated like anything else, so keep test classes without state.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(ScenarioExtension.class)
public @interface Scenario {
    /// How many seeds: 1 to this number.
    int seeds() default 1000;

    /// How many runs on the real scheduler, for each number of carriers.
    int runs() default 5;

    /// On how many carriers the real scheduler runs it.
    int[] carriers() default {1, 2};

    /// Whether it runs on the seeded scheduler too.
    boolean simulated() default true;

    /// After how many seconds of real time one invocation, that is all its runs or seeds, is given up.
    int timeoutSeconds() default 20;

    /// How many processes may be alive on the node, the one that watches the scenario included.
    int maxProcesses() default 1 << 18;

    /// The outcomes that are right, for a scenario that may legally end in several ways and says which it was by
    /// [ProcessAssertions#observe]. Any other fails it, and so does one that no seed has led to.
    String[] outcomes() default {};
}
