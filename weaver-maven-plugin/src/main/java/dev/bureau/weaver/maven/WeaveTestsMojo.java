package dev.bureau.weaver.maven;

import java.io.File;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/// Weaves a module's tests.
@Mojo(name = "weave-tests", defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES, threadSafe = true)
public final class WeaveTestsMojo extends WeavingMojo {
    /** Where the classes of the tests are. */
    @Parameter(
            defaultValue = "${project.build.testOutputDirectory}",
            readonly = true,
            required = true)
    private @Nullable File classes;

    @Override
    @Nullable File folder() {
        return classes;
    }
}
