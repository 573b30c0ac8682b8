package dev.bureau.scheduler;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Makes the system run a thread at once when it wakes, although others compute on all cores.
///
/// Linux lets whoever computes go on to the end of his turn first, three milliseconds and more, if the one that wakes has not slept for
/// long; unless that one has asked for turns that are shorter. So the clock asks for the shortest there are, and, where it may, for
/// precedence: beside ten thousand loops a process that sleeps wakes 2.6 to 3.2 ms late in one of a hundred cases instead of 5 to 6.
///
/// Nothing is asked where that is not Linux, or where native access is not allowed to this module. What asks takes tens of milliseconds
/// to load, so that is done aside when it is first needed.
final class Promptness {
    /// The least that Linux grants.
    private static final long TURN_NANOS = 100_000;

    /// What `nice` calls precedence. Only privileged processes may have that.
    private static final int NICE = -10;

    /// `struct sched_attr`: size, policy, flags, nice, priority, runtime, deadline, period.
    private static final int ATTRIBUTES_BYTES = 48;

    /// Not for the threads that it starts: SCHED_FLAG_RESET_ON_FORK.
    private static final long FLAGS = 1;

    private static final int FLAGS_OFFSET = 8;
    private static final int NICE_OFFSET = 16;
    private static final int RUNTIME_OFFSET = 24;

    private static volatile @Nullable MethodHandle systemCall;
    private static volatile boolean loading;

    private Promptness() {}

    /// Asks for the calling thread. False if it cannot yet, and is to be called again.
    static boolean ask() {
        long number = number();
        if (number < 0 || !Promptness.class.getModule().isNativeAccessEnabled()) {
            return true;
        }
        MethodHandle call = systemCall;
        if (call == null) {
            if (!loading) {
                loading = true;
                Thread.ofPlatform().daemon().name("bureau-promptness").start(Promptness::load);
            }
            return false;
        }
        boolean _ = ask(call, number, NICE) || ask(call, number, 0);
        return true;
    }

    /// Of `sched_setattr`, which the C library has no function for; -1 if it is not known here.
    private static long number() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return -1;
        }
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> 314;
            case "aarch64" -> 274;
            default -> -1;
        };
    }

    @SuppressWarnings("restricted")
    private static void load() {
        Linker linker = Linker.nativeLinker();
        systemCall =
                linker.defaultLookup()
                        .find("syscall")
                        .map(function ->
                                linker.downcallHandle(
                                        function,
                                        FunctionDescriptor.of(
                                                JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS,
                                                JAVA_LONG),
                                        Linker.Option.firstVariadicArg(1)))
                        .orElse(null);
    }

    /// Whether the system does that.
    private static boolean ask(MethodHandle call, long number, int nice) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, ATTRIBUTES_BYTES);
            attributes.set(JAVA_LONG, FLAGS_OFFSET, FLAGS);
            attributes.set(JAVA_INT, NICE_OFFSET, nice);
            attributes.set(JAVA_LONG, RUNTIME_OFFSET, TURN_NANOS);
            // 0 is the calling thread.
            return (long) call.invokeExact(number, 0L, attributes, 0L) == 0;
        } catch (Throwable failed) {
            throw new AssertionError("a call of the system threw", failed);
        }
    }
}
