package dev.bureau.testkit;

import dev.bureau.kernel.Body;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// One JUnit invocation of a scenario: instead of calling the method, runs it many times as a process.
abstract class ScenarioRuns implements InvocationInterceptor {
    final Scenario scenario;
    private final Set<String> observed = ConcurrentHashMap.newKeySet();

    ScenarioRuns(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        invocation.skip();
        run(body(method));
    }

    /// Runs `body` as often as the scenario says.
    final void run(Body body) throws Throwable {
        try (SchedulerErrors errors = SchedulerErrors.open()) {
            runAll(body);
            judgeOutcomes();
            if (!errors.soFar().isEmpty()) {
                throw new ScenarioFailure("the scheduler has logged " + errors.soFar(), null);
            }
        }
    }

    abstract void runAll(Body body) throws Throwable;

    private static Body body(ReflectiveInvocationContext<Method> invocation) {
        Method method = invocation.getExecutable();
        method.setAccessible(true);
        Object instance = invocation.getTarget().orElse(null);
        Object[] arguments = invocation.getArguments().toArray();
        return () -> {
            try {
                method.invoke(instance, arguments);
            } catch (InvocationTargetException thrown) {
                throw sneaky(Objects.requireNonNull(thrown.getCause()));
            }
        };
    }

    /// The runtime's own throwables, which are no exceptions, must pass too.
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    final void observe(Object outcome) {
        observed.add(String.valueOf(outcome));
    }

    private void judgeOutcomes() {
        Set<String> unexpected = new TreeSet<>(observed);
        List<String> legal = List.of(scenario.outcomes());
        legal.forEach(unexpected::remove);
        if (!legal.isEmpty() && !unexpected.isEmpty()) {
            throw new ScenarioFailure(
                    "expected only the outcomes " + legal + ", got: " + observed, null);
        }
        Set<String> unseen = new LinkedHashSet<>(legal);
        unseen.removeAll(observed);
        if (seesEverything() && !unseen.isEmpty()) {
            throw new ScenarioFailure(
                    "expected each of the outcomes "
                            + legal
                            + " to be seen, got only: "
                            + new TreeSet<>(observed),
                    null);
        }
    }

    /// Whether all legal outcomes should turn up in these runs.
    abstract boolean seesEverything();

    final long limitNanos() {
        return TimeUnit.SECONDS.toNanos(scenario.timeoutSeconds());
    }
}
