package dev.bureau.scheduler.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Runs the steps of virtual threads on carriers, with less than the JDK does for that: see
/// docs/adr/0022-less-than-a-switch.md.
///
/*
 * Hosts. A virtual thread that has nothing to do and leaves its carrier, to come back in a moment, costs as much as what it
 * then does. So it may stay, and have the carrier run a step of another on top of its own frames. The JVM allows for that:
 * continuations nest, and what yields is the innermost. Meanwhile the host has to be to everybody what a thread that does not run
 * is. The carrier's current thread is the carrier itself, as where the JDK runs steps; and the host counts as ended, so who asks for
 * its stack gets an empty one and does not wait until it comes back. It holds no monitor, for the JVM would take that for the
 * other's; and it is pinned: if it has to wait for something after all, its carrier does.
 *
 * Steps. What the JDK submits for a thread is a step that puts it on its carrier, runs it and takes it off. A thread that has
 * yielded and yields again, as processes do which wait, needs half of that: `goOn` leaves out the fences that are
 * for others, whom to tell, and the lock, which keeps an interrupt from coming to the carrier when its thread has just left.
 * `settleInterrupt` does so instead, where there is an interrupt.
 *
 * Compiling. C2 takes the current thread for constant within a method and what is inlined there, and reads it when it likes. The
 * JDK's methods that change it are marked, and not inlined into others; ours cannot be. So where it changes is compiled by itself
 * (`runApart`, by way of a handle that is no constant), and nothing there asks for it.
 */
public final class Steps {
    private static final VarHandle STATE;
    private static final VarHandle CARRIER;
    private static final MethodHandle SET_CURRENT;
    private static final MethodHandle MOUNT;
    private static final MethodHandle NOTIFY_MOUNT;
    private static final MethodHandle NOTIFY_UNMOUNT;
    private static final MethodHandle CLEAR_INTERRUPT;
    private static final MethodHandle INTERRUPT_LOCK;
    private static final MethodHandle CONTINUATION;
    private static final MethodHandle RUN_CONTINUATION;
    private static final MethodHandle IS_DONE;
    private static final MethodHandle PIN;
    private static final MethodHandle UNPIN;
    private static final int RUNNING;
    private static final int YIELDING;
    private static final int YIELDED;
    private static final int TERMINATED;

    // Not final: what is called by these is compiled by itself, and not with its callers.
    private static MethodHandle apart;
    private static MethodHandle afterDone;
    private static MethodHandle afterYield;

