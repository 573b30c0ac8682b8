package dev.bureau.observer.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// The JVM's leave to change the code of classes that are loaded: from Bureau's agent, if the program was started with it; else it is asked for with a
/// second JVM, which attaches to this one and loads an agent.
final class CodeAccess {
    private static final String AGENT = "dev.bureau.agent.Agent";
    private static final int ATTACH_SECONDS = 30;

    private static @Nullable Instrumentation known;

    private CodeAccess() {}

    /// That leave.
    ///
    /// @throws UnsupportedOperationException if the JVM does not give it
    static synchronized Instrumentation get() {
        Instrumentation found = known;
        if (found == null) {
            found = ofAgent();
            if (found == null) found = byAttaching();
            known = found;
        }
        return found;
    }

    private static @Nullable Instrumentation ofAgent() {
        try {
            Class<?> agent = Class.forName(AGENT, true, ClassLoader.getSystemClassLoader());
            return (Instrumentation) agent.getMethod("instrumentation").invoke(null);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException none) {
            return null;
        }
    }

    private static Instrumentation byAttaching() {
        Path jar = null;
        try {
            jar = Files.createTempFile("bureau-probe", ".jar");
            writeAgent(jar);
            attach(jar);
            Object given = System.getProperties().remove(Handover.KEY);
            if (given instanceof Instrumentation jvm) return jvm;
            throw refused("the agent was loaded and did not start", null);
        } catch (IOException failed) {
            throw refused(String.valueOf(failed), failed);
        } finally {
            delete(jar);
        }
    }

    private static void attach(Path jar) throws IOException {
        Process attaching =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "-cp",
                                jar.toString(),
                                Attach.class.getName(),
                                String.valueOf(ProcessHandle.current().pid()),
                                jar.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            // First its words, lest it waits for somebody to read them.
            String said =
                    new String(
                            attaching.getInputStream().readNBytes(10_000), StandardCharsets.UTF_8);
            if (!attaching.waitFor(ATTACH_SECONDS, TimeUnit.SECONDS)) {
                throw refused("attaching has taken longer than " + ATTACH_SECONDS + " s", null);
            }
            if (attaching.exitValue() != 0) throw refused(firstLine(said), null);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw refused("interrupted", stop);
        } finally {
            attaching.destroyForcibly();
        }
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
    }

    private static UnsupportedOperationException refused(String why, @Nullable Exception cause) {
        return new UnsupportedOperationException(
                "to trace calls the code of this JVM has to be changed, and it does not let us ("
                        + why
                        + "): start it with -javaagent:bureau-agent.jar, or from a JDK and without"
                        + " -XX:+DisableAttachMechanism and -XX:-EnableDynamicAgentLoading",
                cause);
    }

    private static void writeAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Agent-Class", Handover.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Can-Redefine-Classes", "true");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> type : new Class<?>[] {Handover.class, Attach.class}) {
                entries.putNextEntry(new JarEntry(type.getName().replace('.', '/') + ".class"));
                try (InputStream code =
                        Objects.requireNonNull(
                                type.getResourceAsStream(type.getSimpleName() + ".class"))) {
                    code.transferTo(entries);
                }
                entries.closeEntry();
            }
        }
    }

    private static void delete(@Nullable Path jar) {
        if (jar == null) return;
        try {
            Files.deleteIfExists(jar);
        } catch (IOException stays) {
            // The system empties that folder.
            jar.toFile().deleteOnExit();
        }
    }
}
