package dev.bureau.shell.attach;

import dev.bureau.shell.AttachException;
import dev.bureau.shell.attach.Frame.Check;
import dev.bureau.shell.attach.Frame.Checked;
import dev.bureau.shell.attach.Frame.Command;
import dev.bureau.shell.attach.Frame.Complete;
import dev.bureau.shell.attach.Frame.Completed;
import dev.bureau.shell.attach.Frame.Done;
import dev.bureau.shell.attach.Frame.Evaluate;
import dev.bureau.shell.attach.Frame.Hello;
import dev.bureau.shell.attach.Frame.Interrupt;
import dev.bureau.shell.attach.Frame.Printed;
import dev.bureau.shell.attach.Frame.Refused;
import dev.bureau.shell.attach.Frame.Welcome;
import dev.bureau.shell.session.Session.Detail;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The terminal's side of a wire.
///
/// One thread asks; [#interrupt] is for any other. What processes print meanwhile, also between two lines, is handed to
/// `printed` by a thread of the connection.
public final class NodeConnection implements Closeable {
    private static final Duration WELCOME_LIMIT = Duration.ofSeconds(5);

    private final Wire wire;
    private final Consumer<byte[]> printed;
    private final BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();
    private final @Nullable Thread local;
    private @Nullable Welcome welcome;
    private Runnable whenLost = () -> {};

    private NodeConnection(Wire wire, Consumer<byte[]> printed, @Nullable Thread local) {
        this.wire = wire;
        this.printed = printed;
        this.local = local;
    }

    /// Attaches to the node of that name.
    ///
    /// @param shell whether lines will follow that need the compiler, which is then started at once
    /// @throws AttachException if there is none, or it does not let us in
    public static NodeConnection to(String name, boolean shell, Consumer<byte[]> printed) {
        Wire wire = Wire.over(SocketFolder.connect(name));
        try {
            return new NodeConnection(wire, printed, null).begin(shell, name);
        } catch (IOException failure) {
            throw new AttachException("cannot reach " + name + ": " + failure.getMessage());
        }
    }

    /// Attaches to a socket that was found.
    static NodeConnection to(SocketFolder.Entry entry) throws IOException {
        return new NodeConnection(Wire.over(entry.connect()), _ -> {}, null)
                .begin(false, entry.name());
    }

    /// Opens a session on a node of this virtual machine.
    public static NodeConnection local(HostNode host, Consumer<byte[]> printed) {
        try {
            Wire[] ends = Wire.pair();
            Thread serving =
                    Thread.ofPlatform()
                            .daemon()
                            .name("bureau-shell-reader")
                            .start(() -> new ServedSession(host, ends[0]).serve());
            return new NodeConnection(ends[1], printed, serving).begin(true, host.name());
        } catch (IOException failure) {
            throw new AttachException("cannot make a pipe: " + failure.getMessage());
        }
    }

    private NodeConnection begin(boolean shell, String name) throws IOException {
        Thread.ofPlatform().daemon().name("bureau-terminal-reader").start(this::read);
        try {
            wire.write(new Hello(Frame.VERSION, shell));
        } catch (IOException _) {
            // refused already, perhaps: the reason is waiting
        }
        Frame first = poll(WELCOME_LIMIT);
        if (first instanceof Welcome hello) {
            welcome = hello;
            return this;
        }
        close();
        throw new AttachException(
                first == null
                        ? "the node " + name + " does not answer"
                        : first instanceof Refused(var reason) ? reason : "not a node: " + name);
    }

    private void read() {
        String reason = null;
        try {
            for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
                switch (frame) {
                    case Printed(byte[] bytes) -> printed.accept(bytes);
                    case Refused(String why) -> reason = why;
                    default -> answers.add(frame);
                }
            }
        } catch (IOException failure) {
            // What the node has said says more.
            if (reason == null) reason = "the connection was cut: " + failure.getMessage();
        }
        synchronized (answers) {
            answers.add(new Refused(reason == null ? "the connection was cut" : reason));
            whenLost.run();
        }
    }

    /// Runs this, on a thread of the connection, when the node is gone; at once if it is.
    public void whenLost(Runnable told) {
        synchronized (answers) {
            whenLost = told;
            if (answers.peek() instanceof Refused) told.run();
        }
    }

    /// Fails if the node is gone.
    ///
    /// @throws AttachException with the reason
    public void requireOpen() {
        if (answers.peek() instanceof Refused(var reason)) throw new AttachException(reason);
    }

    /// What the node has said of itself.
    public Welcome welcome() {
        Welcome said = welcome;
        if (said == null) throw new IllegalStateException("not attached");
        return said;
    }

    /// Evaluates a line; returns when it is done.
    ///
    /// @throws AttachException if the node is gone
    public Done evaluate(String text, Detail detail) {
        return ask(new Evaluate(detail, text), Done.class);
    }

    /// Runs a command; returns when it is done.
    ///
    /// @throws AttachException if the node is gone
    public Done command(String name, Map<String, String> options) {
        return ask(new Command(name, options), Done.class);
    }

    /// Whether a text needs another line.
    public boolean isIncomplete(String text) {
        return ask(new Check(text), Checked.class).incomplete();
    }

    /// What may follow the text before the cursor.
    public Completed complete(String text, int cursor) {
        return ask(new Complete(text, cursor), Completed.class);
    }

    /// Ends what is running.
    public void interrupt() {
        try {
            wire.write(new Interrupt());
        } catch (IOException _) {
            // who waits for the answer is told
        }
    }

    /// An interrupt neither ends the wait, for the answer would then be taken for that to the next question, nor cuts the
    /// connection, as it does with a channel. It is left for the caller.
    private <T extends Frame> T ask(Frame request, Class<T> answer) {
        boolean interrupted = Thread.interrupted();
        try {
            try {
                wire.write(request);
            } catch (IOException _) {
                // the reader knows why
            }
            while (true) {
                try {
                    Frame next = answers.take();
                    if (answer.isInstance(next)) return answer.cast(next);
                    if (next instanceof Refused(var reason)) {
                        answers.add(next); // and so for all that is asked from now on
                        throw new AttachException(reason);
                    }
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private @Nullable Frame poll(Duration limit) {
        try {
            return answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Refused("interrupted");
        }
    }

    /// Leaves.
    @Override
    public void close() {
        wire.close();
        Thread serving = local;
        if (serving == null) return;
        try {
            serving.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
