package dev.bureau.scheduler.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Virtual threads that run on a scheduler of our own. This package alone of Bureau reaches into the JDK.
///
/// Three doors of `java.lang` are used here: the factory that makes a virtual thread over any [Executor], the field in which
/// the thread keeps that executor, and the one with its thread locals; and some more by [Steps]. They need `java.lang` opened to
/// this module; [#available()] says whether it is.
public final class ProcessThreads {
    private static final String HOW_TO_OPEN =
            "run with ./bureau run or java -jar, or add --add-opens java.base/java.lang=dev.bureau.scheduler "
                    + "(ALL-UNNAMED instead of dev.bureau.scheduler on a class path)";

    /// Thread.NO_INHERIT_THREAD_LOCALS: a process shares nothing with its spawner, so neither its thread locals.
    private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

    private static final @Nullable MethodHandle NEW_THREAD;
    private static final @Nullable MethodHandle EXECUTOR;
    private static final @Nullable VarHandle LOCALS;
    private static final String WAY_OUT;

    private static final boolean POLLERS_ARE_PLATFORM_THREADS =
            Integer.getInteger("jdk.pollerMode", 0) == 1;

    static {
        MethodHandle newThread = null;
        MethodHandle executor = null;
        VarHandle locals = null;
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
            executor =
                    MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup())
                            .findGetter(virtualThread, "scheduler", Executor.class)
                            .asType(MethodType.methodType(Executor.class, Thread.class));
            locals =
                    MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                            .findVarHandle(
                                    Thread.class,
                                    "threadLocals",
                                    Class.forName("java.lang.ThreadLocal$ThreadLocalMap"));
            Steps.prepare();
            if (!POLLERS_ARE_PLATFORM_THREADS) {
                initialisePollers();
            }
        } catch (ReflectiveOperationException | RuntimeException closed) {
            wayOut = wayOut(closed);
        } catch (ExceptionInInitializerError closed) {
            wayOut =
                    wayOut(
                            closed.getCause() instanceof Exception cause
                                    ? cause
                                    : new ReflectiveOperationException(closed));
        }
        String vm = System.getProperty("java.vm.name", "");
        if (!isHotSpot(vm)) {
            wayOut = wayOutOf(vm);
        }
        if (!wayOut.isEmpty()) {
            newThread = null;
            executor = null;
            locals = null;
        }
        NEW_THREAD = newThread;
        EXECUTOR = executor;
        LOCALS = locals;
        WAY_OUT = wayOut;
    }

    private ProcessThreads() {}

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

    /// Running one thread on top of another is for the JVM whose sources we have read.
    static boolean isHotSpot(String vm) {
        return vm.contains("OpenJDK") || vm.contains("HotSpot");
    }

    static String wayOutOf(String vm) {
        return "this Bureau is made for the HotSpot JVM, and runs on "
                + vm
                + "; run with a JDK 25 that has HotSpot, as those of OpenJDK have";
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
        VarHandle locals = LOCALS;
        if (locals == null) {
            throw new IllegalStateException("there are no threads for processes: " + WAY_OUT);
        }
        if (locals.get(own) != null) {
            locals.set(own, null);
        }
    }

    private static MethodHandle open(@Nullable MethodHandle handle) {
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
