package dev.bureau.shell.attach;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bureau.kernel.ExitException;
import dev.bureau.shell.attach.Frame.Check;
import dev.bureau.shell.attach.Frame.Checked;
import dev.bureau.shell.attach.Frame.Command;
import dev.bureau.shell.attach.Frame.Complete;
import dev.bureau.shell.attach.Frame.Completed;
import dev.bureau.shell.attach.Frame.Done;
import dev.bureau.shell.attach.Frame.Evaluate;
import dev.bureau.shell.attach.Frame.Hello;
import dev.bureau.shell.attach.Frame.Interrupt;
import dev.bureau.shell.attach.Frame.Refused;
import dev.bureau.shell.attach.Frame.Welcome;
import dev.bureau.shell.session.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The node's side of a wire: a [Session] for the terminal at the other end.
///
/*
 * Three threads of the operating system, since the node may have no carrier to spare: one reads, and acts on interrupts at
 * once; one is the session's, and takes what was read in order; one writes. The end of any is the end of all: the reader
 * sees the wire close, tells the session by END and ends what it evaluates; the session ends the outbox; the writer closes
 * the wire.
 */
final class ServedSession {
    private static final Frame END = new Refused("");

    /// What the terminal may ask for before it is answered; it asks one thing at a time.
    private static final int MOST_ASKED = 64;

    private final HostNode host;
    private final Wire wire;
    private final Outbox outbox = new Outbox();
    private final BlockingQueue<Frame> asked = new LinkedBlockingQueue<>(MOST_ASKED);
    private volatile @Nullable Session session;
    private volatile boolean over;
    private int lines = 1;

    ServedSession(HostNode host, Wire wire) {
        this.host = host;
        this.wire = wire;
    }

    /// Serves until the wire closes; the calling thread reads.
    void serve() {
        Thread writer = start("writer", this::write);
        Thread worker = null;
        try {
            if (!(wire.read() instanceof Hello hello)) return;
            if (hello.version() != Frame.VERSION) {
                outbox.add(
                        new Refused(
                                "the node speaks version %d of the protocol, this command version %d"
                                        .formatted(Frame.VERSION, hello.version())));
                return;
            }
            outbox.add(welcome());
            worker = start("session", () -> work(hello.shell()));
            for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
                if (frame instanceof Interrupt) interrupt();
                else if (!asked.offer(frame)) {
                    outbox.add(
                            new Refused(
                                    "more than "
                                            + MOST_ASKED
                                            + " requests without waiting for an answer"));
                    return;
                }
            }
        } catch (IOException _) {
            // the terminal is gone, or is none
        } finally {
            end(worker);
            join(writer);
            wire.close();
        }
    }

    /// Ends it from the node's side.
    void end(String reason) {
        outbox.add(new Refused(reason));
        outbox.close();
    }

    private void end(@Nullable Thread worker) {
        over = true;
        if (worker != null) {
            asked.clear();
            asked.add(END);
            interrupt();
            join(worker);
        }
        outbox.close();
    }

    private Thread start(String role, Runnable work) {
        return Thread.ofPlatform().daemon().name("bureau-shell-" + role).start(work);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt() {
        Session open = session;
        if (open != null) open.interrupt();
    }

    private void write() {
        try {
            for (Frame next = outbox.take(); next != null; next = outbox.take()) wire.write(next);
        } catch (IOException | InterruptedException _) {
            // the reader sees it, too
        } finally {
            outbox.close();
            wire.close();
        }
    }

    private Welcome welcome() {
        return new Welcome(
                host.name(),
                ProcessHandle.current().pid(),
                host.started(),
                host.program(),
                HostNode.runtime(),
                prompt());
    }

    private String prompt() {
        return host.name() + "(" + lines + ")> ";
    }

    private void work(boolean shell) {
        var out = new PrintStream(outbox, true, UTF_8);
        var told = new PrintStream(outbox.told(), true, UTF_8);
        try (Session open = Session.open(host.node(), host.compilers(), out, told)) {
            session = open;
            if (shell) open.warmUp();
            for (Frame next = asked.take(); next != END && !over; next = asked.take()) {
                answer(open, next, told);
            }
        } catch (ExitException ended) {
            end("the session was told to exit: " + ended.getMessage());
        } catch (InterruptedException _) {
            // nobody does
        } catch (RuntimeException | Error failure) {
            end("the session has failed: " + failure);
        } finally {
            session = null;
        }
    }

    private void answer(Session open, Frame asked, PrintStream told) {
        switch (asked) {
            case Evaluate(var detail, String text) -> {
                boolean ok = open.evaluate(text, detail);
                lines++;
                done(ok);
                host.compilers().keep();
            }
            case Command(var name, var options) ->
                    done(open.run(Commands.of(host.node(), name, options, told)));
            case Check(String text) -> outbox.add(new Checked(open.isIncomplete(text)));
            case Complete(String text, int cursor) -> {
                var found = open.complete(text, Math.clamp(cursor, 0, text.length()));
                outbox.add(new Completed(found.anchor(), found.candidates()));
            }
            default -> end("expected a request, got: " + asked.getClass().getSimpleName());
        }
    }

    private void done(boolean ok) {
        outbox.add(new Done(ok, prompt(), outbox.endLine()));
    }
}
