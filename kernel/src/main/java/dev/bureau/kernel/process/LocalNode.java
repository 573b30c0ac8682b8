package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeId;
import dev.bureau.scheduler.Clock;
import dev.bureau.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A node of this virtual machine: its scheduler, its processes, its names.
public final class LocalNode {
    private static final System.Logger LOG = System.getLogger("dev.bureau.kernel");

    private final NodeId id;
    private final Scheduler scheduler;
    private final ProcessTable table;
    private final Names names = new Names();
    private @Nullable Node facade;
    private volatile boolean stopping;
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

    ProcessTable table() {
        return table;
    }

    Names names() {
        return names;
    }

    /// The processes that are alive; none is stopped for it.
    public List<LocalProcess> processes() {
        List<LocalProcess> all = new ArrayList<>(table.count());
        table.forEach(all::add);
        return all;
    }

    public int processCount() {
        return table.count();
    }

    public @Nullable LocalProcess find(long number) {
        return table.find(number);
    }

    /// A new process, in the table but not running.
    LocalProcess create(@Nullable LocalProcess parent) {
        LocalProcess process = new LocalProcess(this, parent);
        admit(process);
        return process;
    }

    void admit(LocalProcess process) {
        if (stopping) {
            throw new IllegalStateException("the node " + id + " has been stopped");
        }
        table.insert(process);
    }

    void ended(LocalProcess process) {
        CountDownLatch waiting = emptied;
        if (waiting != null && table.count() == 0) {
            waiting.countDown();
        }
    }

    /// Ends `guest` when its thread has ended.
    void watchThread(Thread thread, GuestProcess guest) {
        Thread.ofVirtual()
                .name("bureau-guest-watch")
                .unstarted(() -> {
                    try {
                        thread.join();
                    } catch (InterruptedException nobodyDoes) {
                        LOG.log(System.Logger.Level.DEBUG, "the watch of a guest was interrupted");
                    }
                    guest.end(ExitReason.NORMAL);
                })
                .start();
    }

    void reportFailed(Throwable broken) {
        System.err.println("bureau: a log handler failed: " + broken);
    }

    /// Stops in order: tells all processes to shut down, kills those that do not within `grace`, then ends the
    /// scheduler. What is still running Java code that nobody can stop is left behind. True if nothing was.
    public boolean stop(long graceNanos) {
        CountDownLatch done = new CountDownLatch(1);
        synchronized (this) {
            if (stopping) {
                return true;
            }
            emptied = done;
            stopping = true;
        }
        boolean orderly =
                tellAll(ExitReason.SHUTDOWN, done, graceNanos)
                        || tellAll(ExitReason.KILL, done, TimeUnit.SECONDS.toNanos(1));
        scheduler.close();
        return orderly;
    }

    private boolean tellAll(ExitReason reason, CountDownLatch done, long waitNanos) {
        LocalProcess self = Current.processOrNull();
        for (LocalProcess process : processes()) {
            if (process instanceof GuestProcess guest) {
                guest.end(ExitReason.SHUTDOWN);
            } else if (process != self) {
                LocalPid from = process.pid();
                Reception.signal(
                        process,
                        new Signal.Exit(new dev.bureau.kernel.Exit(from, reason), false, false));
            }
        }
        if (table.count() == 0) {
            return true;
        }
        if (self != null && self.node() == this) {
            // A process of the node stops it: it cannot wait for its own end.
            return true;
        }
        try {
            return done.await(waitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean isStopped() {
        return stopping;
    }
}
