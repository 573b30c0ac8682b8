package dev.bureau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `bureau run --name`, and what comes of it from other terminals.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NamedNodeTest {
    @TempDir Path folder;
    private final String name = "named-" + ProcessHandle.current().pid();
    private Launched node;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(
                folder.resolve("Waits.java"),
                """
                import static dev.bureau.kernel.Bureau.*;

                void main() {
                    IO.println("open");
                    receive(Thread.class);
                }
                """);
        node = run().saying("open");
    }

    @AfterEach
    void close() throws Exception {
        node.process().destroyForcibly();
        node.finish();
    }

    /// What it would keep of a gigabyte does not fit its heap.
    private Launched run() throws Exception {
        return Launched.start(
                folder,
                List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError"),
                "run",
                "--name",
                name,
                "Waits.java");
    }

    private Launched.Result attach(String line) throws Exception {
        return Launched.bureau(folder, "attach", name, "--eval", line);
    }

    @Test
    void aGigabyteThatALinePrintsIsCutAndTheNodeGoesOn() throws Exception {
        var printed =
                attach(
                        "{ var line = \"x\".repeat(99_999); for (int i = 0; i < 10_000; i++) IO.println(line); }");
        assertThat(printed.code()).isZero();
        assertThat(printed.out()).hasSize(4 << 20);
        assertThat(printed.err())
                .isEqualTo(
                        "** 995,805,696 more bytes were printed and cut: between two prompts 4 MB are shown\n");
        var value = attach("\"x\".repeat(20_000_000)");
        assertThat(value.out()).as(value.err()).hasSize(4 << 20);
        assertThat(value.err()).startsWith("** 15,805,697 more bytes were printed and cut");
        assertThat(attach("1 + 1")).isEqualTo(new Launched.Result(0, "2\n", ""));
    }

    @Test
    void itsNameIsTakenUntilItIsGone() throws Exception {
        var second = run().finish();
        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err())
                .isEqualTo(
                        "bureau: the name %s is taken by the node in process %d: choose another, or bureau attach %s\n"
                                .formatted(name, node.process().pid(), name));
        node.process().destroyForcibly().waitFor(); // its socket stays
        var nobody = attach("1 + 1");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).startsWith("bureau: no node is called " + name + "; ");
        assertThat(Launched.bureau(folder, "info", name, "0.1.0"))
                .isEqualTo(new Launched.Result(1, "", nobody.err()));
        node.finish();
        node = run().saying("open");
        assertThat(attach("1 + 1").out()).isEqualTo("2\n");
    }

    @Test
    void itLooksOutForAlarmsAndWritesIntoRecordingsByItself() throws Exception {
        Path recording = folder.resolve("node.jfr");
        Files.writeString(
                folder.resolve("Hoards.java"),
                """
                import static dev.bureau.kernel.Bureau.*;

                void main() {
                    var hoarder = spawn(() -> receive(Thread.class));
                    for (int i = 0; i < 20_000; i++) send(hoarder, i);
                    receive(Thread.class);
                }
                """);
        var hoards =
                Launched.start(
                        folder,
                        List.of("-XX:StartFlightRecording:filename=" + recording),
                        "run",
                        "--name",
                        name + "-2",
                        "Hoards.java");
        hoards.complaining("alarm set: long mailbox #PID<");
        assertThat(Launched.bureau(folder, "alarms", name + "-2").out())
                .containsPattern("Z long mailbox #PID<.*>: 20000 messages");
        hoards.process().destroy();
        assertThat(hoards.finish().code()).isEqualTo(143);
        assertThat(RecordingFile.readAllEvents(recording))
                .extracting(event -> event.getEventType().getName())
                .contains("dev.bureau.Processes", "dev.bureau.LongMailbox");
    }

    @Test
    void alarmsMayBeLeftToTheProgram() throws Exception {
        node.process().destroyForcibly();
        node.finish();
        node =
                Launched.start(folder, "run", "--name", name, "--no-alarms", "Waits.java")
                        .saying("open");
        assertThat(Launched.bureau(folder, "alarms", name).out())
                .isEqualTo("nobody looks out for alarms: see Observer.alarms()\n");
    }
}
