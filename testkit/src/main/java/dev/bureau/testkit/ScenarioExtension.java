package dev.bureau.testkit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/// Makes of a [Scenario] one JUnit invocation for each number of carriers and one for all seeds.
final class ScenarioExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return scenario(context) != null;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext context) {
        Scenario scenario = java.util.Objects.requireNonNull(scenario(context));
        List<TestTemplateInvocationContext> invocations = new ArrayList<>();
        Long replayed = Long.getLong("bureau.seed");
        if (scenario.simulated() && replayed != null) {
            invocations.add(
                    new Invocation("seed " + replayed, new SeedRuns(scenario, replayed, replayed)));
            return invocations.stream();
        }
        for (int carriers : scenario.carriers()) {
            invocations.add(
                    new Invocation(
                            carriers == 1 ? "1 carrier" : carriers + " carriers",
                            new CarrierRuns(scenario, carriers)));
        }
        if (scenario.simulated()) {
            int seeds = Integer.getInteger("bureau.seeds", scenario.seeds());
            invocations.add(new Invocation("seeds 1.." + seeds, new SeedRuns(scenario, 1, seeds)));
        }
        return invocations.stream();
    }

    private static @Nullable Scenario scenario(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        return AnnotationSupport.findAnnotation(method, Scenario.class).orElse(null);
    }

    private record Invocation(String name, Extension runs)
            implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return name;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(runs);
        }
    }
}