    static {
        try {
            Class<?> thread = Class.forName("java.lang.VirtualThread");
            // By this class continuations are reached from java.lang: their own package is closed.
            Class<?> continuation = Class.forName("java.lang.VirtualThread$VThreadContinuation");
            MethodHandles.Lookup here = MethodHandles.lookup();
            MethodHandles.Lookup threads = MethodHandles.privateLookupIn(Thread.class, here);
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(thread, here);
            STATE = inside.findVarHandle(thread, "state", int.class);
            CARRIER = inside.findVarHandle(thread, "carrierThread", Thread.class);
            RUNNING = constant(inside, thread, "RUNNING");
            YIELDING = constant(inside, thread, "YIELDING");
            YIELDED = constant(inside, thread, "YIELDED");
            TERMINATED = constant(inside, thread, "TERMINATED");
            SET_CURRENT =
                    threads.findVirtual(
                            Thread.class,
                            "setCurrentThread",
                            MethodType.methodType(void.class, Thread.class));
            CLEAR_INTERRUPT = action(threads, Thread.class, "clearInterrupt", Thread.class);
            INTERRUPT_LOCK = threads.findGetter(Thread.class, "interruptLock", Object.class);
            MOUNT = action(inside, thread, "mount", Thread.class);
            NOTIFY_MOUNT = notification(inside, thread, "notifyJvmtiMount");
            NOTIFY_UNMOUNT = notification(inside, thread, "notifyJvmtiUnmount");
            afterDone = action(inside, thread, "afterDone", Thread.class);
            afterYield = action(inside, thread, "afterYield", Thread.class);
            CONTINUATION =
                    inside.findGetter(thread, "cont", Class.forName("jdk.internal.vm.Continuation"))
                            .asType(MethodType.methodType(Object.class, Thread.class));
            RUN_CONTINUATION = action(inside, continuation, "run", Object.class);
            IS_DONE =
                    inside.findVirtual(continuation, "isDone", MethodType.methodType(boolean.class))
                            .asType(MethodType.methodType(boolean.class, Object.class));
            PIN = inside.findStatic(continuation, "pin", MethodType.methodType(void.class));
            UNPIN = inside.findStatic(continuation, "unpin", MethodType.methodType(void.class));
            apart =
                    here.findStatic(
                            Steps.class,
                            "runApart",
                            MethodType.methodType(
                                    boolean.class,
                                    Runnable.class,
                                    Thread.class,
                                    Thread.class,
                                    Thread.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Steps() {}

    /// Finds what it needs of the JDK.
    static void prepare() {}

    /// A method without arguments, called as one of `as`.
    private static MethodHandle action(
            MethodHandles.Lookup inside, Class<?> of, String name, Class<?> as)
            throws ReflectiveOperationException {
        return inside.findVirtual(of, name, MethodType.methodType(void.class))
                .asType(MethodType.methodType(void.class, as));
    }

    private static int constant(MethodHandles.Lookup inside, Class<?> of, String name)
            throws ReflectiveOperationException {
        return (int) inside.findStaticVarHandle(of, name, int.class).get();
    }

    private static MethodHandle notification(
            MethodHandles.Lookup inside, Class<?> virtualThread, String name)
            throws ReflectiveOperationException {
        return inside.findVirtual(
                        virtualThread, name, MethodType.methodType(void.class, boolean.class))
                .asType(MethodType.methodType(void.class, Thread.class, boolean.class));
    }

    /// On the thread of `carrier`: runs a step of a virtual thread. True if that has yielded and was not submitted for it: the
    /// caller is to see to that, and then to [#settleInterrupt].
    ///
    /// @param own the thread; null if it is to be submitted whenever it yields
    /// @param host the virtual thread that the carrier runs and that calls, held; null if the carrier itself does
    public static boolean run(
            Runnable step, @Nullable Thread own, @Nullable Thread host, Thread carrier) {
        try {
            return (boolean) apart.invokeExact(step, own, host, carrier);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    // By the handle above.
    @SuppressWarnings("UnusedMethod")
    private static boolean runApart(
            Runnable step, @Nullable Thread own, @Nullable Thread host, Thread carrier)
            throws Throwable {
        if (host == null) {
            return runOrGoOn(step, own, carrier);
        }
        try {
            stepAside(host, carrier);
            return runOrGoOn(step, own, carrier);
        } finally {
            stepBack(host, carrier);
        }
    }

    private static boolean runOrGoOn(Runnable step, @Nullable Thread own, Thread carrier)
            throws Throwable {
        VectorRegisters.emptyUpperHalves();
        if (own != null && (int) STATE.getVolatile(own) == YIELDED) {
            return goOn(own, carrier);
        }
        step.run();
        return false;
    }

    /// The virtual thread that calls does not leave its carrier until [#release], also if it blocks.
    public static void hold() {
        try {
            PIN.invokeExact();
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    public static void release() {
        try {
            UNPIN.invokeExact();
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    private static void stepAside(Thread host, Thread carrier) throws Throwable {
        NOTIFY_UNMOUNT.invokeExact(host, true);
        takeOff(host, carrier);
        STATE.setRelease(host, TERMINATED);
        NOTIFY_UNMOUNT.invokeExact(host, false);
    }

    private static void stepBack(Thread host, Thread carrier) throws Throwable {
        NOTIFY_MOUNT.invokeExact(host, true);
        STATE.setRelease(host, RUNNING);
        CARRIER.setRelease(host, carrier);
        SET_CURRENT.invokeExact(carrier, host);
        NOTIFY_MOUNT.invokeExact(host, false);
    }

    private static boolean goOn(Thread thread, Thread carrier) throws Throwable {
        if (!STATE.compareAndSet(thread, YIELDED, RUNNING)) {
            // Somebody looks at its stack, and the JDK submits it again.
            return false;
        }
        boolean yielded = false;
        Object continuation = (Object) CONTINUATION.invokeExact(thread);
        MOUNT.invokeExact(thread);
        try {
            RUN_CONTINUATION.invokeExact(continuation);
        } finally {
            takeOff(thread, carrier);
            CLEAR_INTERRUPT.invokeExact(carrier);
            NOTIFY_UNMOUNT.invokeExact(thread, false);
            if ((int) STATE.getVolatile(thread) == YIELDING) {
                STATE.setRelease(thread, YIELDED);
                yielded = true;
            } else if ((boolean) IS_DONE.invokeExact(continuation)) {
                afterDone.invokeExact(thread);
            } else {
                afterYield.invokeExact(thread);
            }
        }
        return yielded;
    }

    private static void takeOff(Thread thread, Thread carrier) throws Throwable {
        SET_CURRENT.invokeExact(carrier, carrier);
        CARRIER.setRelease(thread, (Thread) null);
    }

    /// On the thread of `carrier`, after [#run] has said that the thread has yielded, and an atomic step: an interrupt of it
    /// does not come to the carrier any more.
    ///
    /// Who interrupts holds the lock, says so, and looks for the carrier; here the carrier was taken from it first.
    public static void settleInterrupt(Thread yielded, Thread carrier) {
        if (!yielded.isInterrupted()) {
            return;
        }
        try {
            Object lock = (Object) INTERRUPT_LOCK.invokeExact(yielded);
            synchronized (lock) {
                CLEAR_INTERRUPT.invokeExact(carrier);
            }
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    private static Error unexpected(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return thrown instanceof Error error
                ? error
                : new LinkageError("cannot run a virtual thread", thrown);
    }
}
