package dev.bureau.scheduler;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Makes the system run a thread at once when it wakes, although others compute on all cores; or less than those others.
///
/// Linux lets whoever computes go on to the end of his turn first, three milliseconds and more, if the one that wakes has not slept for
/// long. So the clock asks to be run before all that are not urgent themselves (`SCHED_FIFO`), which only privileged processes may have;
/// else for precedence; else for the shortest turns there are, which everybody may. Somebody who has given this process another
/// precedence or another policy knows why: then that stays.
///
/// Nothing is asked where that is not Linux, where native access is not allowed to this module, or with
/// `-Dbureau.promptness=false`. What asks takes tens of milliseconds to load, so that is done aside when it is first needed.
public final class Promptness {
    /// The least that Linux grants.
    private static final long TURN_NANOS = 100_000;

    /// What `nice` calls precedence. Privileged processes may have that, though some not the real-time policy.
    private static final int NICE = -10;

    /// A tenth of what others get.
    private static final int NICE_TO_ALL = 10;

    /// SCHED_FLAG_RESET_ON_FORK: not for the threads that it starts.
    private static final long NOT_INHERITED = 1;

    /// `struct sched_attr`: size, policy, flags, nice, priority, runtime, deadline, period.
    private static final int ATTRIBUTES_BYTES = 48;

    private static final int POLICY_OFFSET = 4;
    private static final int FLAGS_OFFSET = 8;
    private static final int NICE_OFFSET = 16;
    private static final int PRIORITY_OFFSET = 20;
    private static final int RUNTIME_OFFSET = 24;

    /// A link to the folder of the thread that reads it, which bears its number.
    private static final Path SELF = Path.of("/proc/thread-self");

    /// What the system calls the calling thread.
    private static final long CALLING = 0;

    /// The usual policy, SCHED_OTHER.
    private static final int USUAL = 0;

    /// Real time, SCHED_FIFO, and the least of its priorities.
    private static final int REAL_TIME = 1;

    private static final int LEAST_PRIORITY = 1;

    /// What came of asking.
    enum Answer {
        /// What asks is not loaded yet: it is to be called again.
        LATER,

        /// It takes turns with others that compute.
        TURNS,

        /// It runs at once, whoever computes.
        AT_ONCE
    }

    /// Numbers of the two calls of the system, for which the C library has no functions.
    private record Calls(long get, long set) {}

    private static volatile @Nullable MethodHandle systemCall;
    private static volatile boolean loading;
    private static volatile boolean unavailable;

    private Promptness() {}

    /// Makes the system run the calling thread, and those that it starts, less than others that compute, for as long as they live. What
    /// asks is loaded by this thread, if nobody has.
    public static void giveWay() {
        Calls calls = calls();
        if (calls == null || !isAllowed()) {
            return;
        }
        if (systemCall == null) {
            load(calls);
        }
        MethodHandle call = systemCall;
        if (call != null) {
            giveWay(call, calls, CALLING);
        }
    }

    /// The same for another thread, unless what asks is not loaded.
    ///
    /// @param thread its number, not 0
    static void giveWay(long thread) {
        Calls calls = calls();
        MethodHandle call = systemCall;
        if (calls != null && call != null && isAllowed()) {
            giveWay(call, calls, thread);
        }
    }

    /// The number by which the system knows the calling thread; 0 if that is not to be had, or not needed.
    static long callingThread() {
        if (calls() == null || !isAllowed()) {
            return 0;
        }
        try {
            return Long.parseLong(Files.readSymbolicLink(SELF).getFileName().toString());
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }

    private static void giveWay(MethodHandle call, Calls calls, long thread) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            long answer =
                    (long)
                            call.invokeExact(
                                    calls.get, thread, attributes, (long) ATTRIBUTES_BYTES, 0L);
            if (answer != 0
                    || attributes.get(JAVA_INT, POLICY_OFFSET) != USUAL
                    || attributes.get(JAVA_INT, NICE_OFFSET) >= NICE_TO_ALL) {
                return;
            }
            attributes.set(JAVA_INT, 0, ATTRIBUTES_BYTES);
            attributes.set(JAVA_INT, NICE_OFFSET, NICE_TO_ALL);
            attributes.set(JAVA_LONG, RUNTIME_OFFSET, 0L); // turns as usual
            long _ = (long) call.invokeExact(calls.set, thread, attributes, 0L, 0L);
        } catch (Throwable failed) {
            unavailable = true;
        }
    }

    /// Whether the system may be asked for anything.
    static boolean isAllowed() {
        return !unavailable
                && !System.getProperty("bureau.promptness", "true").equals("false")
                && Promptness.class.getModule().isNativeAccessEnabled();
    }

    /// Asks for the calling thread.
    static Answer ask() {
        Calls calls = calls();
        if (calls == null || !isAllowed()) {
            return Answer.TURNS;
        }
        MethodHandle call = systemCall;
        if (call != null) {
            return ask(call, calls);
        }
        if (!loading) {
            loading = true;
            Thread.ofPlatform().daemon().name("bureau-promptness").start(() -> load(calls));
        }
        return Answer.LATER;
    }

    private static @Nullable Calls calls() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> new Calls(315, 314);
            case "aarch64" -> new Calls(275, 274);
            default -> null;
        };
    }

    @SuppressWarnings("restricted")
    private static void load(Calls calls) {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle call =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
                            Linker.Option.firstVariadicArg(1));
            // Once, for this thread, so that the clock finds all of it ready.
            Answer _ = ask(call, calls);
            systemCall = call;
        } catch (Throwable missing) {
            unavailable = true;
        }
    }

    private static Answer ask(MethodHandle call, Calls calls) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            long answer =
                    (long)
                            call.invokeExact(
                                    calls.get, CALLING, attributes, (long) ATTRIBUTES_BYTES, 0L);
            int nice = attributes.get(JAVA_INT, NICE_OFFSET);
            if (answer != 0 || attributes.get(JAVA_INT, POLICY_OFFSET) != USUAL || nice < 0) {
                return Answer.TURNS;
            }
            if (nice == 0) {
                attributes.fill((byte) 0);
                attributes.set(JAVA_INT, POLICY_OFFSET, REAL_TIME);
                attributes.set(JAVA_INT, PRIORITY_OFFSET, LEAST_PRIORITY);
                if (grants(call, calls, attributes)) {
                    return Answer.AT_ONCE;
                }
            }
            attributes.fill((byte) 0);
            attributes.set(JAVA_LONG, RUNTIME_OFFSET, TURN_NANOS);
            attributes.set(JAVA_INT, NICE_OFFSET, nice == 0 ? NICE : nice);
            if (!grants(call, calls, attributes) && nice == 0) {
                attributes.set(JAVA_INT, NICE_OFFSET, nice);
                boolean _ = grants(call, calls, attributes);
            }
        } catch (Throwable failed) {
            // Such as an OutOfMemoryError: the clock goes on as it is.
            unavailable = true;
        }
        return Answer.TURNS;
    }

    private static boolean grants(MethodHandle call, Calls calls, MemorySegment attributes)
            throws Throwable {
        attributes.set(JAVA_INT, 0, ATTRIBUTES_BYTES);
        attributes.set(JAVA_LONG, FLAGS_OFFSET, NOT_INHERITED);
        return (long) call.invokeExact(calls.set, CALLING, attributes, 0L, 0L) == 0;
    }
}
