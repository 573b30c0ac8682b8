package dev.bureau.otp.registry;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import org.jspecify.annotations.Nullable;

/// The lock of a key, as the calling process holds it (OTP R-11).
public final class Locking implements AutoCloseable {
    private final LocalPid keeper;
    private final Object key;

    /// Known as soon as it has been asked for the lock.
    private @Nullable Ref ticket;

    private Locking(LocalPid keeper, Object key) {
        this.keeper = keeper;
        this.key = key;
    }

    /// Waits for the lock, as long as it takes.
    public static Locking acquire(Directory directory, Object key) {
        LocalProcess self = Registering.process();
        Object ownKey = Registering.isolatedKey(key);
        Locking lock = new Locking(directory.tables().partitionOfKey(ownKey).pid(), ownKey);
        boolean granted = false;
        boolean refused = false;
        try {
            granted = lock.ask(self);
            refused = !granted;
        } finally {
            // A guest goes on after an exception.
            if (!granted && !refused) {
                lock.close();
            }
        }
        if (refused) {
            throw new IllegalStateException(
                    "the process holds the lock of "
                            + key
                            + " in registry '"
                            + directory.name()
                            + "' already; do what needs it inside one lock(...)");
        }
        return lock;
    }

    private boolean ask(LocalProcess self) {
        return Boolean.TRUE.equals(
                Calling.<Boolean>call(
                        self,
                        keeper,
                        from -> {
                            ticket = from.tag();
                            return new Locks.Acquire(key, from);
                        },
                        null));
    }

    /// Gives it back.
    @Override
    public void close() {
        Ref known = ticket;
        if (known != null) {
            Bureau.send(keeper, new Locks.Release(key, known));
        }
    }
}
