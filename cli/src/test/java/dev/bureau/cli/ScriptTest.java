package dev.bureau.cli;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The `bureau` script, in a checkout made up for the test with a JDK and a Maven that only write
/// down how they are called.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ScriptTest {
    /// The script of this checkout; tests run in the folder of their room.
    private static final Path SCRIPT = Path.of("").toAbsolutePath().resolveSibling("bureau");

    private static final List<String> TOOLS =
            List.of(
                    "awk",
                    "basename",
                    "bash",
                    "cat",
                    "cp",
                    "date",
                    "dirname",
                    "find",
                    "flock",
                    "grep",
                    "head",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "sed",
                    "sh",
                    "sleep",
                    "tail",
                    "touch",
                    "tr");

    @TempDir Path folder;
    private Path checkout;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeACheckout() throws Exception {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        // the usual places of this machine would be found as well
        var script =
                Files.readString(SCRIPT).replaceAll("(\\s)/(usr|opt|Library)/", "$1/nowhere/$2/");
        executable(checkout.resolve("bureau"), script);
        for (var file :
                List.of(
                        "pom.xml",
                        ".mvn/jvm.config",
                        "kernel/pom.xml",
                        "kernel/src/main/java/K.java")) {
            write(checkout.resolve(file), "");
        }
        try (var files = Files.walk(checkout)) {
            for (var file : (Iterable<Path>) files::iterator) setAge(file, 60);
        }
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("PATH", folder.resolve("bin") + ":" + tools());
        environment.put("JAVA_HOME", "");
        executable(
                folder.resolve("bin/mvn"),
                """
                #!/bin/sh
                echo "mvn $*" >> '%s'
                sleep 0.5
                mkdir -p cli/target/run/lib
                echo jar > cli/target/run/bureau.jar
                echo jar > cli/target/run/lib/kernel.jar
                """
                        .formatted(mavenCalls()));
    }

    @Nested
    class TheJdk {
        @Test
        void isThatOfJavaHomeFirst() throws Exception {
            jdk(folder.resolve("bin/../on path"), "25.0.4");
            environment.put("JAVA_HOME", jdk(folder.resolve("home of java"), "25.0.3").toString());
            assertThat(bureau("--version").out()).contains("home of java/bin/java");
        }

        @Test
        void isThatOfThePathNextThroughItsLinks() throws Exception {
            var jdk = jdk(folder.resolve("somewhere/jdk"), "26");
            Files.createSymbolicLink(folder.resolve("bin/java"), jdk.resolve("bin/java"));
            assertThat(bureau("--version").out()).contains("somewhere/jdk/bin/java");
        }

        @Test
        void isFoundInTheUsualPlacesWhenTheOthersAreTooOld() throws Exception {
            environment.put("JAVA_HOME", jdk(folder.resolve("old"), "17.0.15").toString());
            var old = jdk(folder.resolve("older"), "25.0.2");
            Files.createSymbolicLink(folder.resolve("bin/java"), old.resolve("bin/java"));
            jdk(folder.resolve("home/.sdkman/candidates/java/26-open"), "26.0.1");
            jdk(folder.resolve("home/.jdks/temurin-25"), "25.0.3");
            assertThat(bureau("--version").out()).contains(".jdks/temurin-25/bin/java");
        }

        @Test
        void isAskedForWhenThereIsNone() throws Exception {
            environment.put("JAVA_HOME", jdk(folder.resolve("old"), "17.0.15").toString());
            var result = bureau("--version");
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err())
                    .contains("bureau: needs a JDK 25, 25.0.3 or newer, and found only 17.0.15")
                    .contains("set JAVA_HOME");
            assertThat(mavenCalls()).doesNotExist();
        }

        @Test
        void mustHaveACompiler() throws Exception {
            var jre = jdk(folder.resolve("jre"), "25.0.3");
            Files.delete(jre.resolve("bin/javac"));
            environment.put("JAVA_HOME", jre.toString());
            assertThat(bureau("--version").err()).contains("found none");
        }
    }

    @Nested
    class TheBuild {
        @BeforeEach
        void haveAJdk() throws Exception {
            environment.put("JAVA_HOME", jdk(folder.resolve("jdk"), "25.0.3").toString());
        }

        @Test
        void happensOnceAndIsSaid() throws Exception {
            assertThat(bureau("--version").err()).contains("bureau: building for the first time");
            assertThat(bureau("--version").err()).isEmpty();
            assertThat(Files.readAllLines(mavenCalls())).hasSize(1);
        }

        @Test
        void happensAgainWhenASourceIsNewer() throws Exception {
            bureau("--version");
            change("kernel/src/main/java/K.java");
            assertThat(bureau("--version").err())
                    .contains("bureau: a source has changed, building");
            assertThat(bureau("--version").err()).isEmpty();
        }

        @Test
        void isNotWaitedForByWhoLooksIntoANode() throws Exception {
            assertThat(bureau("attach", "shop").err())
                    .contains("bureau: building for the first time");
            change("kernel/src/main/java/K.java");
            for (String command : List.of("attach", "top", "nodes")) {
                assertThat(bureau(command, "shop").err()).isEmpty();
            }
            assertThat(bureau("run", "Shop.java").err())
                    .contains("bureau: a source has changed, building");
        }

        @Test
        void happensAgainWhenAPomIsNewerOrASourceIsGone() throws Exception {
            bureau("--version");
            change("kernel/pom.xml");
            bureau("--version");
            Files.delete(checkout.resolve("kernel/src/main/java/K.java"));
            bureau("--version");
            assertThat(Files.readAllLines(mavenCalls())).hasSize(3);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void happensOnceForManyCallsAtOnce(boolean haveFlock) throws Exception {
            if (!haveFlock) Files.deleteIfExists(folder.resolve("tools/flock"));
            var calls = new ArrayList<Launched>();
            for (int call = 0; call < 4; call++) calls.add(start("--version"));
            for (var call : calls) assertThat(call.finish().code()).isZero();
            assertThat(Files.readAllLines(mavenCalls())).hasSize(1);
            assertThat(checkout.resolve("target/bureau/lock.d")).doesNotExist();
        }

        @Test
        void takesOverFromACallThatDied() throws Exception {
            Files.deleteIfExists(folder.resolve("tools/flock"));
            write(checkout.resolve("target/bureau/lock.d/pid"), "999999999\n");
            assertThat(bureau("--version").code()).isZero();
        }

        @Test
        void showsWhatMavenSaysWhenItFails() throws Exception {
            executable(
                    folder.resolve("bin/mvn"),
                    "#!/bin/sh\necho '[INFO] fine'; echo '[ERROR] K.java:[1,2] no good'; exit 1\n");
            var result = bureau("--version");
            assertThat(result.code()).isNotZero();
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .contains("K.java:[1,2] no good", "the build failed")
                    .doesNotContain("fine");
        }

        @Test
        void asksForMaven() throws Exception {
            Files.delete(folder.resolve("bin/mvn"));
            var result = bureau("--version");
            assertThat(result.code()).isNotZero();
            assertThat(result.err())
                    .contains("needs Maven 3.8 or newer to build, and found no mvn");
        }

        @Test
        void leavesTheFilesOfAProgramThatRunsAlone() throws Exception {
            bureau("--version");
            var first = generations().getFirst();
            change("kernel/pom.xml");
            bureau("--version");
            assertThat(generations()).hasSize(2).contains(first);
        }
    }

    @Nested
    class TheRun {
        @BeforeEach
        void haveAJdk() throws Exception {
            environment.put("JAVA_HOME", jdk(folder.resolve("jdk"), "25.0.3").toString());
        }

        @Test
        void handsOverArgumentsAsTheyAre() throws Exception {
            assertThat(bureau("run", "a b.java", "", "*", "--help").out())
                    .endsWith(
                            "--module|dev.bureau.cli/dev.bureau.cli.Main|run|a b.java||*|--help|\n");
        }

        @Test
        void takesTheUsersOptionsForTheJvm() throws Exception {
            environment.put("BUREAU_JAVA_OPTS", " -Xmx64m  -Da=b* ");
            assertThat(bureau("--version").out()).contains("|-Xmx64m|-Da=b*|--module|");
        }

        @Test
        void leavesTheChoiceOfTheCollectorToTheUser() throws Exception {
            assertThat(bureau("--version").out()).contains("|-XX:+UseParallelGC|");
            environment.put("BUREAU_JAVA_OPTS", "-XX:+UseZGC");
            assertThat(bureau("--version").out())
                    .contains("|-XX:+UseZGC|")
                    .doesNotContain("ParallelGC");
        }

        @Test
        void ofTestsIsMavens() throws Exception {
            assertThat(bureau("test", "-pl", "kernel").code()).isZero();
            assertThat(Files.readAllLines(mavenCalls())).containsExactly("mvn verify -pl kernel");
        }

        @Test
        void ofTheOracleNeedsErlang() throws Exception {
            var result = bureau("conformance", "--oracle");
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err())
                    .contains("found no erl on the PATH", "apt-get install -y erlang-base elixir");
            assertThat(mavenCalls()).doesNotExist();
        }

        @Test
        void ofTheOracleBuildsAndHandsOver() throws Exception {
            for (var tool : List.of("erl", "elixir")) {
                executable(folder.resolve("bin").resolve(tool), "#!/bin/sh\n");
            }
            assertThat(bureau("conformance", "--oracle", "--only", "L-0").out())
                    .endsWith("|dev.bureau.conformance.oracle.Oracle|--oracle|--only|L-0|\n");
            assertThat(Files.readAllLines(mavenCalls())).hasSize(1);
        }

        @Test
        void worksThroughALinkFromAnotherFolder() throws Exception {
            var link =
                    Files.createSymbolicLink(
                            folder.resolve("bin/bureau"), checkout.resolve("bureau"));
            var result =
                    Launched.start(folder, environment, List.of(link.toString(), "--version"))
                            .finish();
            assertThat(result.code()).isZero();
            assertThat(checkout.resolve("target/bureau/current")).exists();
        }
    }

    private Launched start(String... args) throws Exception {
        var command = new ArrayList<>(List.of(checkout.resolve("bureau").toString()));
        command.addAll(List.of(args));
        return Launched.start(folder, environment, command);
    }

    private Launched.Result bureau(String... args) throws Exception {
        return start(args).finish();
    }

    private Path mavenCalls() {
        return folder.resolve("maven-calls");
    }

    private List<Path> generations() throws Exception {
        try (var built = Files.list(checkout.resolve("target/bureau"))) {
            return built.filter(Files::isDirectory).toList();
        }
    }

    /// A folder that leads to the tools the script needs, and to no JDK or Maven of this machine.
    private Path tools() throws Exception {
        var tools = folder.resolve("tools");
        for (var tool : TOOLS) {
            for (var place : List.of("/usr/bin", "/bin")) {
                var real = Path.of(place, tool);
                if (!Files.exists(real)) continue;
                executable(tools.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
                break;
            }
        }
        return tools;
    }

    /// Makes up a JDK whose java prints what it is called by and with.
    private static Path jdk(Path home, String version) throws Exception {
        write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s|' \"$0\" \"$@\"; echo\n");
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        return home;
    }

    /// Makes a file look changed since the last build, which is made to look older.
    private void change(String file) throws Exception {
        setAge(checkout.resolve("target/bureau/current"), 20);
        setAge(checkout.resolve(file), 10);
    }

    private static void setAge(Path file, int minutes) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(minutes, MINUTES)));
    }

    private static void executable(Path file, String text) throws Exception {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
