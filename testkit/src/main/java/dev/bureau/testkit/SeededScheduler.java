package dev.bureau.testkit;

import dev.bureau.scheduler.Clock;
import dev.bureau.scheduler.Fiber;
import dev.bureau.scheduler.Schedulable;
import dev.bureau.scheduler.Scheduler;
import dev.bureau.scheduler.Timer;
import dev.bureau.scheduler.TimerWheel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs fibers one at a time on the calling thread, in an order that a seed decides: the same seed, the same order.
///
/*
 * Whoever calls `step` is the carrier. A step ends where the fiber waits, ends, or yields; the kernel offers to yield
 * between the steps of its operations (`interleave`), and the seed decides whether. So two fibers meet in any order
 * that two carriers could bring about, save for what happens between two atomic accesses; that is jcstress's work.
 *
 * Time is virtual. Each step takes a random few microseconds; when nothing is runnable, time jumps to the next timer.
 *
 * Three things a seed decides once, because no single way to choose finds every race: how often an operation is
 * interrupted; how long a step takes; whether now and then one fiber is kept back while the others go on.
 *
 * Nothing here may depend on identity hashes, on real time or on the names of threads. What other threads enqueue (a real
 * sleep, a lock handed on by the JDK) is taken in, but then a seed no longer decides alone.
 */
final class SeededScheduler extends Scheduler {
    private static final int TRACED = 60;

    /// An operation is interrupted where the random number has none of these bits. Found with the link protocol as it was
    /// before it was right: offering every place finds the most, and some bugs want longer runs of one process.
    private static final int[] YIELD_MASKS = {0b0, 0b0, 0b1, 0b11};

    private static final int KEEP_BACK_ONE_IN = 64;
    private static final int MOST_KEPT_BACK = 100;

    private final SplittableRandom random;
    private final VirtualClock clock = new VirtualClock();
    private final List<Schedulable> ready = new ArrayList<>();
    private final LinkedBlockingQueue<Schedulable> foreign = new LinkedBlockingQueue<>();
    private final @Nullable Queue<String> trace;

    // What the seed decides once.
    private int yieldMask;
    private final int mostNanosAStep;
    private final boolean keepsBack;

    private @Nullable Thread carrier;
    private @Nullable Schedulable running;
    private @Nullable Schedulable keptBack;
    private int keptBackSteps;
    private long steps;
    private long fingerprint;
    private volatile boolean closed;

    SeededScheduler(long seed, boolean traced) {
        random = new SplittableRandom(seed);
        yieldMask = YIELD_MASKS[random.nextInt(YIELD_MASKS.length)];
        mostNanosAStep = 1 << (4 + random.nextInt(12));
        keepsBack = random.nextInt(4) == 0;
        trace = traced ? new ArrayDeque<>() : null;
    }

    /// Runs one fiber until it waits, yields or ends; false when none is runnable now.
    boolean step() {
        hasRunnable();
        clock.pass(random.nextInt(mostNanosAStep));
        if (ready.isEmpty()) {
            return false;
        }
        Schedulable next = choose();
        if (trace != null) {
            note(trace, next);
        }
        steps++;
        running = next;
        next.step();
        running = null;
        return true;
    }

    /// Whether a fiber is runnable now.
    boolean hasRunnable() {
        carrier = Thread.currentThread();
        Schedulable outside;
        while ((outside = foreign.poll()) != null) {
            ready.add(outside);
        }
        return !ready.isEmpty();
    }

    private Schedulable choose() {
        int count = ready.size();
        int index = count == 1 ? 0 : random.nextInt(count);
        if (keepsBack && count > 1) {
            if (keptBack == null && random.nextInt(KEEP_BACK_ONE_IN) == 0) {
                keptBack = ready.get(index);
                keptBackSteps = random.nextInt(MOST_KEPT_BACK);
            }
            if (ready.get(index) == keptBack && keptBackSteps-- > 0) {
                index = index == 0 ? count - 1 : index - 1;
            } else if (keptBackSteps <= 0) {
                keptBack = null;
            }
        }
        fingerprint = (fingerprint * 31 + index) * 31 + count;
        Schedulable chosen = ready.get(index);
        Schedulable last = ready.removeLast();
        if (last != chosen) {
            ready.set(index, last);
        }
        return chosen;
    }

    private void note(Queue<String> into, Schedulable next) {
        if (into.size() == TRACED) {
            into.remove();
        }
        String who = next instanceof Fiber ? next.toString() : "a helper thread";
        into.add("%,15d us  %s".formatted(TimeUnit.NANOSECONDS.toMicros(clock.now()), who));
    }

    /// From now on no operation is interrupted.
    void calm() {
        yieldMask = -1;
    }

    /// Lets time jump to the next timer; false when none is set.
    boolean skipToNextTimer() {
        return clock.skipToNextTimer();
    }

    /// Waits, in real time, for what threads outside may still enqueue.
    boolean awaitOutside(long millis) {
        try {
            Schedulable outside = foreign.poll(millis, TimeUnit.MILLISECONDS);
            if (outside != null) {
                ready.add(outside);
            }
            return outside != null;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// How many steps it has run.
    long steps() {
        return steps;
    }

    /// A digest of all choices so far.
    long fingerprint() {
        return fingerprint;
    }

    /// The last steps, when it keeps a trace: time and who ran.
    List<String> trace() {
        return trace == null ? List.of() : List.copyOf(trace);
    }

    @Override
    public void interleave() {
        if (running instanceof Fiber fiber
                && fiber.thread() == Thread.currentThread()
                && (random.nextInt() & yieldMask) == 0) {
            Thread.yield();
        }
    }

    @Override
    protected Thread newThread(Fiber fiber) {
        return threadOver(fiber);
    }

    @Override
    protected void enqueue(Schedulable runnable) {
        Thread thread = Thread.currentThread();
        if (thread == carrier || (running instanceof Fiber fiber && fiber.thread() == thread)) {
            ready.add(runnable);
        } else if (!closed) {
            foreign.add(runnable);
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static final class VirtualClock extends Clock {
        /// Written by the carrier; read by guests too.
        private volatile long now;

        private final TimerWheel wheel = new TimerWheel(this::now);
        private long due = TimerWheel.NEVER;
        private volatile boolean changed;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void schedule(Timer timer, long deadline) {
            wheel.schedule(timer, deadline);
            changed = true;
        }

        /// From now on, as a deadline would be: here nothing is late.
        @Override
        public void delay(Timer timer, int delay) {
            schedule(timer, now + delay * 1_000_000L);
        }

        /// Its timers are gone at once.
        @Override
        public boolean delayAgain(Timer timer, int delay) {
            return false;
        }

        void pass(long nanos) {
            long later = now + nanos;
            now = later;
            if (changed) {
                look();
            }
            if (now >= due) {
                fire();
            }
        }

        boolean skipToNextTimer() {
            look();
            if (due == TimerWheel.NEVER) {
                return false;
            }
            now = Math.max(now, due);
            fire();
            return true;
        }

        private void look() {
            changed = false;
            due = wheel.nextDue();
        }

        private void fire() {
            wheel.advance(now);
            look();
        }
    }
}
