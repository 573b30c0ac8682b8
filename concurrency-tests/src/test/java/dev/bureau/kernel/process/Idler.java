package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NodeId;
import dev.bureau.scheduler.Clock;
import dev.bureau.scheduler.Fiber;
import dev.bureau.scheduler.Schedulable;
import dev.bureau.scheduler.Scheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A process that is never run: the actors are its owner and its senders. What would queue it is counted.
final class Idler extends LocalProcess {
    static final VarHandle INBOX;
    static final VarHandle RECEPTION;
    static final Signal WAITING;

    private static final VarHandle WAKES;
    private static final LocalNode NODE =
            new LocalNode(new NodeId("races@localhost", 1), new Counting(), 16);
    static final LocalPid SENDER = new Idler().pid();

    static {
        try {
            MethodHandles.Lookup inside =
                    MethodHandles.privateLookupIn(SignalQueue.class, MethodHandles.lookup());
            INBOX = inside.findVarHandle(SignalQueue.class, "inbox", Signal.class);
            RECEPTION = inside.findVarHandle(SignalQueue.class, "reception", boolean.class);
            WAITING =
                    (Signal)
                            inside.findStaticVarHandle(SignalQueue.class, "WAITING", Signal.class)
                                    .get();
            WAKES = MethodHandles.lookup().findVarHandle(Idler.class, "wakes", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int wakes;

    Idler() {
        this(1);
    }

    /// Where two are to be told apart.
    Idler(long number) {
        super(NODE, null);
        identify(number, 0);
    }

    boolean isLinkedTo(Idler peer) {
        return links != null && links.isLinked(peer.pid());
    }

    /// How often it has been queued to run.
    int wakes() {
        return wakes;
    }

    static Signal.Message message(Object payload) {
        return new Signal.Message(payload);
    }

    /// A signal that is not a message, and becomes one in a process that traps exits.
    static Signal.Exit exit(ExitReason reason) {
        return new Signal.Exit(new dev.bureau.kernel.Exit(SENDER, reason), false, false);
    }

    /// The payloads of the messages that it has received and could take, and takes them.
    String takeAllMessages() {
        receiveSignals();
        StringBuilder all = new StringBuilder();
        Mailbox box = mailbox();
        while (box != null && box.first() != null) {
            Signal.Carrying oldest = box.first();
            all.append(Mailbox.payload(oldest));
            box.take(oldest);
        }
        return all.toString();
    }

    /// What the owner does when it finds no message: 0 if it finds one, 1 if it sleeps, 2 if it stays awake to look
    /// again.
    int lookThenSleep() {
        receiveSignals();
        Mailbox box = mailbox();
        if (box != null && box.first() != null) {
            return 0;
        }
        return beginWait(false) ? 1 : 2;
    }

    private static final class Counting extends Scheduler {
        @Override
        protected Thread newThread(Fiber fiber) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void enqueue(Schedulable ready) {
            int before = (int) WAKES.getAndAdd((Idler) ready, 1);
            assert before >= 0;
        }

        @Override
        public Clock clock() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public void close() {}
    }

    static @Nullable Signal inbox(Idler process) {
        return (Signal) INBOX.getVolatile(process);
    }
}
