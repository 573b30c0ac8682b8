package dev.bureau.otp.registry;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/// The registries of a node, by name.
final class Directories {
    private static final NodeLocal<Directories> OF_NODE = NodeLocal.of(_ -> new Directories());

    private final ConcurrentHashMap<String, Directory> running = new ConcurrentHashMap<>();

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

    void open(Directory directory) {
        running.put(directory.name(), directory);
    }

    /// Unless another has been opened under its name.
    void close(Directory directory) {
        running.remove(directory.name(), directory);
    }
}
