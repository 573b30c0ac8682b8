package dev.bureau.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.weaver.Weaver;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs in JVMs of their own, which would not end if they were not woven.
class AgentTest {
    private static final String ENDLESS =
            """
            package endless;

            public class Main {
                public static void main(String[] args) {
                    System.out.println("started");
                    while (true) {
                        try {
                            if (args.length > 0) throw new Exception();
                        } catch (Throwable t) {
                        }
                    }
                }
            }
            """;

    /// Without a loop that polls, and with an end.
    private static final String SHORT =
            """
            package endless;

            public class Main {
                public static void main(String[] args) {
                    int x = 0;
                    for (int i = 0; i < 1000; i++) x += i * x;
                    System.out.println("ended");
                }
            }
            """;

    @TempDir static Path shared;
    private static Path agent;
    @TempDir Path folder;

    @BeforeAll
    static void pack() throws IOException {
        agent = shared.resolve("agent.jar");
        jar(
                agent,
                Map.of("Premain-Class", Agent.class.getName()),
                home(Agent.class),
                home(Weaver.class));
    }

    @Test
    void weavesAProgram() throws Exception {
        compile(ENDLESS);
        assertThat(
                        java(
                                "-javaagent:" + agent,
                                "-cp",
                                path(classes(), stub()),
                                "endless.Main",
                                "throw"))
                .isEqualTo("started\npolled\n");
    }

    @Test
    void leavesOutWhatItIsTold() throws Exception {
        compile(SHORT);
        assertThat(
                        java(
                                "-javaagent:" + agent + "=exclude=endless.*",
                                "-cp",
                                path(classes(), stub()),
                                "endless.Main"))
                .isEqualTo("ended\n");
        assertThat(
                        java(
                                "-javaagent:" + agent + "=include=other.*",
                                "-cp",
                                path(classes(), stub()),
                                "endless.Main"))
                .isEqualTo("ended\n");
        assertThat(
                        java(
                                "-javaagent:" + agent + "=include=endless.*",
                                "-cp",
                                path(classes(), stub()),
                                "endless.Main"))
                .isEqualTo("polled\n");
    }

    @Test
    void leavesAProgramAloneThatDoesNotKnowBureau() throws Exception {
        compile(SHORT);
        assertThat(java("-javaagent:" + agent, "-cp", classes().toString(), "endless.Main"))
                .isEqualTo("ended\n");
    }

    @Test
    void letsAModuleReadTheScheduler() throws Exception {
        Files.writeString(sources().resolve("module-info.java"), "module endless { }");
        compile(ENDLESS);
        assertThat(
                        java(
                                "-javaagent:" + agent,
                                "-cp",
                                stub().toString(),
                                "-p",
                                classes().toString(),
                                "-m",
                                "endless/endless.Main"))
                .isEqualTo("started\npolled\n");
    }

    @Test
    void startsWithAJarThatNamesIt() throws Exception {
        compile(ENDLESS);
        var program = folder.resolve("program.jar");
        var manifest =
                Map.of(
                        "Main-Class",
                        "endless.Main",
                        "Launcher-Agent-Class",
                        Agent.class.getName(),
                        "Class-Path",
                        agent.toUri() + " " + stub().toUri());
        jar(program, manifest, classes());
        assertThat(java("-jar", program.toString())).isEqualTo("started\npolled\n");
    }

    /// A cache holds classes as they are in their jar, and takes in none that was woven. A JVM with an agent does not use one
    /// that was made without.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weavesAProgramThatHasAnAotCache(boolean madeWithAgent) throws Exception {
        compile(SHORT);
        var program = folder.resolve("program.jar");
        jar(program, Map.of(), classes(), stub());
        var cache = folder.resolve("program.aot");
        var weaving = "-javaagent:" + agent;
        List<String> main = List.of("-cp", program.toString(), "endless.Main");

        var training = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + cache));
        if (madeWithAgent) training.add(weaving);
        training.addAll(main);
        assertThat(java(training.toArray(String[]::new)))
                .contains(madeWithAgent ? "polled\n" : "ended\n");

        var run = new ArrayList<>(List.of("-XX:AOTCache=" + cache, weaving));
        if (madeWithAgent) run.add("-XX:AOTMode=on"); // or it does not start
        run.addAll(main);
        assertThat(java(run.toArray(String[]::new))).endsWith("polled\n");
    }

    @Test
    void refusesToStartWithSettingsItDoesNotKnow() throws Exception {
        compile(SHORT);
        assertThat(
                        java(
                                "-javaagent:" + agent + "=nonsense",
                                "-cp",
                                classes().toString(),
                                "endless.Main"))
                .contains("expected include=, exclude= or lambdas=, got: nonsense")
                .doesNotContain("ended");
    }

    private Path sources() throws IOException {
        return Files.createDirectories(folder.resolve("src"));
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private void compile(String main) throws IOException {
        Files.writeString(sources().resolve("Main.java"), main);
        var arguments = new ArrayList<>(List.of("-d", classes().toString()));
        try (var files = Files.list(sources())) {
            files.map(Path::toString).forEach(arguments::add);
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    }

    /// The folder with the yield point that stands in for the scheduler's, and nothing else.
    private static Path stub() throws IOException {
        var name = "dev/bureau/scheduler/woven/YieldPoint.class";
        var there = shared.resolve("stub").resolve(name);
        if (Files.notExists(there)) {
            Files.createDirectories(there.getParent());
            Files.copy(home(AgentTest.class).resolve(name), there);
        }
        return shared.resolve("stub");
    }

    private static String path(Path... entries) {
        return String.join(File.pathSeparator, Arrays.stream(entries).map(Path::toString).toList());
    }

    /// The folder or jar a class is from.
    private static Path home(Class<?> type) {
        return Path.of(
                URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void jar(Path jar, Map<String, String> manifest, Path... homes)
            throws IOException {
        var entries = new Manifest();
        entries.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> entries.getMainAttributes().putValue(name, value));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), entries)) {
            for (var home : homes) {
                if (Files.isDirectory(home)) {
                    copy(home, out);
                } else {
                    try (FileSystem files = FileSystems.newFileSystem(home)) {
                        copy(files.getPath("/"), out);
                    }
                }
            }
        }
    }

    private static void copy(Path root, JarOutputStream out) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = root.relativize(file).toString().replace('\\', '/');
                if (!name.endsWith(".class") || name.equals("module-info.class")) continue;
                out.putNextEntry(new ZipEntry(name));
                Files.copy(file, out);
            }
        }
    }

    private static String java(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("agent", ".out");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command.toString()).isTrue();
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }
}
