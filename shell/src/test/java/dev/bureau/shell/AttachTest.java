package dev.bureau.shell;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.register;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.attach.NodeList;
import dev.bureau.shell.session.CompilerStock;
import dev.bureau.shell.session.Session;
import dev.bureau.shell.session.Session.Detail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AttachTest {
    private static final String FOLDER = "dev.bureau.sockets";

    private Path folder;
    private Node node;
    private AttachPoint door;

    @BeforeEach
    void open(@TempDir(factory = ShortFolders.class) Path temporary) {
        folder = temporary.resolve("s");
        System.setProperty(FOLDER, folder.toString());
        node = Node.start(Node.options().schedulers(1));
        door = AttachPoint.open(node, "shop", "a test", ProgramCode.ofThisVirtualMachine());
    }

    @AfterEach
    void close() {
        door.close();
        node.stop();
        System.clearProperty(FOLDER);
    }

    /// The path of a socket must be short.
    static final class ShortFolders implements org.junit.jupiter.api.io.TempDirFactory {
        @Override
        public Path createTempDirectory(
                org.junit.jupiter.api.extension.AnnotatedElementContext element,
                org.junit.jupiter.api.extension.ExtensionContext test)
                throws IOException {
            return Files.createTempDirectory("b");
        }
    }

    private String command(String name, Map<String, String> options) {
        var printed = new ByteArrayOutputStream();
        try (var connection = NodeConnection.to("shop", false, printed::writeBytes)) {
            connection.command(name, options);
            return printed.toString();
        }
    }

    private static void awaitEnd(Node node, Pid pid) {
        try (Guest _ = node.guest()) {
            dev.bureau.kernel.Bureau.monitor(pid);
            receive(Down.class);
        }
    }

    @Test
    void severalLinesAtOnceRunInProcessesOfTheNodeAndLeavingHarmsNothing() {
        Pid server = node.spawn(() -> receive(Thread.class));
        node.run(() -> register("server", server));
        try (var one = Typist.attachedTo("shop");
                var two = Typist.attachedTo("shop")) {
            assertThat(one.type("registered()")).endsWith("==> [server]");
            one.type("link(whereis(\"server\").get())");
            String first = one.type("self()").replaceAll(".*==> ", "");
            assertThat(two.type("self()")).doesNotContain(first);
            two.type("register(\"second\", self())");
            one.type("send(\"second\", \"from the first\")");
            assertThat(two.type("receive(String.class)")).endsWith("\"from the first\"");
        }
        try (var three = Typist.attachedTo("shop")) {
            assertThat(three.type("isAlive(whereis(\"server\").get())")).endsWith("==> true");
        }
    }

    @Test
    void answersWhenTheSchedulersAreBusyAndTheQueuesLong() {
        Busy.GO.set(true);
        for (int i = 0; i < 4; i++) node.spawn(Busy::burn);
        for (int i = 0; i < 200; i++) node.spawn(Busy::talk);
        try (var shell = Typist.attachedTo("shop")) {
            assertThat(shell.type("1 + 1")).endsWith("==> 2");
            assertThat(command("top", Map.of("most", "1", "window", "0.1")))
                    .containsPattern("2\\d\\d processes");
        } finally {
            Busy.GO.set(false);
        }
    }

    @Test
    void aTraceOfEverythingEndsByItsLimitsWhileMessagesFlow() {
        Busy.GO.set(true);
        for (int i = 0; i < 4; i++) node.spawn(Busy::talk);
        try (var shell = Typist.attachedTo("shop")) {
            String shown = shell.type("trace(Trace.everything().limit(200).within(ofMinutes(1)))");
            assertThat(shown).contains("trace over, the limit of events is reached: 200 events, ");
            assertThat(shown.lines().filter(line -> line.contains("#PID<"))).hasSize(200);
            long before = Busy.SENT.sum();
            shown =
                    shell.type(
                            "trace(Trace.everything().perSecond(50).limit(1_000_000).within(ofSeconds(1)))");
            long sent = Busy.SENT.sum() - before;
            var end =
                    Pattern.compile("trace over, the time is over: (\\d+) events, (\\d+) dropped")
                            .matcher(shown);
            assertThat(end.find()).as(shown).isTrue();
            long told = Long.parseLong(end.group(1));
            assertThat(told).isPositive();
            assertThat(shown.lines().filter(line -> line.contains("#PID<"))).hasSize((int) told);
            // Each message is sent and received.
            assertThat(Long.parseLong(end.group(2))).isPositive().isLessThan(2 * sent + 100);
            before = Busy.SENT.sum();
            while (Busy.SENT.sum() < before + 1_000) Thread.onSpinWait();
        } finally {
            Busy.GO.set(false);
        }
    }

    @Test
    void whoeverComesLaterSeesWhatHasCrashed() {
        Pid crashed = node.spawn(() -> dev.bureau.kernel.Bureau.exit("paper jam"));
        awaitEnd(node, crashed);
        assertThat(command("crashes", Map.of())).contains("paper jam");
    }

    /// As `top` is left: in the middle of a window.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoeverLeavesACommandHasNotCrashed(boolean trapping) throws InterruptedException {
        try (var connection = NodeConnection.to("shop", false, _ -> {})) {
            if (trapping) connection.evaluate("trapExits(true)", Detail.NONE);
            Thread asking =
                    Thread.ofPlatform()
                            .start(() -> connection.command("top", Map.of("window", "600")));
            while (asking.isAlive()) {
                connection.interrupt();
                asking.join(50);
            }
        }
        String crashes = command("crashes", Map.of());
        if (trapping) assertThat(crashes).contains("killed");
        else assertThat(crashes).contains("no process has ended otherwise than in order");
    }

    private static final class Busy {
        static final AtomicBoolean GO = new AtomicBoolean();
        static final LongAdder SENT = new LongAdder();

        static void burn() {
            while (GO.get()) Thread.onSpinWait();
        }

        /// Never waits, and lets others run when its slice is over.
        static void talk() {
            Pid itself = self();
            while (GO.get()) {
                send(itself, "again");
                SENT.increment();
                receive(String.class);
            }
        }
    }

    @Test
    void aNameThatIsTakenIsRefusedWithTheProcessThatHasIt() {
        assertThatThrownBy(() -> AttachPoint.open(node, "shop"))
                .isInstanceOf(AttachException.class)
                .hasMessageContaining(
                        "the name shop is taken by the node in process "
                                + ProcessHandle.current().pid());
        assertThat(NodeList.find().nodes()).extracting(NodeList.Node::name).containsExactly("shop");
    }

    @Test
    void namesThatAreNoneOrNobodysAreRefused() {
        assertThatThrownBy(() -> AttachPoint.open(node, "../shop"))
                .hasMessageContaining("expected a name of up to 41 letters");
        assertThatThrownBy(() -> Typist.attachedTo("shopp"))
                .hasMessage("no node is called shopp; there is shop");
        door.close();
        assertThatThrownBy(() -> Typist.attachedTo("shop"))
                .hasMessage("no node is called shop; start one with --name shop");
    }

    @Test
    void aStaleSocketIsSweptAndItsNameFree() throws IOException {
        Path stale = folder.resolve("dead.1");
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(stale));
        }
        assertThat(stale).exists();
        assertThatThrownBy(() -> Typist.attachedTo("dead"))
                .hasMessageContaining("no node is called dead");
        assertThat(stale).doesNotExist();
        AttachPoint.open(node, "dead").close();
    }

    @Test
    void theFolderIsClosedToOthers() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(door.socket())))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> AttachPoint.open(node, "other"))
                .hasMessageContaining("is open to others")
                .hasMessageContaining("rwxr-xr-x");
        assertThat(NodeList.find().nodes()).isEmpty();
    }

    @Test
    void aBrokenTerminalHarmsNobody() throws IOException {
        for (byte[] rubbish :
                new byte[][] {
                    {},
                    {0, 0},
                    {0, 0, 0, 9, 1},
                    {127, 1, 2, 3, 4},
                    "GET / HTTP/1.1\r\n\r\n".getBytes()
                }) {
            try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(door.socket()))) {
                socket.write(ByteBuffer.wrap(rubbish));
            }
        }
        try (var shell = Typist.attachedTo("shop")) {
            assertThat(shell.type("1 + 1")).endsWith("==> 2");
        }
    }

    @Test
    void whoIsCutOffInTheMiddleOfALineLeavesNothingBehind() throws InterruptedException {
        var shell = Typist.attachedTo("shop");
        shell.type("register(\"line\", self())");
        Pid line = node.whereis("line").orElseThrow();
        Thread typing =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                shell.type("{ IO.println(\"begun\"); while (true) {} }");
                            } catch (AttachException _) {
                                // cut off
                            }
                        });
        shell.await(shown -> shown.contains("begun"));
        shell.close();
        awaitEnd(node, line);
        typing.join();
    }

    @Test
    void theNodesEndIsTold() {
        var shell = Typist.attachedTo("shop");
        shell.type("1");
        door.close();
        assertThatThrownBy(() -> shell.type("2")).hasMessage("the node has stopped");
        shell.close();
    }

    @Test
    void anInterruptMayComeWhenTheNodeHasStopped() {
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        try (Session session =
                Session.open(
                        node,
                        new CompilerStock(ProgramCode.ofThisVirtualMachine()),
                        nowhere,
                        nowhere)) {
            node.close();
            assertThatCode(session::interrupt).doesNotThrowAnyException();
        }
    }

    @Test
    void commandsAreAnsweredAsTextJsonOrARefusal() {
        Pid server =
                node.spawn(() -> {
                    register("waiter", self());
                    receive(Thread.class);
                });
        assertThat(command("stack", Map.of("process", server.toString()))).contains("AttachTest");
        assertThat(command("info", Map.of("process", "waiter", "format", "json")))
                .contains("\"name\" : \"waiter\"");
        assertThat(command("top", Map.of("window", "0.05", "format", "json")))
                .startsWith("{")
                .contains("\"rows\" : [");
        assertThat(command("info", Map.of("process", "nobody")))
                .startsWith("** ")
                .contains("nobody");
        assertThat(command("top", Map.of("by", "beauty"))).contains("expected one of [cpu");
        assertThat(command("top", Map.of("most", "-1"))).contains("expected most to be a number");
        assertThat(command("tables", Map.of("format", "mermaid")))
                .contains("cannot be shown as mermaid");
        assertThat(command("kill", Map.of("process", "waiter"))).contains("has exited: killed");
    }
}
