package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Name;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The local names of a node.
///
/*
 * `LocalProcess.name` is guarded by the process's reception lock, and the entry here is made and removed under it. So a
 * process that has begun to exit neither keeps a name nor gets one (OTP N-02). A skip list, since it takes no locks: a
 * fiber must not leave its carrier while it holds a reception lock, and waiting for a monitor would make it.
 */
final class Names {
    private final ConcurrentSkipListMap<String, LocalProcess> processes =
            new ConcurrentSkipListMap<>();

    /// What a `Down` names: a local name goes with its node (OTP M-02).
    static Destination qualified(LocalNode node, Destination watched) {
        return watched instanceof Name.Local local ? Name.on(node.id(), local.name()) : watched;
    }

    /// Binds a name; returns what stands in the way, or null.
    @Nullable String register(String name, LocalProcess process) {
        process.interleave();
        process.lock();
        try {
            if (process.has(Attention.EXITING)) {
                return "the process " + process.pid() + " is not alive";
            }
            if (process.name != null) {
                return "the process "
                        + process.pid()
                        + " is already registered as '"
                        + process.name
                        + "'";
            }
            LocalProcess holder = processes.putIfAbsent(name, process);
            if (holder != null) {
                return "the name '" + name + "' is already held by " + holder.pid();
            }
            process.name = name;
            return null;
        } finally {
            process.unlock();
            Reception.again(process);
        }
    }

    /// Frees a name; false when nobody has it.
    boolean unregister(String name) {
        LocalProcess process = processes.get(name);
        if (process == null) {
            return false;
        }
        process.interleave();
        process.lock();
        try {
            if (!name.equals(process.name)) {
                return false;
            }
            free(process);
            return true;
        } finally {
            process.unlock();
            Reception.again(process);
        }
    }

    /// Lock holder: takes the name of a process away.
    void free(LocalProcess process) {
        if (process.name != null) {
            processes.remove(process.name, process);
            process.name = null;
        }
    }

    @Nullable LocalProcess find(String name) {
        return processes.get(name);
    }

    List<String> all() {
        return List.copyOf(processes.keySet());
    }
}
