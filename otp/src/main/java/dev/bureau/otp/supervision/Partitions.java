package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.Resources;
import dev.bureau.kernel.process.Routing;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Which process is which partition of a partition supervisor: what all processes of the node look keys up in.
///
/*
 * Written by the supervisor alone, read by anyone. A reader may see a number of partitions that has just been changed, or
 * a process that has just ended; then its message is lost, as if it had come a moment earlier or later.
 */
public final class Partitions {
    private static final NodeLocal<Map<Pid, Partitions>> ALL =
            NodeLocal.of(_ -> new ConcurrentHashMap<>());

    private final AtomicReferenceArray<Pid> processes;
    private volatile int size;

    private Partitions(int size) {
        this.processes = new AtomicReferenceArray<>(size);
        this.size = size;
    }

    /// Those of the calling process, a new supervisor; they end with it. Nothing happens if it has some.
    static void open(int size) {
        Pid self = Bureau.self();
        Map<Pid, Partitions> all = ALL.get(Bureau.node());
        if (all.containsKey(self)) return;
        if (Resources.add(Current.process(), () -> all.remove(self))) {
            all.put(self, new Partitions(size));
        }
    }

    /// Those of the calling process.
    static Partitions own() {
        return Objects.requireNonNull(ALL.get(Bureau.node()).get(Bureau.self()));
    }

    /// Those of a supervisor.
    ///
    /// @throws ExitException if there is none; `asked` is what for
    public static Partitions of(Destination supervisor, String asked) {
        Bureau.self(); // a thread that is no process becomes a guest
        LocalPid pid = Routing.find(Current.process().node(), supervisor);
        Partitions found = pid == null ? null : ALL.get(Bureau.node()).get(pid);
        if (found == null) {
            throw new ExitException(
                    new ExitReason.CallFailed(
                            ExitReason.NOPROC, supervisor, asked, null, Bureau.self()));
        }
        return found;
    }

    void set(int partition, Pid pid) {
        processes.set(partition, pid);
    }

    /// How many there are at most.
    int limit() {
        return processes.length();
    }

    /// How many there are.
    public int size() {
        return size;
    }

    void size(int changed) {
        size = changed;
    }

    /// The process that `key` leads to; empty if it has not been started.
    Optional<Pid> process(Object key) {
        int now = size;
        if (now == 0) {
            throw new IllegalStateException(
                    "expected a partition supervisor of one partition or more, got one of none; resize it first");
        }
        return Optional.ofNullable(processes.get(partition(key, now)));
    }

    /// An integer counts by its value, anything else by its hash code.
    static int partition(Object key, int size) {
        return switch (key) {
            case Byte number -> Math.abs(number % size);
            case Short number -> Math.abs(number % size);
            case Integer number -> Math.abs(number % size);
            case Long number -> (int) Math.abs(number % size);
            case BigInteger number -> number.abs().mod(BigInteger.valueOf(size)).intValueExact();
            default -> Math.floorMod(spread(key.hashCode()), size);
        };
    }

    /// Hash codes of like things are often alike in their last bits.
    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x45d9f3b;
        return mixed ^ (mixed >>> 16);
    }

    /// Finds the process that a key leads to.
    ///
    /// @param supervisor which partition supervisor
    public record Names(Name supervisor) implements Name.Registrar {
        public Names {
            Objects.requireNonNull(supervisor, "supervisor");
        }

        @Override
        public boolean registerName(Object key, Pid pid) {
            throw new UnsupportedOperationException(
                    "expected a name to be registered under, got a key of the partition supervisor "
                            + supervisor
                            + ", which starts its processes itself");
        }

        @Override
        public void unregisterName(Object key) {
            throw new UnsupportedOperationException(
                    "expected a name that was registered, got a key of the partition supervisor "
                            + supervisor);
        }

        @Override
        public Optional<Pid> whereisName(Object key) {
            return of(supervisor, "whereis").process(key);
        }

        @Override
        public String toString() {
            return "partitions of " + supervisor;
        }
    }
}
