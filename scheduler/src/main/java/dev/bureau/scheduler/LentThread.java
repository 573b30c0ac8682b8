package dev.bureau.scheduler;

import dev.bureau.scheduler.jdk.ProcessThreads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A virtual thread that fibers borrow which have none: one that waits without a stack holds no thread, and gets the
/// next best when there is something for it to do.
///
/*
 * A fiber keeps the thread until its body returns, also while it blocks: then the JDK submits it here, and it is
 * queued as the fiber it runs. Threads that nobody needs rest with a carrier, a few each.
 *
 * `mounted` is held, by compare-and-set, by whoever runs a step, for as long as that lasts; all other fields are his. It is
 * needed because the JDK may submit a thread once too often when somebody has looked at its stack (see Fiber): so a fiber
 * may be queued though it runs, or though it has given the thread back meanwhile and that runs another.
 *
 * Once a body has returned, its fiber may be running elsewhere: it is not looked at again. Nothing of one
 * fiber is left for the next: thread locals, an interrupt and a name are wiped out.
 */
final class LentThread implements Executor, Runnable {
    private static final VarHandle MOUNTED;

    static {
        try {
            MOUNTED =
                    MethodHandles.lookup()
                            .findVarHandle(LentThread.class, "mounted", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Scheduler scheduler;
    private final Thread thread;
    private @Nullable Runnable step;

    /// Whom it runs; null while it rests.
    private @Nullable Fiber fiber;

    /// Whose thread it was mounted by last; null where there are no carriers.
    private @Nullable Carrier carrier;

    private boolean resting;
    private volatile boolean mounted;

    private LentThread(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.thread = ProcessThreads.create(this, this);
    }

    static LentThread start(Scheduler scheduler) {
        LentThread lent = new LentThread(scheduler);
        // Only submits its first step, which we keep.
        lent.thread.start();
        return lent;
    }

    Thread thread() {
        return thread;
    }

    /// What the JDK submits for its thread.
    @Nullable Runnable ownStep() {
        return step;
    }

    @Nullable Fiber fiber() {
        return fiber;
    }

    /// Whom it runs from now on.
    void take(@Nullable Fiber next) {
        fiber = next;
    }

    /// Reserves it for one step; false if somebody else has.
    boolean mount() {
        return !mounted && MOUNTED.compareAndSet(this, false, true);
    }

    /// Runs it until it parks, yields or ends.
    void step(@Nullable Carrier on) {
        Runnable next = step;
        carrier = on;
        if (next != null) {
            Carrier.runStepOn(on, next);
        }
    }

    void unmount() {
        MOUNTED.setRelease(this, false);
    }

    @Override
    public void execute(Runnable next) {
        if (step == null) {
            step = next;
        } else if (next != step) {
            scheduler.enqueue(new Helper(next));
        } else if (resting) {
            resting = false;
            Carrier on = carrier;
            if (on != null) {
                on.keep(this);
            }
        } else if (fiber != null) {
            fiber.execute(next);
        }
    }

    @Override
    public void run() {
        while (serve()) {
            // see there
        }
    }

    /// Runs one fiber after the other, for a while; false if it is to end. As [Carrier] does, lest it stay interpreted.
    private boolean serve() {
        for (int n = 0; n < Carrier.SERVED_AT_A_TIME; n++) {
            Fiber mine = fiber;
            if (mine != null) {
                mine.run();
                fiber = null;
                wipe();
            }
            Carrier on = carrier;
            if (on != null && on.continueWith(this)) {
                continue;
            }
            if (on == null || !on.hasRoom()) {
                return false;
            }
            resting = true;
            Thread.yield();
            if (resting) {
                // It did not leave the carrier.
                resting = false;
                return false;
            }
        }
        return true;
    }

    private void wipe() {
        ProcessThreads.dropLocals(thread);
        Thread.interrupted();
        if (!thread.getName().isEmpty()) {
            thread.setName("");
        }
    }
}
