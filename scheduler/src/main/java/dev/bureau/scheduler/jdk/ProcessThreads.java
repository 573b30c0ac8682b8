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
/// the thread keeps that executor, the one with its thread locals, and what makes a thread the current one of its carrier.
/// They need `java.lang` opened to this module; [#available()] says whether it is.
///
/*
 * Hosts. A virtual thread that has nothing to do and leaves its carrier, to come back in a moment, costs as much as what it
 * then does. So it may stay, and have the carrier run a step of another on top of its own frames: `runOnTopOf`. The JVM allows for
 * that: continuations nest, and what yields is the innermost. Meanwhile the host has to be to everybody what a thread that
 * does not run is. The carrier's current thread is the carrier itself, as where the JDK runs steps; and the host counts as
 * ended, so who asks for its stack gets an empty one and does not wait until it comes back. Two conditions: the host
 * holds no monitor (the JVM would take that for the other's), and it does not block, for it cannot leave.
 *
 * The compiler takes the current thread for constant within a method, and does not inline the JDK's methods that change
 * it. So between the two changes of `runOnTopOf` there is nothing but the step.
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
    private static final int RUNNING;
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
        int running = 0;
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
            running = (int) inside.findStaticVarHandle(virtualThread, "RUNNING", int.class).get();
            terminated =
                    (int) inside.findStaticVarHandle(virtualThread, "TERMINATED", int.class).get();
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
        RUNNING = running;
        TERMINATED = terminated;
        WAY_OUT = wayOut;
    }

    private ProcessThreads() {}

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

    /// On the thread of a carrier: runs a step of a virtual thread.
    public static void run(Runnable step) {
        VectorRegisters.emptyUpperHalves();
        step.run();
    }

    /// On the thread of `carrier`, by the virtual thread `host` that it runs: runs a step of another virtual thread there.
    public static void runOnTopOf(Thread host, Thread carrier, Runnable step) {
        try {
            open(NOTIFY_UNMOUNT).invokeExact(host, true);
            open(SET_CURRENT).invokeExact(carrier, carrier);
            open(CARRIER).setRelease(host, (Thread) null);
            open(STATE).setRelease(host, TERMINATED);
            open(NOTIFY_UNMOUNT).invokeExact(host, false);
            try {
                run(step);
            } finally {
                open(NOTIFY_MOUNT).invokeExact(host, true);
                open(STATE).setRelease(host, RUNNING);
                open(CARRIER).setRelease(host, carrier);
                open(SET_CURRENT).invokeExact(carrier, host);
                open(NOTIFY_MOUNT).invokeExact(host, false);
            }
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable unexpected) {
            throw new LinkageError("cannot run a step on " + host, unexpected);
        }
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
