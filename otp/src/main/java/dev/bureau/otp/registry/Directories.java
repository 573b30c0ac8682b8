package dev.bureau.otp.registry;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Resources;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The registries of a node, by name.
final class Directories {
    private static final NodeLocal<Directories> OF_NODE = NodeLocal.of(_ -> new Directories());

    private final ConcurrentHashMap<String, Directory> running = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Pid, Directory> bySupervisor = new ConcurrentHashMap<>();

    static Directories here() {
        return of(Node.current());
    }

    Directory get(String name) {
        Directory found = running.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    """
                    unknown registry: '%s'. It was not started on this node, or it has ended. Start it first:

                        Registry.startLink("%s", UNIQUE)\
                    """
                            .formatted(name, name));
        }
        return found;
    }

    /// All that run.
    Collection<Directory> all() {
        return running.values();
    }

    static Directories of(Node node) {
        return OF_NODE.get(node);
    }

    /// Supervisor: makes one that ends with the calling process, unless it has done so before. Nobody knows of it yet.
    void begin(RegistrySpec spec) {
        Pid supervisor = Bureau.self();
        if (bySupervisor.containsKey(supervisor)) {
            return;
        }
        Directory begun = new Directory(spec);
        if (Resources.add(Registering.process(), () -> end(supervisor, begun))) {
            bySupervisor.put(supervisor, begun);
        }
    }

    /// Supervisor: the one that it has begun.
    Directory own() {
        return Objects.requireNonNull(bySupervisor.get(Bureau.self()));
    }

    void open(Directory directory) {
        running.put(directory.name(), directory);
    }

    private void end(Pid supervisor, Directory ended) {
        bySupervisor.remove(supervisor);
        // Unless another has been opened under its name.
        running.remove(ended.name(), ended);
    }
}
