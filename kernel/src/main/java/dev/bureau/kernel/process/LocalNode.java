package dev.bureau.kernel.process;

import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Runaway;
import dev.bureau.scheduler.Clock;
import dev.bureau.scheduler.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A node of this virtual machine: its scheduler, its processes, its names.
public final class LocalNode {
    /// For code that an exit signal has reached to come to its end.
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// For what its last processes have reported to be written.
    private static final Duration WRITING_TAKES = Duration.ofMillis(500);

    private final NodeId id;
    private final Scheduler scheduler;
    private final ProcessTable table;
    private final Names names = new Names();
    private final Undertaker undertaker = new Undertaker(this);
    private final Reports reports = new Reports();
    private final Overflows overflows = new Overflows(this);
    private volatile @Nullable Consumer<? super LocalProcess> onSpawn;
    private volatile @Nullable Consumer<? super AbnormalEnd> onAbnormalEnd;

    private volatile @Nullable Consumer<? super LocalProcess> onGuest;

    /// Of all processes, and of those to come.
    private volatile Tracer[] tracers = Traced.NOBODY;

    private volatile Tracer[] newcomersTracers = Traced.NOBODY;
    private final Map<NodeLocal<?>, Object> locals = new ConcurrentHashMap<>();
    private final Set<Consumer<? super Node>> beforeStop = new CopyOnWriteArraySet<>();
    private final AtomicReference<@Nullable ExitReason> failure = new AtomicReference<>();
    private final AtomicBoolean toldToStop = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Node facade;
    private volatile boolean stopping;
    private volatile boolean orderly;
    private volatile int staying;
    private volatile @Nullable CountDownLatch emptied;

    @SuppressWarnings("this-escape")
    public LocalNode(NodeId id, Scheduler scheduler, int maxProcesses) {
        this.id = id;
        this.scheduler = scheduler;
        this.table = new ProcessTable(maxProcesses);
        scheduler.serve(this);
    }

    public NodeId id() {
        return id;
    }

    /// What users see of this node; set once, before it is used.
    public void facade(Node node) {
        facade = node;
    }

    public Node facade() {
        return java.util.Objects.requireNonNull(facade, "the node has no facade yet");
    }

    public @Nullable LocalPid whereis(String name) {
        LocalProcess process = names.find(name);
        return process == null ? null : process.pid();
    }

    public List<String> registered() {
        return names.all();
    }

    /// Binds a name; returns what stands in the way, or null.
    public @Nullable String register(String name, LocalPid pid) {
        LocalProcess process = pid.process();
        if (process == null || process.node() != this) {
            return "the process " + pid + " is not alive on this node";
        }
        return names.register(name, process);
    }

