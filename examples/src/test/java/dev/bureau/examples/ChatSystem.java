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
import dev.bureau.otp.Application;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Sys;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The supervised chat server on a node of this JVM, with the test as a guest who can look at its processes and end them.
final class ChatSystem implements AutoCloseable {
    private final Node node;
    private final Guest guest;
    private final Spawned main;
    private final Console console = new Console();
    private int port;
    private final int processes;
    private final List<ChatClient> clients = new ArrayList<>();

    ChatSystem(Example chat, int schedulers) throws InterruptedException {
        node = Node.start(Node.options().schedulers(schedulers));
        guest = node.guest();
        main = guest.spawnMonitor(chat.main("0"));
        awaitDoor();
        eventually(() -> !Application.startedApplications().isEmpty(), "a started application");
        processes = node.processCount();
    }

    /// Waits until a door says where it is.
    void awaitDoor() throws InterruptedException {
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
        return labelled("reader " + name);
    }

    Pid writer(String name) {
        return labelled("writer " + name);
    }

    Pid door() {
        return labelled("door");
    }

    /// The process of the application with this local name.
    Pid named(String name) {
        return eventually(() -> node.whereis(name).orElse(null), "a process named " + name);
    }

    /// The processes of the application, its supervisors included, from the top.
    List<Pid> tree() {
        var found = new LinkedHashSet<Pid>();
        var open = new ArrayDeque<>(List.of(named("office")));
        while (!open.isEmpty()) {
            var pid = open.remove();
            if (found.add(pid)) open.addAll(below(pid));
        }
        return List.copyOf(found);
    }

    /// Who is linked to a process and was started by it.
    List<Pid> below(Pid above) {
        return node.info(above).map(ProcessInfo::links).orElse(List.of()).stream()
                .filter(pid ->
                        node.info(pid).flatMap(ProcessInfo::parent).equals(Optional.of(above)))
                .toList();
    }

    /// Waits until the registry and the room know these, and no others.
    void awaitMembers(String... names) {
        eventually(
                () -> isRegistered(names) && isInTheRoom(names.length),
                List.of(names) + " to be known");
    }

    private boolean isRegistered(String... names) {
        try {
            return Stream.of(names).allMatch(name -> Registry.whereis("names", name).isPresent());
        } catch (IllegalArgumentException beingStarted) {
            return false;
        }
    }

    private boolean isInTheRoom(int count) {
        return Sys.getState(named("room")) instanceof Map<?, ?> members && members.size() == count;
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
        int expected = processes + 2 * count;
        eventually(() -> node.processCount() == expected, "processes: " + expected);
    }

    /// Waits until there is another process in the place of one that has ended.
    Pid awaitSuccessor(Pid ended, Supplier<Pid> place) {
        return eventually(
                () -> {
                    var now = place.get();
                    return now == null || now.equals(ended) || node.info(now).isEmpty()
                            ? null
                            : now;
                },
                "another process than " + ended);
    }

    void eventually(BooleanSupplier condition, String what) {
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
            if (node.whereis("office").isPresent() && node.info(main.pid()).isPresent())
                awaitConnections(0);
            guest.close();
        } finally {
            console.close();
            assertThat(node.stop()).isTrue();
        }
    }
}
