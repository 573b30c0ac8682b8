package dev.bureau.kernel;

import dev.bureau.kernel.isolation.Movable;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Resources;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A resource that belongs to one process: a socket, a file, a connection.
///
/// ```java
/// Owned<Socket> client = Owned.of(listener.accept());
/// spawn(() -> serve(client));          // handed over: this process can no longer use it
/// ```
///
/// Only the owner can [#get()] it. Sending it in a message, or capturing it in a spawned body, hands it over: the
/// receiver's handle works, the giver's does not any more. When the owner ends, however it ends, the resource is closed; so
/// it is when it is sent to a process that has ended. Erlang's ports behave like this (`controlling_process`).
///
/// The giver must not keep the resource itself beside the handle: Bureau cannot see that.
public final class Owned<T extends AutoCloseable> implements Movable, AutoCloseable {
    private final T resource;
    private volatile @Nullable LocalPid owner;

    private Owned(T resource, @Nullable LocalPid owner) {
        this.resource = resource;
        this.owner = owner;
    }

    /// Makes the calling process the owner of `resource`.
    public static <T extends AutoCloseable> Owned<T> of(T resource) {
        Objects.requireNonNull(resource, "resource");
        LocalProcess self = Bureau.process();
        Owned<T> owned = new Owned<>(resource, self.pid());
        if (!Resources.add(self, owned.resource)) {
            Resources.close(self, resource);
        }
        return owned;
    }

    /// The resource.
    ///
    /// @throws IllegalStateException if the calling process does not own it (any more)
    public T get() {
        requireOwner();
        return resource;
    }

    /// Closes the resource; the owner only. Does nothing if it was closed or handed over before. If closing fails, that
    /// is logged.
    @Override
    public void close() {
        LocalPid before = owner;
        if (before == null) {
            return;
        }
        LocalProcess self = requireOwner();
        owner = null;
        Resources.remove(self, resource);
        Resources.close(self, resource);
    }

    private LocalProcess requireOwner() {
        LocalProcess self = Current.processOrNull();
        LocalPid holder = owner;
        if (holder == null) {
            throw new IllegalStateException(this + " was handed over or closed");
        }
        if (self == null || self.pid() != holder) {
            throw new IllegalStateException(
                    this
                            + " belongs to "
                            + holder
                            + ", not to "
                            + (self == null ? "this thread" : self.pid()));
        }
        return self;
    }

    @Override
    public Transfer prepare(Target target) {
        if (target == NOBODY) {
            return new GivenUp();
        }
        LocalProcess giver = requireOwner();
        LocalPid receiver = (LocalPid) target;
        Owned<T> handle = new Owned<>(resource, null);
        return new Transfer() {
            @Override
            public Object handle() {
                return handle;
            }

            @Override
            public void commit() {
                owner = null;
                Resources.remove(giver, resource);
                handle.owner = receiver;
                LocalProcess process = receiver.process();
                if (process == null || !Resources.add(process, resource)) {
                    handle.owner = null;
                    Resources.close(giver, resource);
                }
            }

            @Override
            public void abort() {}
        };
    }

    /// The message that handed it over was dropped: it belongs to the receiver, who will never know.
    private final class GivenUp implements Transfer {
        @Override
        public Object handle() {
            return Owned.this;
        }

        @Override
        public void commit() {
            LocalPid holder = owner;
            LocalProcess process = holder == null ? null : holder.process();
            owner = null;
            if (process != null && Resources.remove(process, resource)) {
                Resources.close(process, resource);
            }
        }

        @Override
        public void abort() {}
    }

    @Override
    public String toString() {
        return "Owned[" + resource + "]";
    }
}
