package dev.bureau.shell.attach;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/// A program that connects to the socket it is given, says what a terminal says first, and prints what comes back. It needs nothing but the
/// JDK, since another user may not see the rest.
final class Stranger {
    /// A frame `Hello`, and its length before it.
    private static final byte[] HELLO = {0, 0, 0, 6, 1, 0, 0, 0, Frame.VERSION, 1};

    private Stranger() {}

    public static void main(String[] args) throws IOException {
        try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(args[0]))) {
            try {
                socket.write(ByteBuffer.wrap(HELLO));
                socket.shutdownOutput();
            } catch (IOException refused) {
                // the reason is waiting
            }
            Channels.newInputStream(socket).transferTo(System.out);
        }
    }
}
