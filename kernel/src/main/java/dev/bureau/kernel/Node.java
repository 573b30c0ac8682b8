package dev.bureau.kernel;

import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.GuestProcess;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import dev.bureau.kernel.process.Spawning;
import dev.bureau.scheduler.Fiber;
import dev.bureau.scheduler.Scheduler;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A system of processes with its own scheduler and names. Several can live in one virtual machine.
///
/// ```java
/// try (Node node = Node.start()) {
///     ExitReason reason = node.run(() -> chat());      // a process; waits for its end
/// }
/// ```
///
/// The static methods of [Bureau] speak for the node of the calling process; a thread that belongs to none speaks for
/// the [default node][#getDefault()], which starts on first use.
public final class Node implements AutoCloseable {
    private static final Duration LEAST_SLICE = Duration.ofNanos(250_000);
    private static final Duration MOST_SLICE = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    static {
        Nodes.facades(Node::new, Node::local);
    }

    private final LocalNode local;

    private Node(LocalNode local) {
        this.local = local;
    }

    /// How to start a node.
    ///
    /// @param name its name, `name@host` by custom
    /// @param schedulers how many carriers run processes: as many processes can run at the same time
    /// @param maxProcesses how many processes may be alive; `spawn` fails with [SystemLimit] beyond
    /// @param slice how long a process may compute while others wait; from 250 microseconds to a second
    public record Options(String name, int schedulers, int maxProcesses, Duration slice) {
        public Options {
            if (slice.compareTo(LEAST_SLICE) < 0 || slice.compareTo(MOST_SLICE) > 0) {
                throw new IllegalArgumentException(
                        "expected a slice of 250 microseconds to 1 second, got: " + slice);
            }
            if (schedulers < 1) {
                throw new IllegalArgumentException(
                        "expected at least 1 scheduler, got: " + schedulers);
            }
            if (maxProcesses < 1) {
                throw new IllegalArgumentException(
                        "expected at least 1 process, got: " + maxProcesses);
            }
        }

        /// With another name.
        public Options name(String changed) {
            return new Options(changed, schedulers, maxProcesses, slice);
        }

        /// With another number of carriers.
        public Options schedulers(int changed) {
            return new Options(name, changed, maxProcesses, slice);
        }

        /// With another limit.
        public Options maxProcesses(int changed) {
            return new Options(name, schedulers, changed, slice);
        }

        /// With another slice.
        public Options slice(Duration changed) {
            return new Options(name, schedulers, maxProcesses, changed);
        }
    }

    /// The one node that threads of no other node belong to: the single piece of state that all of a JVM shares.
    private static final AtomicReference<@Nullable Node> DEFAULT = new AtomicReference<>();

    /// No name, a carrier for each core, up to 2^24 processes, slices of a millisecond.
    public static Options options() {
        return new Options(
                NodeId.NO_NAME,
                Runtime.getRuntime().availableProcessors(),
                1 << 24,
                Scheduler.SLICE);
    }

    /// Starts a node with the options above.
    public static Node start() {
        return start(options());
    }

    /// Starts a node.
    public static Node start(Options options) {
        int creation = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        NodeId id = new NodeId(options.name(), creation);
        Scheduler scheduler = Scheduler.start("bureau", options.schedulers(), options.slice());
        return Nodes.over(id, scheduler, options.maxProcesses()).facade();
    }

    /// The node of threads that belong to no other; starts on first use.
    public static Node getDefault() {
        Node node = DEFAULT.get();
        if (node != null) {
            return node;
        }
        Node started = start();
        if (started.becomeDefault()) {
            return started;
        }
        started.stop();
        return getDefault();
    }

    /// Makes this the default node, for a program that starts a node of its own first thing; false if there is one.
    public boolean becomeDefault() {
        return DEFAULT.compareAndSet(null, this);
    }

    /// The node of the calling process, else the default node.
    public static Node current() {
        LocalProcess self = Current.processOrNull();
        if (self != null) {
            self.ask();
            return self.node().facade();
        }
        LocalNode former = GuestProcess.formerNode();
        return former == null ? getDefault() : former.facade();
    }

    LocalNode local() {
        return local;
    }

    /// Its name and creation.
    public NodeId id() {
        return local.id();
    }

    /// Starts a process.
    public Pid spawn(Body body) {
        return spawn(SpawnOptions.options(), body);
    }

