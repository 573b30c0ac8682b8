package dev.bureau.shell.attach;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/// Carries frames, each with its length before it, over a socket or a pair of pipes.
///
/// One thread reads; any may write. Neither may be a process: an interrupt closes the channel.
public final class Wire implements Closeable {
    /// Bytes of a frame; whoever sends more is cut off.
    static final int MOST = 16 << 20;

    private final ReadableByteChannel in;
    private final WritableByteChannel out;

    private Wire(ReadableByteChannel in, WritableByteChannel out) {
        this.in = in;
        this.out = out;
    }

    static Wire over(SocketChannel socket) {
        return new Wire(socket, socket);
    }

    /// The two ends of a wire within this virtual machine.
    static Wire[] pair() throws IOException {
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();
        return new Wire[] {
            new Wire(back.source(), there.sink()), new Wire(there.source(), back.sink())
        };
    }

    /// Sends a frame.
    void write(Frame frame) throws IOException {
        byte[] body = frame.encoded();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + body.length);
        bytes.putInt(body.length).put(body).flip();
        synchronized (out) {
            while (bytes.hasRemaining()) out.write(bytes);
        }
    }

    /// The next frame; null when the other side has closed.
    ///
    /// @throws IOException if it is cut off, or is none
    @Nullable Frame read() throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        if (!fill(length)) return null;
        int size = length.getInt(0);
        if (size < 1 || size > MOST) {
            throw new IOException("expected a frame of 1 to " + MOST + " bytes, got: " + size);
        }
        ByteBuffer body = ByteBuffer.allocate(size);
        if (!fill(body)) throw new EOFException("cut off in the middle of a frame");
        return Frame.decode(body.array());
    }

    /// False if there is nothing more at all.
    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                if (buffer.position() == 0) return false;
                throw new EOFException("cut off in the middle of a frame");
            }
        }
        return true;
    }

    @Override
    public void close() {
        try (in;
                out) {
            // both, whatever the first does
        } catch (IOException _) {
            // it is no longer used in any case
        }
    }
}
