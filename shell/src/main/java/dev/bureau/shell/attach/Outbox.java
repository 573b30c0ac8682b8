package dev.bureau.shell.attach;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is on its way to a terminal, in order.
///
/*
 * Who prints faster than the terminal shows waits for it, up to what a line may print in all: the rest is counted and
 * dropped. So neither a slow terminal nor an endless line fills the node's memory, and a line that only prints comes to its
 * end. Printing processes wait here and never at the socket, since a kill interrupts them, and that would close it.
 *
 * Guarded by the lock: all fields. `waiting` holds all frames, `printed` is text that follows the last of them.
 */
final class Outbox extends OutputStream {
    /// Bytes that wait for the terminal before who prints waits too.
    private static final int MOST_WAITING = 256 << 10;

    /// Bytes that are shown between two prompts.
    static final long MOST_OF_LINE = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
    private byte[] printed = new byte[8 << 10];
    private int length;
    private long shown;
    private long cut;
    private boolean closed;

    /// Sends a frame, after all that was printed before.
    void add(Frame frame) {
        lock.lock();
        try {
            flushPrinted();
            waiting.add(frame);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void flushPrinted() {
        if (length == 0) return;
        byte[] text = new byte[length];
        System.arraycopy(printed, 0, text, 0, length);
        length = 0;
        waiting.add(new Frame.Printed(text));
    }

    /// The line is over: how much of it was cut. What follows may print again.
    long endLine() {
        lock.lock();
        try {
            long before = cut;
            cut = 0;
            shown = 0;
            return before;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        print(bytes, from, count, true);
    }

    /// For what is told of a line, which is never cut.
    OutputStream told() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                print(bytes, from, count, false);
            }
        };
    }

    private void print(byte[] bytes, int from, int count, boolean limited) {
        lock.lock();
        try {
            int next = from;
            int left = count;
            while (left > 0 && !closed) {
                int room = MOST_WAITING - length;
                if (limited) room = (int) Math.min(MOST_OF_LINE - shown, room);
                if (limited && shown >= MOST_OF_LINE) {
                    cut += left;
                    return;
                }
                if (room <= 0) {
                    changed.await();
                    continue;
                }
                int part = Math.min(room, left);
                append(bytes, next, part);
                if (limited) shown += part;
                next += part;
                left -= part;
                changed.signalAll();
            }
        } catch (InterruptedException _) {
            // it is told to exit: what it prints is of no more interest to it
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void append(byte[] bytes, int from, int count) {
        if (length + count > printed.length) {
            printed =
                    java.util.Arrays.copyOf(printed, Math.max(length + count, 2 * printed.length));
        }
        System.arraycopy(bytes, from, printed, length, count);
        length += count;
    }

    /// Takes the next frame; waits for one. Null when closed and empty.
    @Nullable Frame take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (waiting.isEmpty()) flushPrinted();
                Frame next = waiting.poll();
                if (next != null) {
                    changed.signalAll();
                    return next;
                }
                if (closed) return null;
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more is taken; what is there is still sent.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {}
}
