package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.scheduler.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ends processes that were told to exit and whose code does not let them: a loop that nobody wove, a native call, a
/// lock that does not come.
///
/*
 * Nobody can stop such a thread from outside. But it can do no more to others: with its first operation, or its next
 * yield point, it ends. So links and monitors need not wait for it, unless it stands inside an operation, which has to
 * come to its end first; that it does not begin another is certain, since operations begin by looking at EXITING, which
 * was raised before we look at its stack.
 *
 * Who has begun to unwind is given time: its finally blocks may close files. It has most of what a supervisor would give.
 *
 * The looking is done by a thread of the JDK's scheduler, for the carriers may all be busy.
 */
final class Undertaker {
    /// A process that is woven, or blocked in something that can be interrupted, ends well before.
    private static final long PATIENCE_NANOS = Duration.ofMillis(3).toNanos();

    private static final long AGAIN_NANOS = Duration.ofMillis(1).toNanos();

    /// Who has computed for this long and come to no yield point will come to none.
    private static final long DEAF_NANOS = Duration.ofMillis(1).toNanos();

    /// For who neither computes nor waits for anything that Java knows: it is in native code, or the system is busy with
    /// others.
    private static final long NATIVE_PATIENCE_NANOS = Duration.ofMillis(200).toNanos();

    /// For who has run since and waits again, but not for a lock: it has heard the interrupt and cleans up.
    private static final long ANSWERED_PATIENCE_NANOS = Duration.ofMillis(100).toNanos();

    private static final long UNWINDING_PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final String OWN_BODY = LocalProcess.class.getName();
    private static final String LOCKS = "java.util.concurrent.locks.";

    private final LocalNode node;
    private final ConcurrentLinkedQueue<Case> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean working = new AtomicBoolean();
    private final Runaways runaways;

    Undertaker(LocalNode node) {
        this.node = node;
        this.runaways = new Runaways(node);
    }

    /// Looks after a process that has just been told to exit while it was doing something else than waiting.
    void watch(LocalProcess process) {
        new Case(process, node.clock().now(), 0, process.slices()).schedule(PATIENCE_NANOS);
    }

    /// Who has been ended here and whose thread goes on.
    Runaways runaways() {
        return runaways;
    }

    private final class Case extends Timer {
        private final LocalProcess process;
        private final long since;

        /// The CPU time of its carrier when it was first found running, if known.
        private final long cpu;

        /// How often it had been on a carrier when it was told to exit.
        private final int slices;

        Case(LocalProcess process, long since, long cpu, int slices) {
            this.process = process;
            this.since = since;
            this.cpu = cpu;
            this.slices = slices;
        }

        void schedule(long nanos) {
            node.clock().schedule(this, node.clock().now() + nanos);
        }

        @Override
        protected void fire() {
            if (process.has(Attention.ENDING) || node.isStopped()) {
                return;
            }
            due.add(this);
            if (working.compareAndSet(false, true)) {
                Thread.ofVirtual().name("bureau-undertaker").start(Undertaker.this::work);
            }
        }
    }

    private void work() {
        while (true) {
            Case next = due.poll();
            if (next != null) {
                look(next);
                continue;
            }
            working.set(false);
            if (due.isEmpty() || !working.compareAndSet(false, true)) {
                return;
            }
        }
    }

    private void look(Case one) {
        LocalProcess process = one.process;
        if (process.has(Attention.ENDING)) {
            return;
        }
        long now = node.clock().now();
        boolean mayTakeTime =
                process.has(Attention.UNWINDING) && now - one.since < UNWINDING_PATIENCE_NANOS;
        long cpu = process.carrierCpuNanos();
        if (mayTakeTime || process.isQueued() || mayYetStop(one, now, cpu)) {
            again(one, now, Math.max(0, one.cpu == 0 ? cpu : one.cpu));
            return;
        }
        bury(process, one.since);
    }

    /// Ends a process whose code has shown that it does not stop. By the clock, for it is called by that process: a thread
    /// started there would be its helper, and wait for a carrier.
    void bury(LocalProcess process) {
        long now = node.clock().now();
        Timer atOnce =
                new Timer() {
                    @Override
                    protected void fire() {
                        bury(process, now);
                    }
                };
        node.clock().schedule(atOnce, now);
    }

    private void bury(LocalProcess process, long toldToExit) {
        // Before its end: its thread looks for itself here when it finds that another has ended it.
        if (!runaways.add(process, toldToExit)) {
            return;
        }
        // In a thread of its own: it closes resources, which may take for ever.
        Thread.ofVirtual()
                .name("bureau-undertaker")
                .start(() -> {
                    Termination.of(process, ExitReason.KILLED);
                    runaways.ended(process);
                });
    }

    /// Whether it may come to a yield point or an operation by itself. That it has not yet may be because others keep
    /// the processor, so what counts is its own time.
    private static boolean mayYetStop(Case one, long now, long cpu) {
        Thread thread = one.process.thread();
        if (thread == null) {
            return true;
        }
        long passed = now - one.since;
        boolean waits = cpu < 0;
        boolean computes = one.cpu > 0 && cpu - one.cpu >= DEAF_NANOS;
        if (!waits && !computes && passed < NATIVE_PATIENCE_NANOS) {
            return true;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        if (isInOperation(stack)) {
            return true;
        }
        boolean hasAnswered = one.process.slices() != one.slices;
        return hasAnswered && !waitsForLock(stack) && passed < ANSWERED_PATIENCE_NANOS;
    }

    /// Looks again, ever less often.
    private void again(Case one, long now, long cpu) {
        one.process.remind();
        Case next = new Case(one.process, one.since, cpu, one.slices);
        next.schedule(Math.max(AGAIN_NANOS, (now - one.since) / 4));
    }

    /// Whether the thread stands in an operation of the runtime, or in what that uses of the JDK.
    private static boolean isInOperation(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (isOfJdk(name)) {
                continue;
            }
            return isOfRuntime(name)
                    && !(name.equals(OWN_BODY) && frame.getMethodName().equals("run"));
        }
        // Not started, or just over.
        return true;
    }

    /// Whether it waits in `Lock.lock()`, which wakes at an interrupt and waits on.
    private static boolean waitsForLock(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (!isOfJdk(name)) {
                return false;
            }
            if (name.startsWith(LOCKS) && frame.getMethodName().equals("lock")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfJdk(String name) {
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }

    private static boolean isOfRuntime(String name) {
        return name.startsWith("dev.bureau.kernel.")
                || name.startsWith("dev.bureau.scheduler.")
                || name.startsWith("dev.bureau.otp.table.");
    }
}
