package dev.bureau.scheduler.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Virtual threads that run on a scheduler of our own: the only code of Bureau that reaches into the JDK.
///
/// These doors of `java.lang` are used: the factory that makes a virtual thread over any [Executor], the field in which
/// the thread keeps that executor, the one with its thread locals, and what puts a thread on its carrier and takes it off.
/// They need `java.lang` opened to this module; [#available()] says whether it is.
///
/*
 * Hosts. A virtual thread that has nothing to do and leaves its carrier, to come back in a moment, costs as much as what it
 * then does. So it may stay, and have the carrier run a step of another on top of its own frames, between `stepAside` and
 * `stepBack`. The JVM allows for that: continuations nest, and what yields is the innermost. Meanwhile the host has to be to everybody what a thread that
 * does not run is. The carrier's current thread is the carrier itself, as where the JDK runs steps; and the host counts as
 * ended, so who asks for its stack gets an empty one and does not wait until it comes back. Two conditions: the host
 * holds no monitor (the JVM would take that for the other's), and it does not block, for it cannot leave.
 *
 * Steps. What the JDK submits for a thread is a step that puts it on its carrier, runs it and takes it off. A thread that has
 * yielded and yields again, as processes do which wait, needs half of that: `goOn` leaves out the lock and the fences that are
 * for others, and whom to tell. The lock keeps an interrupt from coming to the carrier when its thread has just left. Without it
 * that can happen: whoever is next there loses it when it leaves in turn, and at most has waited for less long than it might,
 * pinned; a carrier that sleeps looks for it (Carrier.forgetInterrupt).
 *
 * The compiler takes the current thread for constant within a method, and does not inline the JDK's methods that change
 * it. So where it changes here, nothing of ours asks for it until it is what it was.
 */
public final class ProcessThreads {
    private static final String HOW_TO_OPEN =
            "run with ./bureau run or java -jar, or add --add-opens java.base/java.lang=dev.bureau.scheduler "
                    + "(ALL-UNNAMED instead of dev.bureau.scheduler on a class path)";

    /// Thread.NO_INHERIT_THREAD_LOCALS: a process shares nothing with its spawner, so neither its thread locals.
    private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

    private static final @Nullable MethodHandle NEW_THREAD;
    private static final @Nullable MethodHandle EXECUTOR;
    private static final @Nullable VarHandle LOCALS;
    private static final @Nullable VarHandle STATE;
    private static final @Nullable VarHandle CARRIER;
    private static final @Nullable MethodHandle SET_CURRENT;
    private static final @Nullable MethodHandle NOTIFY_MOUNT;
    private static final @Nullable MethodHandle NOTIFY_UNMOUNT;
    private static final @Nullable MethodHandle MOUNT;
    private static final @Nullable MethodHandle CONTINUATION;
    private static final @Nullable MethodHandle RUN_CONTINUATION;
    private static final @Nullable MethodHandle IS_DONE;
    private static final @Nullable MethodHandle AFTER_DONE;
    private static final @Nullable MethodHandle AFTER_YIELD;
    private static final @Nullable MethodHandle CLEAR_INTERRUPT;
    private static final int RUNNING;
    private static final int YIELDING;
    private static final int YIELDED;
    private static final int TERMINATED;
    private static final String WAY_OUT;

    private static final boolean POLLERS_ARE_PLATFORM_THREADS =
            Integer.getInteger("jdk.pollerMode", 0) == 1;