    /// False when nobody has that name.
    public boolean unregister(String name) {
        return names.unregister(name);
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    Clock clock() {
        return scheduler.clock();
    }

    /// Nanoseconds on the clock of this node, from an arbitrary beginning.
    public long nanoTime() {
        return scheduler.clock().now();
    }

    /// What others keep for this node.
    public Map<NodeLocal<?>, Object> locals() {
        return locals;
    }

    Undertaker undertaker() {
        return undertaker;
    }

    /// What is told of messages that find a mailbox full.
    public Overflows overflows() {
        return overflows;
    }

    /// The processes that have been told to exit and whose code has not stopped.
    public List<Runaway> runaways() {
        return undertaker.runaways().list();
    }

    ProcessTable table() {
        return table;
    }

    Names names() {
        return names;
    }

    /// The processes that are alive; none is stopped for it.
    public List<LocalProcess> processes() {
        List<LocalProcess> all = new ArrayList<>(table.count());
        table.iterator().forEachRemaining(all::add);
        return all;
    }

    /// The same without a list.
    public Iterator<LocalProcess> processesIterator() {
        return table.iterator();
    }

    public int processCount() {
        return table.count();
    }

    /// How many processes there have been, those included that are alive.
    public long spawnCount() {
        return table.inserted();
    }

    public @Nullable LocalProcess find(long number) {
        return table.find(number);
    }

    /// A new process, in the table but not running; `limit` is that of its mailbox, or null.
    LocalProcess create(@Nullable LocalProcess parent, @Nullable MailboxLimit limit) {
        LocalProcess process =
                limit == null
                        ? new LocalProcess(this, parent)
                        : new LimitedProcess(this, parent, limit);
        admit(process);
        Consumer<? super LocalProcess> told = onSpawn;
        if (told != null) {
            told.accept(process);
        }
        return process;
    }

    void admit(LocalProcess process) {
        if (stopping) {
            throw new IllegalStateException("the node " + id + " has been stopped");
        }
        table.insert(process);
        if (tracers != Traced.NOBODY || newcomersTracers != Traced.NOBODY) {
            Tracing.created(process);
        }
    }

    void ended(LocalProcess process) {
        CountDownLatch waiting = emptied;
        if (waiting != null && isEmpty()) {
            waiting.countDown();
        }
    }

    /// For tests: tells `told` of each process that is spawned from now on, in the one that spawns it.
    public void onSpawn(Consumer<? super LocalProcess> told) {
        onSpawn = told;
    }

    /// Tells `told` of each process that ends, and not in order, from now on; in the last moment of that. It does little
    /// and throws nothing. There is one such.
    public void onAbnormalEnd(Consumer<? super AbnormalEnd> told) {
        onAbnormalEnd = told;
    }

    @Nullable Consumer<? super AbnormalEnd> onAbnormalEnd() {
        return onAbnormalEnd;
    }

    /// Tells `told` of each thread that becomes a guest, on that thread; there is one such.
    public void onGuest(Consumer<? super LocalProcess> told) {
        onGuest = told;
    }

    void joined(GuestProcess guest) {
        Consumer<? super LocalProcess> told = onGuest;
        if (told != null) {
            told.accept(guest);
        }
    }

    Tracer[] tracers() {
        return tracers;
    }

    Tracer[] newcomersTracers() {
        return newcomersTracers;
    }

    synchronized void tracers(UnaryOperator<Tracer[]> change) {
        tracers = orNobody(change.apply(tracers));
    }

    synchronized void newcomersTracers(UnaryOperator<Tracer[]> change) {
        newcomersTracers = orNobody(change.apply(newcomersTracers));
    }

    private static Tracer[] orNobody(Tracer[] some) {
        return some.length == 0 ? Traced.NOBODY : some;
    }

    /// Where it is told what fails.
    public Reports reports() {
        return reports;
    }

    /// Has this done first when the node is told to stop, while its processes go on; once, however often it is asked for.
    public void beforeStop(Consumer<? super Node> first) {
        beforeStop.add(first);
    }

    /// Stops it, unless somebody does, since it has lost what it cannot do without. Does not wait.
    public void fail(ExitReason why) {
        if (!toldToStop.get() && failure.compareAndSet(null, why)) {
            Thread.ofPlatform().name("bureau-stop").start(() -> facade().stop());
        }
    }

    /// Why it has stopped by itself; null if it has not.
    public @Nullable ExitReason failure() {
        return failure.get();
    }

    /// Stops in order: does what is to come first, tells all processes to shut down, kills those that do not, then ends
    /// the scheduler. Who traps exits has `grace` to finish. What is still in Java code that nobody can stop is left
    /// behind. True if nothing was.
    ///
    /// Who comes while another stops it waits for that one, save for a process of this node.
    public boolean stop(long graceNanos) {
        LocalProcess self = Current.processOrNull();
        boolean inside = self != null && self.node() == this && !self.isGuest();
        if (!toldToStop.compareAndSet(false, true)) {
            return inside || awaitStopped();
        }
        if (beforeStop.isEmpty()) {
            return stopProcesses(self, inside, graceNanos);
        }
        // Not here: what comes first may end the process that has asked for it.
        Thread.ofPlatform()
                .name("bureau-stop")
                .start(() -> {
                    beforeStop.forEach(this::doFirst);
                    stopProcesses(null, false, graceNanos);
                });
        return inside || awaitStopped();
    }

    private boolean awaitStopped() {
        return await(stopped, Long.MAX_VALUE) && orderly;
    }

    private void doFirst(Consumer<? super Node> first) {
        try {
            first.accept(facade());
        } catch (RuntimeException | Error failed) {
            System.err.println("bureau: stopping in order has failed: " + failed);
        }
    }

    private boolean stopProcesses(@Nullable LocalProcess self, boolean inside, long graceNanos) {
        try {
            CountDownLatch done = new CountDownLatch(1);
            // A process of the node that stops it cannot wait for its own end.
            staying = inside ? 1 : 0;
            emptied = done;
            stopping = true;
            orderly = shutDown(self, done, graceNanos) || kill(self, done);
            reports.flush(WRITING_TAKES);
            scheduler.close();
            return orderly;
        } finally {
            stopped.countDown();
        }
    }

    private boolean shutDown(@Nullable LocalProcess self, CountDownLatch done, long graceNanos) {
        tellAll(self, ExitReason.SHUTDOWN);
        long deadline = System.nanoTime() + graceNanos;
        // Who does not trap exits is ending already, as fast as its code lets it: no reason to wait
        // for long.
        long end = System.nanoTime() + SETTLE_NANOS;
        while (true) {
            if (isEmpty() || await(done, SETTLE_NANOS)) {
                return true;
            }
            long now = System.nanoTime();
            if (now >= deadline || (now >= end && !anyoneTraps(self))) {
                return false;
            }
        }
    }

    private boolean kill(@Nullable LocalProcess self, CountDownLatch done) {
        tellAll(self, ExitReason.KILL);
        return isEmpty() || await(done, SETTLE_NANOS);
    }

    private void tellAll(@Nullable LocalProcess self, ExitReason reason) {
        for (LocalProcess process : processes()) {
            if (process instanceof GuestProcess guest) {
                guest.end(ExitReason.SHUTDOWN);
                guest.rouse(); // it may wait for what does not come any more
            } else if (process != self) {
                Reception.signal(
                        process, new Signal.Exit(new Exit(process.pid(), reason), false, false));
            }
        }
    }

    private boolean anyoneTraps(@Nullable LocalProcess self) {
        return processes().stream()
                .anyMatch(process -> process != self && !process.has(Attention.EXITING));
    }

    private boolean isEmpty() {
        return table.count() <= staying;
    }

    private static boolean await(CountDownLatch done, long nanos) {
        try {
            return done.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean isStopped() {
        return stopping;
    }
}
