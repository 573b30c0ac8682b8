package dev.bureau.kernel;

import dev.bureau.kernel.process.GuestProcess;
import org.jspecify.annotations.Nullable;

/// The part a plain Java thread takes in a node, for as long as this is open: `try (Guest me = node.guest()) { ... }`.
///
/// A thread needs this only to choose its node or to end its part early: on first use of [Bureau] it becomes a guest of
/// the default node by itself, and stops being one when it ends.
public final class Guest implements AutoCloseable {
    private final GuestProcess process;
    private final @Nullable GuestProcess before;

    Guest(GuestProcess process, @Nullable GuestProcess before) {
        this.process = process;
        this.before = before;
    }

    /// The process that this thread is.
    public Pid pid() {
        return process.pid();
    }

    /// Starts a process that this one monitors.
    public Spawned spawnMonitor(Body body) {
        if (GuestProcess.current() != process) {
            throw new IllegalStateException("expected the thread of " + pid());
        }
        return Bureau.spawnMonitor(body);
    }

    /// Ends it, normally; the thread is again what it was before.
    @Override
    public void close() {
        process.leave(before);
    }
}
