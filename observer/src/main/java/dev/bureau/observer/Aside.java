package dev.bureau.observer;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.process.Current;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
            if (failed.getCause() instanceof RuntimeException expected) throw expected;
            if (failed.getCause() instanceof Error error) throw error;
            throw new IllegalStateException(failed.getCause());
        }
    }
}
