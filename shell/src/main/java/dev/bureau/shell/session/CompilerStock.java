package dev.bureau.shell.session;

import dev.bureau.scheduler.Promptness;
import dev.bureau.shell.ProgramCode;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A compiler that has started, for the next session that needs one: to start it is most of what a line costs, and on a machine that
/// is busy takes seconds.
///
/// **Threading.** Any. One is made in a thread of its own, with less precedence than the program's where the system grants that.
public final class CompilerStock {
    /// First the line is served that somebody types, or for which the last one was taken.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ProgramCode program;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LineCompiler ready; // guarded by the lock, as is what follows
    private boolean making;
    private boolean kept;
    private boolean closed;

    /// @param program what lines see
    public CompilerStock(ProgramCode program) {
        this.program = program;
    }

    ProgramCode program() {
        return program;
    }

    /// From now on there is one in stock, soon after the last was taken. Asked for once somebody types lines: before, it would be
    /// time and memory for nothing.
    public void keep() {
        lock.lock();
        try {
            kept = !closed;
            restock();
        } finally {
            lock.unlock();
        }
    }

    /// From now on there is none, whoever asks.
    public void close() {
        LineCompiler unused;
        lock.lock();
        try {
            closed = true;
            kept = false;
            unused = ready;
            ready = null;
        } finally {
            lock.unlock();
        }
        if (unused != null) unused.close();
    }

    /// Whether there is one.
    boolean isReady() {
        lock.lock();
        try {
            return ready != null;
        } finally {
            lock.unlock();
        }
    }

    /// One for a session: from the stock, or made by the calling thread.
    LineCompiler take() {
        LineCompiler taken;
        lock.lock();
        try {
            taken = ready;
            ready = null;
            restock();
        } finally {
            lock.unlock();
        }
        return taken != null ? taken : new LineCompiler(program);
    }

    /// Holds the lock.
    private void restock() {
        if (!kept || making || ready != null) return;
        making = true;
        Thread.ofPlatform().daemon().name("bureau-shell-compiler").start(this::make);
    }

    private void make() {
        LineCompiler made = null;
        try {
            Thread.sleep(PAUSE);
            Promptness.giveWay();
            made = new LineCompiler(program);
            made.heat();
        } catch (InterruptedException | RuntimeException | Error _) {
            // then the line that needs one makes it, and tells what is wrong
        }
        lock.lock();
        try {
            making = false;
            if (kept) {
                ready = made;
                return;
            }
        } finally {
            lock.unlock();
        }
        if (made != null) made.close();
    }
}
