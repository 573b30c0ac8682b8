package dev.bureau.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// Weaves the classes of a program as they are loaded.
///
/// ```sh
/// java -javaagent:bureau-agent.jar ...
/// java '-javaagent:bureau-agent.jar=include=com.acme.*,!com.acme.gen.*;exclude=org.fast.*' ...
/// ```
///
/// Or `Launcher-Agent-Class: dev.bureau.agent.Agent` in the manifest of a jar that `java -jar` starts, with this jar on its
/// class path. Classes that are loaded before the agent stay as they are; so do those whose class loader does not
/// know Bureau.
///
/// A JVM with an agent uses no AOT cache that was made without it, and says so on its output. From one that was made with
/// it come all classes but the woven ones, which it reads and weaves anew: a program that is to start fast is better woven
/// when it is built.
public final class Agent {
    private static volatile @Nullable Instrumentation instrumentation;

    private Agent() {}

    /// What the JVM has given it, for tracing calls; null if it was not started as an agent.
    public static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }

    /// Called by the JVM before `main`.
    public static void premain(@Nullable String settings, Instrumentation jvm) {
        start(settings, jvm);
    }

    /// Called by the JVM when the agent comes with the program's own jar, or into a program that runs.
    public static void agentmain(@Nullable String settings, Instrumentation jvm) {
        start(settings, jvm);
    }

    private static void start(@Nullable String settings, Instrumentation jvm) {
        instrumentation = jvm;
        var transformer = new WeavingTransformer(Settings.of(settings), jvm);
        try (var own = Agent.class.getResourceAsStream("Agent.class")) {
            // all that weaving needs is loaded now, and not while a class loader waits for it
            if (own != null) transformer.woven(own.readAllBytes());
        } catch (IOException _) {
            // then it is loaded later
        }
        jvm.addTransformer(transformer);
    }
}
