package dev.bureau.shell.attach;

import com.sun.security.auth.module.UnixSystem;
import dev.bureau.shell.AttachException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the nodes of a user have their sockets: a folder that only this user can enter, in which `shop.4711` is the socket
/// of the node `shop` in the operating system's process 4711.
///
/*
 * A socket whose process has died stays, and refuses connections: it is stale, and swept by whoever comes across it. Names
 * are claimed and sockets swept under the folder's lock, so that what was stale a moment ago is nobody's new socket.
 */
public final class SocketFolder {
    /// Where the folder is, for tests and unusual machines; both sides must agree.
    static final String PROPERTY = "dev.bureau.sockets";

    private static final int MOST_OF_NAME = 41;

    /// Of the path of a socket: less than any system's limit.
    private static final int MOST_BYTES = 100;

    /// A lock on a file belongs to the whole virtual machine.
    private static final ReentrantLock THIS_MACHINE = new ReentrantLock();

    private final Path path;

    private SocketFolder(Path path) {
        this.path = path;
    }

    /// A node's socket.
    ///
    /// @param name the node's name
    /// @param pid of the operating system's process
    public record Entry(String name, long pid, Path socket) {
        /// Connects to it.
        SocketChannel connect() throws IOException {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        }

        /// Whether somebody listens.
        boolean isLive() {
            try (SocketChannel _ = connect()) {
                return true;
            } catch (IOException _) {
                return false;
            }
        }
    }

    /// A socket that listens, under a name nobody else has.
    record Claim(ServerSocketChannel channel, Path socket) {}

    /// The folders in which nodes of this user may have put their sockets: the session's, and that of all sessions, since a
    /// node may have been started outside of any.
    static List<SocketFolder> all() {
        String given = System.getProperty(PROPERTY);
        if (given != null) return List.of(new SocketFolder(Path.of(given)));
        var folders = new ArrayList<SocketFolder>();
        long user = user();
        String session = System.getenv("XDG_RUNTIME_DIR");
        if (session != null && !session.isEmpty()) {
            Path own = Path.of(session);
            if (Files.isDirectory(own) && Files.isWritable(own) && owner(own) == user) {
                folders.add(new SocketFolder(own.resolve("bureau")));
            }
        }
        folders.add(
                new SocketFolder(
                        Path.of(System.getProperty("java.io.tmpdir")).resolve("bureau-" + user)));
        return folders;
    }

    /// Takes a name and listens.
    ///
    /// @throws AttachException if the name is taken or no name, or the folder is not safe
    static Claim claim(String name) {
        requireName(name);
        SocketFolder first = all().getFirst();
        first.create();
        THIS_MACHINE.lock();
        try (FileChannel file = first.lockFile();
                var _ = file.lock()) {
            for (Entry entry : live(name)) {
                throw new AttachException(
                        "the name "
                                + name
                                + " is taken by the node in process "
                                + entry.pid()
                                + ": choose another, or bureau attach "
                                + name);
            }
            return first.listen(name);
        } catch (IOException failure) {
            throw new AttachException(
                    "cannot listen in " + first.path + ": " + failure.getMessage());
        } finally {
            THIS_MACHINE.unlock();
        }
    }