    /// Starts a process.
    public Pid spawn(SpawnOptions options, Body body) {
        return Spawning.spawn(local, Current.processOrNull(), body, options, false, null).pid();
    }

    /// Runs `body` as a process and waits for its end. For a thread that is no process; returns how it ended.
    public ExitReason run(Body body) {
        try (Guest observer = guest()) {
            Spawned main = observer.spawnMonitor(body);
            return Bureau.receive(main.monitor(), Down.class).reason();
        }
    }

    /// Lets the calling thread take part in this node until the guest is closed, whatever node it was a guest of
    /// before.
    public Guest guest() {
        if (Fiber.current() != null) {
            throw new IllegalStateException(
                    "expected a thread that is no process, got: " + Current.processOrNull());
        }
        GuestProcess before = GuestProcess.current();
        return new Guest(GuestProcess.enter(local), before);
    }

    /// The process with that local name.
    public Optional<Pid> whereis(String name) {
        return Optional.ofNullable(local.whereis(name));
    }

    /// All local names, sorted.
    public List<String> registered() {
        return local.registered();
    }

    /// The processes alive at this moment; none is stopped for it.
    public List<Pid> processes() {
        return local.processes().stream().<Pid>map(LocalProcess::pid).toList();
    }

    /// The processes one after the other, without a list of them all: those that are alive from this call to the end of
    /// the iteration, and some of those that begin or end meanwhile. For one thread.
    public Iterator<Pid> processesIterator() {
        Iterator<LocalProcess> all = local.processesIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Pid next() {
                return all.next().pid();
            }
        };
    }

    /// How many processes can run at the same time.
    public int schedulers() {
        return local.scheduler().parallelism();
    }

    /// How many processes are alive.
    public int processCount() {
        return local.processCount();
    }

    /// What is left of processes that were told to exit and whose code does not stop: loops that nobody wove, native
    /// calls, locks that never come. Each that computes keeps a thread busy.
    public List<Runaway> runaways() {
        return local.runaways();
    }

    /// What is known of a process; empty when it has ended.
    public Optional<ProcessInfo> info(Pid pid) {
        return Optional.ofNullable(Inspection.info((LocalPid) pid));
    }

    /// Tells `told` of all reports of this node that are at least so bad, from now on until the subscription is closed.
    ///
    /// ```java
    /// List<Report> crashes = new CopyOnWriteArrayList<>();
    /// try (var _ = Node.current().onReport(System.Logger.Level.ERROR, crashes::add)) {
    ///     chat();
    /// }
    /// ```
    ///
    /// It runs in the process that makes the report, often in the last moment of that; so it does little, and what it uses is
    /// safe for several threads. It hears of reports that the log holds back, and does not keep any from the log. A listener
    /// that throws is removed, and that is reported (OTP LG-01).
    public Report.Subscription onReport(System.Logger.Level least, Consumer<? super Report> told) {
        return local.reports().listen(least, Objects.requireNonNull(told, "told"));
    }

    /// Tells `told` of each message that finds a mailbox of this node full, until the subscription is closed: for metrics, and for
    /// those who look on. What was lost is reported in any case, ten seconds apart ([Report.Kind#OVERFLOW]).
    ///
    /// ```java
    /// try (var _ = node().onOverflow(overflow -> IO.println(overflow))) {
    ///     chat();
    /// }
    /// ```
    ///
    /// It runs in each process that sends, which goes on when it returns: so it is quick, and what it uses is safe for several
    /// threads. What it sends itself, and finds a mailbox full, is not told. A listener that throws is removed, and that is
    /// reported.
    public Report.Subscription onOverflow(Consumer<? super MailboxOverflow> told) {
        return local.overflows().listen(Objects.requireNonNull(told, "told"));
    }

    /// Stops in order: its applications, the one started last first; then asks all processes to shut down, kills those that
    /// have not, after five seconds if they trap exits, then stops the scheduler. Called by a process of this node, it does
    /// not wait for that process; if there are applications, it does not wait at all, and the process ends like the others.
    ///
    /// @return false if Java code that cannot be interrupted was left running
    public boolean stop() {
        return local.stop(GRACE.toNanos());
    }

    /// Why it has stopped by itself, since it could not do without what has ended: an application that was started as
    /// permanent. Empty while it runs, and if it was told to stop.
    public Optional<ExitReason> failure() {
        return Optional.ofNullable(local.failure());
    }

    /// Stops it.
    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return "Node[" + id() + "]";
    }
}
