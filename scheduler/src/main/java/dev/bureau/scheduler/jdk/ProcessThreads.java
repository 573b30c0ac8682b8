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
 * then does. So it may stay, and have the carrier run a step of another on top of its own frames. The JVM allows for that: continuations nest, and what yields is the innermost. Meanwhile the host has to be to everybody what a thread that
 * does not run is. The carrier's current thread is the carrier itself, as where the JDK runs steps; and the host counts as
 * ended, so who asks for its stack gets an empty one and does not wait until it comes back. It holds no monitor, for the JVM would
 * take that for the other's; and it is pinned: if it has to wait for something after all, its carrier does.
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
    private static final @Nullable MethodHandle CLEAR_INTERRUPT;
    private static final @Nullable MethodHandle INTERRUPT_LOCK;
    private static final @Nullable MethodHandle PIN;
    private static final @Nullable MethodHandle UNPIN;

    // Not final: what is called by these is compiled by itself, and not with its callers.
    private static @Nullable MethodHandle apart;
    private static @Nullable MethodHandle afterDone;
    private static @Nullable MethodHandle afterYield;

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
        MethodHandle clearInterrupt = null;
        MethodHandle interruptLock = null;
        MethodHandle pin = null;
        MethodHandle unpin = null;
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
            apart =
                    MethodHandles.lookup()
                            .findStatic(
                                    ProcessThreads.class,
                                    "runApart",
                                    MethodType.methodType(
                                            boolean.class,
                                            Runnable.class,
                                            Thread.class,
                                            Thread.class,
                                            Thread.class));
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
            pin = inside.findStatic(ofThreads, "pin", MethodType.methodType(void.class));
            unpin = inside.findStatic(ofThreads, "unpin", MethodType.methodType(void.class));
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
            interruptLock = insideThread.findGetter(Thread.class, "interruptLock", Object.class);
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
        CLEAR_INTERRUPT = clearInterrupt;
        INTERRUPT_LOCK = interruptLock;
        PIN = pin;
        UNPIN = unpin;
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
    /// caller is to see to that, and then to [#settleInterrupt].
    ///
    /// @param own the thread; null if it is to be submitted whenever it yields
    /// @param host the virtual thread that the carrier runs and that calls, held; null if the carrier itself does
    public static boolean run(
            Runnable step, @Nullable Thread own, @Nullable Thread host, Thread carrier) {
        try {
            return (boolean) open(apart).invokeExact(step, own, host, carrier);
        } catch (Throwable thrown) {
            throw unexpected(thrown, carrier);
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
        if (own != null && (int) open(STATE).getVolatile(own) == YIELDED) {
            return goOn(own, carrier);
        }
        step.run();
        return false;
    }

    /// By the virtual thread `host`, which `carrier` runs: it does not leave the carrier until [#release], also if it blocks.
    public static void hold(Thread host) {
        try {
            open(PIN).invokeExact();
        } catch (Throwable unexpected) {
            throw unexpected(unexpected, host);
        }
    }

    public static void release(Thread host) {
        try {
            open(UNPIN).invokeExact();
        } catch (Throwable unexpected) {
            throw unexpected(unexpected, host);
        }
    }

    private static void stepAside(Thread host, Thread carrier) throws Throwable {
        open(NOTIFY_UNMOUNT).invokeExact(host, true);
        takeOff(host, carrier);
        open(STATE).setRelease(host, TERMINATED);
        open(NOTIFY_UNMOUNT).invokeExact(host, false);
    }

    private static void stepBack(Thread host, Thread carrier) throws Throwable {
        open(NOTIFY_MOUNT).invokeExact(host, true);
        open(STATE).setRelease(host, RUNNING);
        open(CARRIER).setRelease(host, carrier);
        open(SET_CURRENT).invokeExact(carrier, host);
        open(NOTIFY_MOUNT).invokeExact(host, false);
    }

    private static boolean goOn(Thread thread, Thread carrier) throws Throwable {
        if (!open(STATE).compareAndSet(thread, YIELDED, RUNNING)) {
            // Somebody looks at its stack, and the JDK submits it again.
            return false;
        }
        boolean yielded = false;
        Object continuation = (Object) open(CONTINUATION).invokeExact(thread);
        open(MOUNT).invokeExact(thread);
        try {
            open(RUN_CONTINUATION).invokeExact(continuation);
        } finally {
            takeOff(thread, carrier);
            open(CLEAR_INTERRUPT).invokeExact(carrier);
            open(NOTIFY_UNMOUNT).invokeExact(thread, false);
            if ((int) open(STATE).getVolatile(thread) == YIELDING) {
                open(STATE).setRelease(thread, YIELDED);
                yielded = true;
            } else if ((boolean) open(IS_DONE).invokeExact(continuation)) {
                open(afterDone).invokeExact(thread);
            } else {
                open(afterYield).invokeExact(thread);
            }
        }
        return yielded;
    }

    private static void takeOff(Thread thread, Thread carrier) throws Throwable {
        open(SET_CURRENT).invokeExact(carrier, carrier);
        open(CARRIER).setRelease(thread, (Thread) null);
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
            Object lock = (Object) open(INTERRUPT_LOCK).invokeExact(yielded);
            synchronized (lock) {
                open(CLEAR_INTERRUPT).invokeExact(carrier);
            }
        } catch (Throwable unexpected) {
            throw unexpected(unexpected, yielded);
        }
    }

    private static Error unexpected(Throwable thrown, Thread thread) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return thrown instanceof Error error
                ? error
                : new LinkageError("cannot run a thread on " + thread, thrown);
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
