package dev.bureau.shell.attach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.bureau.kernel.Node;
import dev.bureau.shell.AttachException;
import dev.bureau.shell.AttachPoint;
import dev.bureau.shell.ProgramCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node lets nobody in but its own user. Where the tests run as root, somebody else really comes.
@Timeout(60)
class OtherUsersTest {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final int NOBODY = 65534;

    private Path temporary;
    private Path folder;
    private Node node;
    private AttachPoint door;

    @BeforeEach
    void open() throws IOException {
        temporary = Files.createTempDirectory("b"); // short, as the path of a socket must be
        folder = temporary.resolve("s");
        System.setProperty(SocketFolder.PROPERTY, folder.toString());
        node = Node.start(Node.options().schedulers(1));
        door = AttachPoint.open(node, "shop", "a test", ProgramCode.ofThisVirtualMachine());
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        node.stop();
        System.clearProperty(SocketFolder.PROPERTY);
        try (var all = Files.walk(temporary)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private record User(String name) implements UserPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    private static void assumeRoot() {
        assumeTrue(new UnixSystem().getUid() == 0, "needs root, to become somebody else");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void areToldWhoseTheNodeIs() {
        var ada = new User("ada");
        assertThat(Listener.refusal("shop", ada, new User("ada"))).isNull();
        for (String other : new String[] {"root", "Ada", "", "1001"}) {
            assertThat(Listener.refusal("shop", ada, new User(other)))
                    .isEqualTo("the node shop belongs to ada, and you are " + other);
        }
    }

    @Test
    void areRefusedByTheNodeEvenWhereTheFolderWouldLetThemIn() throws Exception {
        assumeRoot();
        assumeTrue(Files.isExecutable(SETPRIV), "needs util-linux' setpriv");
        mode(temporary, "rwxr-xr-x");
        mode(folder, "rwxrwxrwx");
        mode(door.socket(), "rw-rw-rw-");
        String name = Stranger.class.getName().replace('.', '/') + ".class";
        Path program = temporary.resolve(name);
        Files.createDirectories(program.getParent());
        try (var code = Stranger.class.getResourceAsStream("Stranger.class")) {
            Files.copy(code, program);
        }
        Process stranger =
                new ProcessBuilder(
                                SETPRIV.toString(),
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups",
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                temporary.toString(),
                                Stranger.class.getName(),
                                door.socket().toString())
                        .directory(temporary.toFile())
                        .redirectErrorStream(true)
                        .start();
        String told = new String(stranger.getInputStream().readAllBytes(), UTF_8);
        assertThat(stranger.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String root = Files.getOwner(door.socket()).getName();
        assertThat(told)
                .contains("the node shop belongs to " + root + ", and you are ")
                .doesNotContain("a test", "shop(1)>");
    }

    @Test
    void whoseFolderItIsIsSaidToWhoLooksForANodeThere() throws Exception {
        assumeRoot();
        Files.setAttribute(folder, "unix:uid", NOBODY);
        String problem = "the folder for sockets belongs to somebody else: " + folder;
        assertThatThrownBy(() -> SocketFolder.connect("shop"))
                .isInstanceOf(AttachException.class)
                .hasMessage("no node is called shop; " + problem);
        assertThatThrownBy(() -> AttachPoint.open(node, "other")).hasMessage(problem);
        assertThat(SocketFolder.entries()).isEmpty();
    }
}
