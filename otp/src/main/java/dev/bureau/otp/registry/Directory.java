package dev.bureau.otp.registry;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.otp.Registry.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A registry that runs: what its users see of it, whichever process answers for it.
public final class Directory {
    private final RegistrySpec spec;
    private final ConcurrentHashMap<Object, Object> meta;

    /// Supervisor: those that it has started last; null before the first time.
    private final @Nullable Partition[] partitions;

    /// Replaced by the supervisor when partitions have come again; null before all are up for the first time, when nobody knows of it.
    private volatile @Nullable Tables tables;

    Directory(RegistrySpec spec) {
        this.spec = spec;
        this.meta = new ConcurrentHashMap<>(spec.meta());
        this.partitions = new Partition[spec.partitions()];
    }

    /// The registry of that name on the node of the calling process or thread.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Directory of(String registry) {
        return Directories.here().get(registry);
    }

    /// All registries that run on a node, by name.
    public static List<Directory> all(Node node) {
        return Directories.of(node).all().stream()
                .sorted(Comparator.comparing(Directory::name))
                .toList();
    }

    public String name() {
        return spec.name();
    }

    public Keys keys() {
        return spec.keys();
    }

    List<String> listeners() {
        return spec.listeners();
    }

    /// What it knows about itself.
    public ConcurrentHashMap<Object, Object> meta() {
        return meta;
    }

    public Tables tables() {
        return Objects.requireNonNull(tables);
    }

    /// Supervisor: a partition has been started, for the first time or again. With the last of all the registry opens. Those that
    /// have come again begin without entries, and the others keep theirs; where they share tables, when all run.
    void runs(int index, Partition partition) {
        partitions[index] = partition;
        Tables now = tables;
        if (now != null && keys() == Keys.DUPLICATE) {
            tables = now.replacing(index, partition);
            return;
        }
        List<Partition> all = new ArrayList<>(partitions.length);
        for (Partition each : partitions) {
            if (each == null || !each.pid().isAlive()) {
                return;
            }
            all.add(each);
        }
        tables = now == null ? Tables.of(keys(), all) : now.with(all);
        if (now == null) {
            Directories.here().open(this);
        }
    }

    /// The process under a unique key, if it is alive (OTP R-03).
    public Optional<Pid> whereis(Object key) {
        requireUnique("a name kept by a registry (via, whereis)");
        Membership entry = tables().get(key);
        if (entry == null) {
            return Optional.empty();
        }
        LocalProcess process = entry.pid().process();
        return process != null && process.isAlive() ? Optional.of(entry.pid()) : Optional.empty();
    }

    /// The entry of a unique key that is the calling process's.
    public @Nullable Membership own(Object key, Pid self) {
        Membership entry = tables().get(key);
        return entry != null && entry.pid().equals(self) ? entry : null;
    }

    /// Refuses what needs unique keys if these are not.
    ///
    /// @param what what needs them
    public void requireUnique(String what) {
        if (keys() != Keys.UNIQUE) {
            throw new IllegalArgumentException(
                    what
                            + " needs a registry with unique keys, got: '"
                            + name()
                            + "', whose keys are "
                            + keys());
        }
    }
}
