package dev.bureau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `bureau run` as a user meets it: a process with arguments, output and an exit code.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunTest {
    @TempDir Path folder;

    private Path write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void javac(String... args) {
        var javac = javax.tools.ToolProvider.getSystemJavaCompiler();
        assertThat(javac.run(null, null, null, args)).isZero();
    }

    @Nested
    class AProgram {
        @Test
        void runsFromACompactSourceFileThatImportsTheKernel() throws Exception {
            write(
                    "Hello.java",
                    """
                    import module dev.bureau.kernel;
                    import static dev.bureau.kernel.Bureau.*;

                    void main() {
                        var pid = self();
                        spawn(() -> send(pid, "hello"));
                        IO.println(receive(String.class) + " " + (node() == Node.current()));
                    }
                    """);
            var result = Launched.bureau(folder, "run", "Hello.java");
            assertThat(result).isEqualTo(new Launched.Result(0, "hello true\n", ""));
        }

        @Test
        void importsSinglePackagesToo() throws Exception {
            write(
                    "Plain.java",
                    """
                    import dev.bureau.kernel.*;

                    class Plain {
                        public static void main(String[] args) {
                            Pid me = Bureau.self();
                            System.out.println(me != null);
                        }
                    }
                    """);
            assertThat(Launched.bureau(folder, "run", "Plain.java").out()).isEqualTo("true\n");
        }

        @Test
        void mayNotUseWhatTheKernelKeepsToItself() throws Exception {
            write("Sneak.java", "import dev.bureau.kernel.process.*;\nvoid main() {}");
            var result = Launched.bureau(folder, "run", "Sneak.java");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Sneak.java:1: error: package dev.bureau.kernel.process");
        }

        @Test
        void getsAllThatFollowsTheFile() throws Exception {
            write(
                    "Args.java",
                    "void main(String[] args) { IO.println(String.join(\"|\", args)); }");
            var result =
                    Launched.bureau(
                            folder,
                            "run",
                            "--schedulers",
                            "2",
                            "Args.java",
                            "--schedulers",
                            "-h",
                            "--",
                            "a b",
                            "");
            assertThat(result).isEqualTo(new Launched.Result(0, "--schedulers|-h|--|a b|\n", ""));
        }

        @Test
        void readsItsStandardInput() throws Exception {
            write("Echo.java", "void main() { IO.println(\"<\" + IO.readln() + \">\"); }");
            var result = Launched.start(folder, "run", "Echo.java").reading("one\ntwo\n").finish();
            assertThat(result.out()).isEqualTo("<one>\n");
        }

        @Test
        void usesLibraries() throws Exception {
            write(
                    "Lib.java",
                    "public class Lib { public static String name() { return \"lib\"; } }");
            javac(
                    "-d",
                    folder.resolve("classes").toString(),
                    folder.resolve("Lib.java").toString());
            Files.delete(folder.resolve("Lib.java"));
            write("Uses.java", "void main() { IO.println(Lib.name()); }");
            var result = Launched.bureau(folder, "run", "--class-path", "classes", "Uses.java");
            assertThat(result).isEqualTo(new Launched.Result(0, "lib\n", ""));
        }

        @Test
        void findsTheServicesOfLibraries() throws Exception {
            write(
                    "classes/META-INF/services/java.nio.file.spi.FileTypeDetector",
                    "no.such.Detector"); // found, and complained about
            write(
                    "Finds.java",
                    """
                    void main() {
                        try {
                            ServiceLoader.load(java.nio.file.spi.FileTypeDetector.class).findFirst();
                        } catch (ServiceConfigurationError found) {
                            IO.println("found");
                        }
                    }
                    """);
            var result = Launched.bureau(folder, "run", "--class-path", "classes", "Finds.java");
            assertThat(result).isEqualTo(new Launched.Result(0, "found\n", ""));
        }

        @Test
        void usesAllOfTheJdk() throws Exception {
            write(
                    "Jdk.java",
                    "import module java.net.http;\nvoid main() { IO.println(HttpClient.Version.HTTP_2); }");
            assertThat(Launched.bureau(folder, "run", "Jdk.java").out()).isEqualTo("HTTP_2\n");
        }

        @Test
        void isFoundInAFolderWithSpaces() throws Exception {
            write("a folder/Sp.java", "void main() { IO.println(1); }");
            assertThat(Launched.bureau(folder, "run", "a folder/Sp.java").out()).isEqualTo("1\n");
        }
    }

    @Nested
    class TheEnd {
        @Test
        void comesWithMainWhateverOtherProcessesDo() throws Exception {
            write(
                    "Ends.java",
                    """
                    import static dev.bureau.kernel.Bureau.*;

                    void main() {
                        for (int i = 0; i < 1000; i++) spawn(() -> receive());
                        IO.print("done");
                    }
                    """);
            var result = Launched.bureau(folder, "run", "Ends.java");
            assertThat(result).isEqualTo(new Launched.Result(0, "done", ""));
        }

        @Test
        void isNotDelayedByPollersWhenThereAreNoSockets() throws Exception {
            write(
                    "Pollers.java",
                    """
                    void main() {
                        for (var thread : Thread.getAllStackTraces().keySet()) {
                            if (thread.getName().contains("Poller")) IO.println(thread);
                        }
                    }
                    """);
            assertThat(Launched.bureau(folder, "run", "Pollers.java").out()).isEmpty();
        }

        @Test
        void ofAFailureIsACrashReportWithTheProgramsFrames() throws Exception {
            write(
                    "Boom.java",
                    """
                    void main() {
                        deep();
                    }

                    void deep() {
                        throw new IllegalStateException("boom", new RuntimeException("why"));
                    }
                    """);
            var result = Launched.bureau(folder, "run", "Boom.java");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .contains("java.lang.IllegalStateException: boom", "Boom.deep(Boom.java:6)")
                    .contains(
                            "Boom.main(Boom.java:2)", "Caused by: java.lang.RuntimeException: why")
                    .doesNotContain("dev.bureau", "reflect", "VirtualThread")
                    .containsOnlyOnce("IllegalStateException");
        }

        @Test
        void ofAnotherProcessIsALineInTheLog() throws Exception {
            write(
                    "Other.java",
                    """
                    import module dev.bureau.kernel;
                    import static dev.bureau.kernel.Bureau.*;

                    void main() {
                        var other = spawnMonitor(() -> { throw new IllegalStateException("other"); });
                        receive(other.monitor(), Down.class);
                    }
                    """);
            var result = Launched.bureau(folder, "run", "Other.java");
            assertThat(result.code()).isZero();
            assertThat(result.err())
                    .containsPattern("^\\d\\d:\\d\\d:\\d\\d\\.\\d+ \\S+ process #PID<");
        }

        @Test
        void ofAnErrorIsACrashReportToo() throws Exception {
            write("Deep.java", "void main() { main(); }");
            var result = Launched.bureau(folder, "run", "Deep.java");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("StackOverflowError")
                    .doesNotContain("dev.bureau.cli");
        }

        @Test
        void beforeMainCanBeReachedIsACrashReportToo() throws Exception {
            write(
                    "Init.java",
                    """
                    class Init {
                        static int zero = 0, one = 1 / zero;

                        static void main() {}
                    }
                    """);
            var result = Launched.bureau(folder, "run", "Init.java");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Init.java:2")
                    .doesNotContain("dev.bureau.cli", "reflect");
        }

        @ParameterizedTest
        @ValueSource(strings = {"NORMAL", "SHUTDOWN", "new ExitReason.ShutdownWith(1)"})
        void isOrderlyForAnOrderlyReason(String reason) throws Exception {
            assertThat(exitingWith(reason)).isEqualTo(new Launched.Result(0, "", ""));
        }

        @Test
        void ofAnyOtherReasonIsAFailure() throws Exception {
            var result = exitingWith("\"out of paper\"");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("main exited: out of paper");
        }

        private Launched.Result exitingWith(String reason) throws Exception {
            write(
                    "Exits.java",
                    """
                    import module dev.bureau.kernel;
                    import static dev.bureau.kernel.Bureau.*;

                    void main() {
                        exit(%s);
                    }
                    """
                            .formatted(reason));
            return Launched.bureau(folder, "run", "Exits.java");
        }

        @Test
        void byExitKeepsItsCodeAndWhatWasPrinted() throws Exception {
            write("Sys.java", "void main() { IO.print(\"partial\"); System.exit(7); }");
            var result = Launched.bureau(folder, "run", "Sys.java");
            assertThat(result).isEqualTo(new Launched.Result(7, "partial", ""));
        }

        @Test
        void byExitInAnyProcess() throws Exception {
            write(
                    "Sys.java",
                    """
                    import static dev.bureau.kernel.Bureau.*;

                    void main() {
                        spawn(() -> System.exit(8));
                        receive();
                    }
                    """);
            assertThat(Launched.bureau(folder, "run", "Sys.java").code()).isEqualTo(8);
        }

        @ParameterizedTest
        @ValueSource(strings = {"INT", "TERM"})
        void byASignalStopsTheNodeAndHasItsCode(String signal) throws Exception {
            assumeFalse(
                    signal.equals("INT") && inheritsIgnoredInterrupt(),
                    "started in the background of a shell, whose programs ignore ^C");
            write(
                    "Waits.java",
                    """
                    import module dev.bureau.kernel;
                    import static dev.bureau.kernel.Bureau.*;

                    void main() {
                        trapExits(true);
                        IO.print("waiting");
                        IO.print(" until " + ExitReason.isOrderly(receive(Exit.class).reason()));
                    }
                    """);
            var running = Launched.start(folder, "run", "Waits.java").saying("waiting");
            new ProcessBuilder("kill", "-" + signal, "" + running.process().pid())
                    .start()
                    .waitFor();
            int expected = signal.equals("INT") ? 130 : 143;
            assertThat(running.finish())
                    .isEqualTo(new Launched.Result(expected, "waiting until true", ""));
        }
    }

    @Nested
    class AnApplication {
        /// A shop that needs a database; both tell when they stop.
        private static final String SHOP =
                """
                import module dev.bureau.kernel;
                import module dev.bureau.otp;
                import module java.base;
                import static dev.bureau.kernel.Bureau.*;
                import static dev.bureau.otp.Supervisor.*;

                record Shop() implements Application {
                    public List<Application> applications() { return List.of(new Database()); }
                    public Pid start() {
                        var top = Supervisor.startLink(ONE_FOR_ONE);
                        spawn(() -> { IO.print("open "); %s });
                        return top;
                    }
                    public void stop() { IO.print("shop stopped "); }
                }

                record Database() implements Application {
                    public Pid start() { return Supervisor.startLink("tables", ONE_FOR_ONE); }
                    public void stop() { IO.print("database stopped"); }
                }
                """;

        @Test
        void runsUntilItIsToldToEndAndStopsInOrder() throws Exception {
            write("Shop.java", SHOP.formatted(""));
            var running = Launched.start(folder, "run", "Shop.java").saying("open");
            running.process().destroy();
            assertThat(running.finish())
                    .isEqualTo(new Launched.Result(143, "open shop stopped database stopped", ""));
        }

        @Test
        void thatEndsEndsTheProgram() throws Exception {
            write("Shop.java", SHOP.formatted("exit(whereis(\"tables\").orElseThrow(), KILL);"));
            var result = Launched.bureau(folder, "run", "Shop.java");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).isEqualTo("open database stoppedshop stopped ");
            assertThat(result.err())
                    .endsWith(
                            "** the node stopped: PERMANENT application database has ended: killed\n");
        }

        @Test
        void thatDoesNotStartIsReported() throws Exception {
            write(
                    "Shop.java",
                    SHOP.formatted("")
                            .replace(
                                    "Supervisor.startLink(\"tables\", ONE_FOR_ONE)",
                                    "fail(\"no disk\")")
                            .replace(
                                    "record Database() implements Application {",
                                    "record Database() implements Application { Pid fail(String why) { throw exit(why); }"));
            var result = Launched.bureau(folder, "run", "Shop.java");
            assertThat(result)
                    .isEqualTo(
                            new Launched.Result(
                                    1,
                                    "",
                                    "** the node stopped: application database did not start: no disk\n"));
        }

        @Test
        void isStoppedWhenMainEnds() throws Exception {
            write(
                    "Main.java",
                    SHOP.formatted("")
                            + "class Main { static void main() { Application.ensureAllStarted(new Shop()); } }");
            var result = Launched.bureau(folder, "run", "Main.java");
            assertThat(result.code()).isZero();
            assertThat(result.out()).endsWith("shop stopped database stopped");
            assertThat(result.err()).isEmpty();
        }

        @Test
        void needsAConstructorWithoutParameters() throws Exception {
            write(
                    "Shop.java",
                    SHOP.formatted("").replace("record Shop()", "record Shop(int port)"));
            assertThat(Launched.bureau(folder, "run", "Shop.java").err())
                    .isEqualTo(
                            "bureau: Shop is to be started, so the class needs a constructor without parameters that is not private\n");
        }
    }

    /// Whether SIGINT is ignored here and so in all that is started from here; false where the system does not tell.
    private static boolean inheritsIgnoredInterrupt() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(ignored -> (ignored >> (2 - 1) & 1) == 1);
        }
    }

    @Nested
    class ALoop {
        private static final String SPIN =
                """
                public class Spin {
                    public static void forever() {
                        try {
                            while (true) {}
                        } finally {
                            System.out.println("stopped");
                        }
                    }
                }
                """;

        @BeforeEach
        void place() throws Exception {
            write(
                    "Loop.java",
                    """
                    import module dev.bureau.kernel;
                    import static dev.bureau.kernel.Bureau.*;

                    void main() {
                        var spinning = spawn(Spin::forever);
                        sleep(ofMillis(100));
                        exit(spinning, KILL);
                        sleep(ofMillis(500));
                        IO.println("done");
                    }
                    """);
        }

        @Test
        void ofTheProgramIsStopped() throws Exception {
            write("Spin.java", SPIN);
            for (int run = 0; run < 2; run++) // compiled, and out of the cache
            assertThat(Launched.bureau(folder, "run", "Loop.java").out())
                        .isEqualTo("stopped\ndone\n");
        }

        @Test
        void ofALibraryIsStopped() throws Exception {
            makeLibrary();
            assertThat(Launched.bureau(folder, "run", "-cp", "classes", "Loop.java").out())
                    .isEqualTo("stopped\ndone\n");
            assertThat(Launched.bureau(folder, "run", "-cp", "spin.jar", "Loop.java").out())
                    .isEqualTo("stopped\ndone\n");
        }

        @Test
        void isNotStoppedWhereNothingIsWoven() throws Exception {
            write("Spin.java", SPIN);
            assertThat(Launched.bureau(folder, "run", "--no-weave", "Loop.java").out())
                    .isEqualTo("done\n");
            assertThat(Launched.bureau(folder, "run", "--weave-exclude=Spin", "Loop.java").out())
                    .isEqualTo("done\n");
            assertThat(
                            Launched.bureau(folder, "run", "--weave-exclude", "a.*,S*", "Loop.java")
                                    .out())
                    .isEqualTo("done\n");
        }

        @Test
        void isNotLeftOutByWhatIsNoPattern() throws Exception {
            write("Spin.java", SPIN);
            var result = Launched.bureau(folder, "run", "--weave-exclude=a*b", "Loop.java");
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).startsWith("bureau: cannot use --weave-exclude: expected");
        }

        private void makeLibrary() throws Exception {
            var source = write("Spin.java", SPIN);
            javac("-d", folder.resolve("classes").toString(), source.toString());
            Files.delete(source);
            try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("spin.jar")))) {
                jar.putNextEntry(new ZipEntry("Spin.class"));
                Files.copy(folder.resolve("classes/Spin.class"), jar);
            }
        }
    }

    @Nested
    class WhatCannotBeRun {
        @Test
        void asAFileThatDoesNotCompileIsShownByLine() throws Exception {
            write("Bad.java", "void main() {\n    int x = \"s\";\n}\n");
            var result = Launched.bureau(folder, "run", "Bad.java");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .startsWith("Bad.java:2: error: incompatible types")
                    .endsWith("bureau: cannot run Bad.java: it does not compile\n");
        }

        @Test
        void asAFileWithoutMainIsSaid() throws Exception {
            write("No.java", "class No {}");
            var result = Launched.bureau(folder, "run", "No.java");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).startsWith("bureau: no main in No.java: expected void main()");
        }
    }
}
