package dev.bureau.otp.registry;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.otp.Registry.Keys;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A registry that runs: what its users see of it, whichever process answers for it.
public final class Directory {
    private final RegistrySpec spec;
    private final ConcurrentHashMap<Object, Object> meta;

    /// Replaced by the supervisor when partitions have crashed.
    private volatile Tables tables;

    Directory(RegistrySpec spec, Tables tables) {
        this.spec = spec;
        this.meta = new ConcurrentHashMap<>(spec.meta());
        this.tables = tables;
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
        return tables;
    }

    void tables(Tables next) {
        tables = next;
    }

    /// The process under a unique key, if it is alive (OTP R-03).
    public Optional<Pid> whereis(Object key) {
        requireUnique("a name kept by a registry (via, whereis)");
        Membership entry = tables.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        LocalProcess process = entry.pid().process();
        return process != null && process.isAlive() ? Optional.of(entry.pid()) : Optional.empty();
    }

    /// The entry of a unique key that is the calling process's.
    public @Nullable Membership own(Object key, Pid self) {
        Membership entry = tables.get(key);
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
