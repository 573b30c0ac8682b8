package dev.bureau.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bureau.kernel.Node;
import dev.bureau.shell.attach.HostNode;
import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.session.Session.Detail;
import java.util.function.Predicate;

/// Types lines at the prompt of a node, and reads what the screen shows.
final class Typist implements AutoCloseable {
    private final NodeConnection node;
    private final StringBuilder screen = new StringBuilder();
    private boolean ok = true;

    private Typist(
            java.util.function.Function<java.util.function.Consumer<byte[]>, NodeConnection>
                    connect) {
        this.node = connect.apply(this::print);
    }

    static Typist at(Node node) {
        var host = HostNode.of(node, "desk", "a test", ProgramCode.ofThisVirtualMachine());
        return new Typist(printed -> NodeConnection.local(host, printed));
    }

    static Typist attachedTo(String name) {
        return new Typist(printed -> NodeConnection.to(name, true, printed));
    }

    private void print(byte[] bytes) {
        synchronized (screen) {
            screen.append(new String(bytes, UTF_8));
            screen.notifyAll();
        }
    }

    /// Types a line and waits for the next prompt; what the screen has shown since the last one.
    String type(String line) {
        return type(line, Detail.NAMED);
    }

    String type(String line, Detail detail) {
        ok = node.evaluate(line, detail).ok();
        return shown();
    }

    boolean ok() {
        return ok;
    }

    /// Types a line that does not end by itself, and ^C once the screen shows what is awaited.
    String typeAndInterrupt(String line, Predicate<String> awaited) throws InterruptedException {
        Thread typing =
                Thread.ofPlatform().start(() -> ok = node.evaluate(line, Detail.NAMED).ok());
        await(awaited);
        node.interrupt();
        typing.join();
        return shown();
    }

    void await(Predicate<String> awaited) throws InterruptedException {
        synchronized (screen) {
            while (!awaited.test(screen.toString())) screen.wait();
        }
    }

    NodeConnection node() {
        return node;
    }

    private String shown() {
        synchronized (screen) {
            String text = screen.toString();
            screen.setLength(0);
            return text.stripTrailing();
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
