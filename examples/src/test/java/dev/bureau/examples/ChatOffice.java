package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Spawned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The chat server on a node of this JVM, with the test as a guest who can look at its processes and end them.
final class ChatOffice implements AutoCloseable {
    private static final int MAIN_ROOM_AND_GUEST = 3;

    private final Node node;
    private final Guest guest;
    private final Spawned main;
    private final Console console = new Console();
    private final int port;
    private final List<ChatClient> clients = new ArrayList<>();

    ChatOffice(Example chat, int schedulers) throws InterruptedException {
        node = Node.start(Node.options().schedulers(schedulers));
        guest = node.guest();
        main = guest.spawnMonitor(chat.main("0"));
        port = Integer.parseInt(console.after("chat on port "));
    }

    int port() {
        return port;
    }

    Console console() {
        return console;
    }

    ChatClient connect() {
        return keep(ChatClient.connect(port));
    }

    ChatClient connectDeaf() {
        return keep(ChatClient.deaf(port));
    }

    private ChatClient keep(ChatClient client) {
        clients.add(client);
        return client;
    }

    /// A client that has joined.
    ChatClient join(String name) {
        return connect().joins(name);
    }

    /// The process that calls itself so.
    Pid labelled(String label) {
        return eventually(() -> processLabelled(label), "a process labelled " + label);
    }

    private Pid processLabelled(String label) {
        return node.processes().stream()
                .filter(pid ->
                        node.info(pid).flatMap(ProcessInfo::label).equals(Optional.of(label)))
                .findFirst()
                .orElse(null);
    }

    Pid reader(String name) {
        return labelled("connection " + name);
    }

    Pid writer(String name) {
        return node.info(reader(name)).orElseThrow().links().getFirst();
    }

    Pid room() {
        return labelled("chat room");
    }

    Pid main() {
        return main.pid();
    }

    /// Whether a process waits for a client to read what it has been sent.
    boolean isBlockedInWrite(Pid pid) {
        return node.info(pid).orElseThrow().status() == ProcessInfo.Status.WAITING
                && Bureau.stack(pid).stream()
                        .anyMatch(frame -> frame.getMethodName().equals("implWrite"));
    }

    /// Waits for the end of the program.
    ExitReason end() {
        return Bureau.receive(main.monitor(), Down.class, Duration.ofSeconds(Limit.SECONDS))
                .reason();
    }

    /// Waits until so many connections are open, those without a name included.
    void awaitConnections(int count) {
        awaitProcesses(MAIN_ROOM_AND_GUEST + 2 * count);
    }

    void awaitProcesses(int count) {
        eventually(
                () -> node.processCount() == count,
                count + " processes, but " + node.processCount());
    }

    private void eventually(BooleanSupplier condition, String what) {
        eventually(() -> condition.getAsBoolean() ? true : null, what);
    }

    private <T> T eventually(Supplier<T> wanted, String what) {
        long deadline = System.nanoTime() + Limit.SECONDS * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            T found = wanted.get();
            if (found != null) return found;
            Bureau.sleep(Duration.ofMillis(1));
        }
        return fail("expected " + what);
    }

    /// Closes all connections, whose processes must then end, and stops the node, which must do so in order.
    @Override
    public void close() {
        try {
            clients.forEach(ChatClient::close);
            if (node.info(main.pid()).isPresent()) awaitConnections(0);
            guest.close();
        } finally {
            console.close();
            assertThat(node.stop()).isTrue();
        }
    }
}
