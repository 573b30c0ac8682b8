package dev.bureau.testkit;

import dev.bureau.kernel.process.GuestProcess;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Runs the processes of a node over a [SeededScheduler] for a test whose thread takes part as a guest; where nobody can go
/// on, the guests included, time jumps to the next timer.
final class VirtualTime implements AutoCloseable, Runnable {
    private static final long POLL_MILLIS = 1;

    /// Who has stood still for so long, and does not wait by Bureau's means, waits for something else, a latch say. Before, it
    /// may have been woken and not have got a processor yet.
    private static final long OUTSIDE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final SeededScheduler scheduler;
    private final LocalNode node;
    private volatile boolean closed;

    /// Own thread: when a guest was last seen to go on, or a process has.
    private long lastGoing = System.nanoTime();

    private VirtualTime(SeededScheduler scheduler, LocalNode node) {
        this.scheduler = scheduler;
        this.node = node;
    }

    static VirtualTime start(String thread, SeededScheduler scheduler, LocalNode node) {
        VirtualTime time = new VirtualTime(scheduler, node);
        Thread.ofPlatform().daemon().name(thread).start(time);
        return time;
    }

    @Override
    public void run() {
        while (!closed) {
            if (scheduler.hasRunnable()) {
                scheduler.step();
                lastGoing = System.nanoTime();
            } else if (!guestsWait() || scheduler.hasRunnable() || !scheduler.skipToNextTimer()) {
                scheduler.awaitOutside(POLL_MILLIS);
            }
        }
    }

    private boolean guestsWait() {
        Set<Thread> going = new HashSet<>();
        Set<Thread> waiting = new HashSet<>();
        for (LocalProcess process : node.processes()) {
            Thread thread = process instanceof GuestProcess ? process.thread() : null;
            if (thread != null) (process.isWaiting() ? waiting : going).add(thread);
        }
        // A thread may be several guests, one inside the other.
        going.removeAll(waiting);
        long now = System.nanoTime();
        if (going.isEmpty() || going.stream().anyMatch(VirtualTime::isGoing)) lastGoing = now;
        return going.isEmpty() || now - lastGoing > OUTSIDE_NANOS;
    }

    private static boolean isGoing(Thread thread) {
        return thread.getState() == Thread.State.RUNNABLE;
    }

    @Override
    public void close() {
        closed = true;
    }
}
