package dev.bureau.observer;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.process.Current;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Does work on a thread of the platform, while the caller waits: what takes long keeps no carrier from its processes, and is
/// done also while all of them are busy.
final class Aside {
    private Aside() {}

    /// What comes of it. A process that is told to exit meanwhile does so; the work is then given up.
    static <T> T get(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().name("bureau-observer").start(task);
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            if (Current.processOrNull() != null) Bureau.self();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it was looking", interrupted);
        } catch (ExecutionException failed) {
            throw asThrown(failed.getCause());
        }
    }

    /// The same for work that asks processes, as a process of its own: what it leaves unread is gone with it.
    static <T> T asGuest(Node node, Callable<T> work) {
        return get(() -> {
            try (Guest _ = node.guest()) {
                return work.call();
            }
        });
    }

    private static RuntimeException asThrown(@Nullable Throwable failure) {
        if (failure instanceof Error error) throw error;
        return failure instanceof RuntimeException expected
                ? expected
                : new IllegalStateException(failure);
    }
}
