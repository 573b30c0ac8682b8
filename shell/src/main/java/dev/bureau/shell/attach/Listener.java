package dev.bureau.shell.attach;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// Waits for terminals at a node's socket, and lets those of the node's own user in.
public final class Listener implements AutoCloseable {
    private static final int MOST_SESSIONS = 64;

    private final HostNode host;
    private final SocketFolder.Claim claim;
    private final Set<ServedSession> sessions = ConcurrentHashMap.newKeySet();
    private final Thread atExit;

    private Listener(HostNode host, SocketFolder.Claim claim) {
        this.host = host;
        this.claim = claim;
        this.atExit = new Thread(this::remove, "bureau-socket");
    }

    /// Takes the name of `host` and waits for terminals until closed.
    ///
    /// @throws AttachException if the name is taken, or there is no safe place for a socket
    public static Listener start(HostNode host) {
        var listener = new Listener(host, SocketFolder.claim(host.name()));
        Runtime.getRuntime().addShutdownHook(listener.atExit);
        Thread.ofPlatform().daemon().name("bureau-shell-listener").start(listener::accept);
        return listener;
    }

    private void accept() {
        try (var channel = claim.channel()) {
            while (true) {
                SocketChannel terminal = channel.accept();
                Thread.ofPlatform()
                        .daemon()
                        .name("bureau-shell-reader")
                        .start(() -> welcome(terminal));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void welcome(SocketChannel terminal) {
        try (Wire wire = Wire.over(terminal)) {
            String problem = problem(terminal);
            if (problem != null) {
                wire.write(new Frame.Refused(problem));
                return;
            }
            var session = new ServedSession(host, wire);
            sessions.add(session);
            try {
                session.serve();
            } finally {
                sessions.remove(session);
            }
        } catch (IOException _) {
            // it is gone
        }
    }

    private @Nullable String problem(SocketChannel terminal) throws IOException {
        UserPrincipal owner = Files.getOwner(claim.socket());
        UserPrincipal peer = terminal.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        String problem = refusal(host.name(), owner, peer);
        if (problem != null) return problem;
        return sessions.size() < MOST_SESSIONS
                ? null
                : MOST_SESSIONS + " terminals are attached already, which is the limit";
    }

    /// Why a node does not let somebody in, whom the operating system has named; null if it does.
    static @Nullable String refusal(String node, UserPrincipal owner, UserPrincipal peer) {
        if (peer.getName().equals(owner.getName())) return null;
        return "the node %s belongs to %s, and you are %s"
                .formatted(node, owner.getName(), peer.getName());
    }

    /// Where it listens.
    public java.nio.file.Path socket() {
        return claim.socket();
    }

    /// Frees the name and ends the sessions.
    @Override
    public void close() {
        remove();
        for (ServedSession session : sessions) session.end("the node has stopped");
        host.compilers().close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // the virtual machine is going down already
        }
    }

    private void remove() {
        try {
            claim.channel().close();
            Files.deleteIfExists(claim.socket());
        } catch (IOException _) {
            // found to be stale by the next who looks
        }
    }
}