    private static void requireName(String name) {
        if (!isName(name)) {
            throw new AttachException(
                    "expected a name of up to 41 letters, digits and . _ @ -, got: " + name);
        }
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MOST_OF_NAME) return false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c < 128 && Character.isLetterOrDigit(c);
            if (!plain && (i == 0 || "._@-".indexOf(c) < 0)) return false;
        }
        return true;
    }

    /// Connects to the node of that name. It asks nobody else, and that one once: on a machine that is busy each question waits.
    ///
    /// @throws AttachException if there is none
    static SocketChannel connect(String name) {
        requireName(name);
        for (SocketFolder folder : all()) {
            if (folder.problem() != null) continue;
            for (Entry entry : folder.list()) {
                if (!entry.name().equals(name)) continue;
                try {
                    return entry.connect();
                } catch (IOException _) {
                    // stale, and swept by who looks for what there is
                }
            }
        }
        throw new AttachException("no node is called " + name + "; " + instead(name));
    }

    /// What somebody is told who looks for a node that there is not: why it is not seen, or what there is.
    private static String instead(String name) {
        for (SocketFolder folder : all()) {
            String problem = folder.problem();
            if (problem != null) return problem;
        }
        for (SocketFolder folder : ofOthers()) {
            if (folder.list().stream().anyMatch(entry -> entry.name().equals(name))) {
                String user = folder.ownerName();
                return user + " has one, into which nobody else is let: sudo -u " + user + " ...";
            }
        }
        List<String> names = entries().stream().map(Entry::name).sorted().toList();
        return names.isEmpty()
                ? "start one with --name " + name
                : "there is " + String.join(", ", names);
    }

    /// The folders of other users, as far as they can be looked into: by root, who is let in nowhere but would like to know.
    private static List<SocketFolder> ofOthers() {
        return Stream.concat(
                        within(Path.of(System.getProperty("java.io.tmpdir")), "bureau-*"),
                        within(Path.of("/run/user"), "*").map(own -> own.resolve("bureau")))
                .filter(folder -> Files.isReadable(folder) && owner(folder) != user())
                .map(SocketFolder::new)
                .toList();
    }

    private static Stream<Path> within(Path place, String names) {
        var found = new ArrayList<Path>();
        try (var folders = Files.newDirectoryStream(place, names)) {
            folders.forEach(found::add);
        } catch (IOException | DirectoryIteratorException _) {
            // no such place, or none to look into
        }
        return found.stream();
    }

    private String ownerName() {
        try {
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
        } catch (IOException _) {
            return "somebody else";
        }
    }

    private static List<Entry> live(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).toList();
    }

    /// All nodes of this user that listen, by name; stale sockets are swept.
    public static List<Entry> entries() {
        return all().stream()
                .filter(folder -> folder.problem() == null)
                .flatMap(folder -> folder.swept().stream())
                .sorted(java.util.Comparator.comparing(Entry::name))
                .toList();
    }

    private List<Entry> swept() {
        var live = new ArrayList<Entry>();
        var stale = new ArrayList<Entry>();
        for (Entry entry : list()) (entry.isLive() ? live : stale).add(entry);
        if (!stale.isEmpty()) sweep(stale);
        return live;
    }

    private void sweep(List<Entry> stale) {
        boolean nested = THIS_MACHINE.isHeldByCurrentThread(); // a claim holds the lock already
        THIS_MACHINE.lock();
        try (FileChannel file = nested ? null : lockFile();
                var _ = file == null ? null : file.lock()) {
            for (Entry entry : stale) {
                if (!entry.isLive()) Files.deleteIfExists(entry.socket());
            }
        } catch (IOException _) {
            // it stays for the next who comes
        } finally {
            THIS_MACHINE.unlock();
        }
    }

    private List<Entry> list() {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Entry entry = entry(file);
                if (entry != null) entries.add(entry);
            }
        } catch (IOException _) {
            // as good as empty
        }
        return entries;
    }

    /// The socket in a file; null if it is something else.
    private static @Nullable Entry entry(Path file) {
        String name = String.valueOf(file.getFileName());
        int end = name.lastIndexOf('.');
        if (end < 1) return null;
        try {
            return new Entry(
                    name.substring(0, end), Long.parseLong(name, end + 1, name.length(), 10), file);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private Claim listen(String name) throws IOException {
        Path socket = path.resolve(name + "." + ProcessHandle.current().pid());
        if (socket.toString().length() > MOST_BYTES) {
            throw new AttachException(
                    "the path is too long for a socket: "
                            + socket
                            + "; choose a shorter name, or set -D"
                            + PROPERTY);
        }
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Files.deleteIfExists(socket); // of a dead process with the same number
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return new Claim(channel, socket);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private FileChannel lockFile() throws IOException {
        return FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void create() {
        try {
            Files.createDirectory(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException _) {
            // by an earlier node, or by somebody else: looked at below
        } catch (IOException failure) {
            throw new AttachException("cannot make the folder " + path + ": " + failure);
        }
        String problem = problem();
        if (problem != null) throw new AttachException(problem);
    }

    /// Why nothing in this folder is to be trusted; null if it is, or is not there.
    private @Nullable String problem() {
        try {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                        ? "expected a folder for sockets, got something else: " + path
                        : null;
            }
            if (owner(path) != user())
                return "the folder for sockets belongs to somebody else: " + path;
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            return mode.endsWith("------")
                    ? null
                    : "the folder for sockets is open to others: " + path + " (" + mode + ")";
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException failure) {
            return "cannot look at the folder for sockets: " + failure;
        }
    }

    private static long user() {
        return new UnixSystem().getUid();
    }

    private static long owner(Path path) {
        try {
            return ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    .longValue();
        } catch (IOException | UnsupportedOperationException _) {
            return -1;
        }
    }
}