    static {
        MethodHandle newThread = null;
        MethodHandle executor = null;
        VarHandle locals = null;
        VarHandle state = null;
        VarHandle carrier = null;
        MethodHandle setCurrent = null;
        MethodHandle notifyMount = null;
        MethodHandle notifyUnmount = null;
        MethodHandle mount = null;
        MethodHandle continuation = null;
        MethodHandle runContinuation = null;
        MethodHandle isDone = null;
        MethodHandle afterDone = null;
        MethodHandle afterYield = null;
        MethodHandle clearInterrupt = null;
        int running = 0;
        int yielding = 0;
        int yielded = 0;
        int terminated = 0;
        String wayOut = "";
        try {
            Class<?> builders = Class.forName("java.lang.ThreadBuilders");
            newThread =
                    MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                            .findStatic(
                                    builders,
                                    "newVirtualThread",
                                    MethodType.methodType(
                                            Thread.class,
                                            Executor.class,
                                            String.class,
                                            int.class,
                                            Runnable.class));
            Class<?> virtualThread = Class.forName("java.lang.VirtualThread");
            MethodHandles.Lookup inside =
                    MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup());
            executor =
                    inside.findGetter(virtualThread, "scheduler", Executor.class)
                            .asType(MethodType.methodType(Executor.class, Thread.class));
            state = inside.findVarHandle(virtualThread, "state", int.class);
            carrier = inside.findVarHandle(virtualThread, "carrierThread", Thread.class);
            notifyMount = notification(inside, virtualThread, "notifyJvmtiMount");
            notifyUnmount = notification(inside, virtualThread, "notifyJvmtiUnmount");
            mount = action(inside, virtualThread, "mount", Thread.class);
            afterDone = action(inside, virtualThread, "afterDone", Thread.class);
            afterYield = action(inside, virtualThread, "afterYield", Thread.class);
            Class<?> continuations = Class.forName("jdk.internal.vm.Continuation");
            continuation =
                    inside.findGetter(virtualThread, "cont", continuations)
                            .asType(MethodType.methodType(Object.class, Thread.class));
            // By its subclass in java.lang: its own package is closed.
            Class<?> ofThreads = Class.forName("java.lang.VirtualThread$VThreadContinuation");
            runContinuation = action(inside, ofThreads, "run", Object.class);
            isDone =
                    inside.findVirtual(ofThreads, "isDone", MethodType.methodType(boolean.class))
                            .asType(MethodType.methodType(boolean.class, Object.class));
            running = constant(inside, virtualThread, "RUNNING");
            yielding = constant(inside, virtualThread, "YIELDING");
            yielded = constant(inside, virtualThread, "YIELDED");
            terminated = constant(inside, virtualThread, "TERMINATED");
            MethodHandles.Lookup insideThread =
                    MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            locals =
                    insideThread.findVarHandle(
                            Thread.class,
                            "threadLocals",
                            Class.forName("java.lang.ThreadLocal$ThreadLocalMap"));
            setCurrent =
                    insideThread.findVirtual(
                            Thread.class,
                            "setCurrentThread",
                            MethodType.methodType(void.class, Thread.class));
            clearInterrupt = action(insideThread, Thread.class, "clearInterrupt", Thread.class);
            if (!POLLERS_ARE_PLATFORM_THREADS) {
                initialisePollers();
            }
        } catch (ReflectiveOperationException | RuntimeException closed) {
            wayOut = wayOut(closed);
            newThread = null;
        }
        NEW_THREAD = newThread;
        EXECUTOR = executor;
        LOCALS = locals;
        STATE = state;
        CARRIER = carrier;
        SET_CURRENT = setCurrent;
        NOTIFY_MOUNT = notifyMount;
        NOTIFY_UNMOUNT = notifyUnmount;
        MOUNT = mount;
        CONTINUATION = continuation;
        RUN_CONTINUATION = runContinuation;
        IS_DONE = isDone;
        AFTER_DONE = afterDone;
        AFTER_YIELD = afterYield;
        CLEAR_INTERRUPT = clearInterrupt;
        RUNNING = running;
        YIELDING = yielding;
        YIELDED = yielded;
        TERMINATED = terminated;
        WAY_OUT = wayOut;
    }

    private ProcessThreads() {}

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

    /// Whether virtual threads can be given a scheduler of ours in this JVM.
    public static boolean available() {
        return NEW_THREAD != null;
    }

    /// What a user can do when they cannot.
    public static String wayOut() {
        return WAY_OUT;
    }

    static String wayOut(Exception found) {
        return found instanceof ReflectiveOperationException
                        && !(found instanceof IllegalAccessException)
                ? "the virtual threads of JDK "
                        + Runtime.version()
                        + " are not those of JDK 25, for which this Bureau is made ("
                        + found
                        + "); run with JDK 25"
                : HOW_TO_OPEN;
    }

    /// A new virtual thread, not started, whose every step goes through `executor`.
    public static Thread create(Executor executor, Runnable body) {
        MethodHandle newThread = open(NEW_THREAD);
        try {
            return (Thread)
                    newThread.invokeExact(executor, (String) null, NO_INHERIT_THREAD_LOCALS, body);
        } catch (Throwable unexpected) {
            throw new LinkageError("cannot create a virtual thread", unexpected);
        }
    }

    /// The executor of the given *virtual* thread.
    public static Executor executorOf(Thread virtualThread) {
        try {
            return (Executor) open(EXECUTOR).invokeExact(virtualThread);
        } catch (Throwable unexpected) {
            throw new LinkageError("cannot read the scheduler of " + virtualThread, unexpected);
        }
    }

    /// Own thread: it has no thread locals from now on.
    public static void dropLocals(Thread own) {
        VarHandle locals = open(LOCALS);
        if (locals.get(own) != null) {
            locals.set(own, null);
        }
    }

    /// On the thread of `carrier`: runs a step of a virtual thread. True if that has yielded and was not submitted for it: the
    /// caller is to see to that.
    ///
    /// @param own the thread; null if it is to be submitted whenever it yields
    public static boolean run(Runnable step, @Nullable Thread own, Thread carrier) {
        VectorRegisters.emptyUpperHalves();
        if (own != null && (int) open(STATE).getVolatile(own) == YIELDED) {
            return goOn(own, carrier);
        }
        step.run();
        return false;
    }

    /// By the virtual thread `host`, which `carrier` runs: it is not its current thread until [#stepBack].
    public static void stepAside(Thread host, Thread carrier) {
        try {
            open(NOTIFY_UNMOUNT).invokeExact(host, true);
            takeOff(host, carrier);
            open(STATE).setRelease(host, TERMINATED);
            open(NOTIFY_UNMOUNT).invokeExact(host, false);
        } catch (Throwable unexpected) {
            throw unexpected(unexpected, host);
        }
    }

    public static void stepBack(Thread host, Thread carrier) {
        try {
            open(NOTIFY_MOUNT).invokeExact(host, true);
            open(STATE).setRelease(host, RUNNING);
            open(CARRIER).setRelease(host, carrier);
            open(SET_CURRENT).invokeExact(carrier, host);
            open(NOTIFY_MOUNT).invokeExact(host, false);
        } catch (Throwable unexpected) {
            throw unexpected(unexpected, host);
        }
    }

    private static boolean goOn(Thread thread, Thread carrier) {
        if (!open(STATE).compareAndSet(thread, YIELDED, RUNNING)) {
            // Somebody looks at its stack, and the JDK submits it again.
            return false;
        }
        try {
            Object continuation = (Object) open(CONTINUATION).invokeExact(thread);
            open(MOUNT).invokeExact(thread);
            try {
                open(RUN_CONTINUATION).invokeExact(continuation);
            } finally {
                takeOff(thread, carrier);
                open(CLEAR_INTERRUPT).invokeExact(carrier);
                open(NOTIFY_UNMOUNT).invokeExact(thread, false);
            }
            if ((int) open(STATE).getVolatile(thread) == YIELDING) {
                open(STATE).setRelease(thread, YIELDED);
                return true;
            }
            if ((boolean) open(IS_DONE).invokeExact(continuation)) {
                open(AFTER_DONE).invokeExact(thread);
            } else {
                open(AFTER_YIELD).invokeExact(thread);
            }
            return false;
        } catch (Throwable unexpected) {
            throw unexpected(unexpected, thread);
        }
    }

    private static void takeOff(Thread thread, Thread carrier) throws Throwable {
        open(SET_CURRENT).invokeExact(carrier, carrier);
        open(CARRIER).setRelease(thread, (Thread) null);
    }

    private static Error unexpected(Throwable thrown, Thread thread) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return thrown instanceof Error error
                ? error
                : new LinkageError("cannot run " + thread, thrown);
    }

    private static <T> T open(@Nullable T handle) {
        if (handle == null) {
            throw new IllegalStateException("there are no threads for processes: " + WAY_OUT);
        }
        return handle;
    }

    /// The JDK's I/O pollers are virtual threads, and a virtual thread inherits its scheduler. Were the first socket of
    /// the JVM used inside a process, all of them would live in that process for ever; so they start here, before there
    /// is any process. With `-Djdk.pollerMode=1` they are platform threads and can wait for the first socket: better so,
    /// because a JVM with a thread in `epoll_wait` takes 300 ms to end.
    private static void initialisePollers() throws ClassNotFoundException {
        Class.forName("sun.nio.ch.Poller", true, null);
    }
}
