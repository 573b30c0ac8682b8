package dev.bureau.otp.registry;

import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import org.jspecify.annotations.Nullable;

/// One entry of a registry: a process under a key, with a value. What it holds is the registry's own copy.
///
/*
 *   value    written by the process that is registered
 *   held     written under the key of the process in Owners
 *   filed    written under the key in DuplicateKeys
 */
public final class Membership {
    private final KeyTable table;
    private final Object key;
    private final LocalPid pid;
    private volatile @Nullable Object value;
    Chain.@Nullable Link<Membership> held;
    Chain.@Nullable Link<Membership> filed;

    Membership(KeyTable table, Object key, LocalPid pid, @Nullable Object value) {
        this.table = table;
        this.key = key;
        this.pid = pid;
        this.value = value;
    }

    /// The table it is or was in.
    KeyTable table() {
        return table;
    }

    public Object key() {
        return key;
    }

    public LocalPid pid() {
        return pid;
    }

    public @Nullable Object value() {
        return value;
    }

    public void value(@Nullable Object changed) {
        value = changed;
    }

    /// Whether its process is alive, as seen after all that was sent to it before.
    boolean isAlive() {
        LocalProcess process = pid.process();
        return process != null && process.isAlive();
    }
}
