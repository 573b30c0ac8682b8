package dev.bureau.scheduler;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// On which cores of the machine threads run, and may run, as Linux tells.
///
/// It is not told where that is not Linux, or where native access is not allowed to this module: see [Promptness]. What asks takes tens
/// of milliseconds to load.
final class Cores {
    /// Cores have lower numbers than this: `cpu_set_t` has a bit for each.
    static final int MOST = 1024;

    private static final int CALLING_THREAD = 0;

    private static volatile @Nullable Cores loaded;

    private final MethodHandle current;
    private final MethodHandle get;
    private final MethodHandle set;

    @SuppressWarnings("restricted")
    private Cores() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor ofSet = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
        current =
                linker.downcallHandle(
                        find(linker, "sched_getcpu"),
                        FunctionDescriptor.of(JAVA_INT),
                        Linker.Option.critical(false));
        get = linker.downcallHandle(find(linker, "sched_getaffinity"), ofSet);
        set = linker.downcallHandle(find(linker, "sched_setaffinity"), ofSet);
    }

    private static MemorySegment find(Linker linker, String function) {
        return linker.defaultLookup().findOrThrow(function);
    }

    /// Null if nothing is told here.
    static @Nullable Cores load() {
        Cores known = loaded;
        if (known == null && Promptness.isAllowed()) {
            try {
                known = new Cores();
                // Once, so that whoever asks next finds all of it ready.
                known = known.ofCallingThread() < 0 ? null : known;
                loaded = known;
            } catch (Throwable missing) {
                return null;
            }
        }
        return known;
    }

    /// The one on which the calling thread runs; negative if that is not told, or nobody has loaded what asks.
    static int current() {
        Cores known = loaded;
        return known == null ? -1 : known.ofCallingThread();
    }

    private int ofCallingThread() {
        try {
            return (int) current.invokeExact();
        } catch (Throwable failed) {
            return -1;
        }
    }

    /// Those on which a thread may run; empty if it is gone.
    ///
    /// @param thread the number by which the system knows it
    BitSet of(long thread) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bits = arena.allocate(MOST / Byte.SIZE, Long.BYTES);
            int known = (int) get.invokeExact((int) thread, bits.byteSize(), bits);
            return known < 0 ? new BitSet() : BitSet.valueOf(bits.toArray(JAVA_BYTE));
        } catch (Throwable failed) {
            return new BitSet();
        }
    }

    /// The calling thread runs on these only. False if the system does not grant it.
    boolean keepTo(BitSet cores) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bits = arena.allocate(MOST / Byte.SIZE, Long.BYTES);
            bits.copyFrom(MemorySegment.ofArray(cores.toByteArray()));
            return (int) set.invokeExact(CALLING_THREAD, bits.byteSize(), bits) == 0;
        } catch (Throwable failed) {
            return false;
        }
    }
}
