package dev.bureau.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client of the chat, on a plain socket.
final class ChatClient implements AutoCloseable {
    private static final String END = "(the connection has been closed)";
    private static final int SMALL_BUFFER = 16 * 1024;

    private final Socket socket;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChatClient(Socket socket) {
        this.socket = socket;
    }

    /// One that reads what comes.
    static ChatClient connect(int port) {
        var client = deaf(port);
        Thread.ofVirtual().start(client::read);
        return client;
    }

    /// One that reads nothing unless the test does it.
    static ChatClient deaf(int port) {
        try {
            var socket = new Socket();
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new ChatClient(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read() {
        try (var in = reader()) {
            for (var line = in.readLine(); line != null; line = in.readLine()) lines.add(line);
        } catch (IOException _) {
            // an end, too
        }
        lines.add(END);
    }

    /// What comes, for a test that reads it itself.
    BufferedReader reader() throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    ChatClient says(String line) {
        return sends((line + "\n").getBytes(UTF_8));
    }

    ChatClient sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Gives its name and waits until it is in: it says what is too long, and members alone are told so.
    ChatClient joins(String name) {
        says(name);
        says("x".repeat(5_000));
        return sees("[server] too long, dropped");
    }

    /// The next line.
    String next() {
        try {
            var line = lines.poll(Limit.SECONDS, TimeUnit.SECONDS);
            return line == null ? fail("nothing came for " + Limit.SECONDS + " s") : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted");
        }
    }

    /// Expects these lines, and no others before or between them.
    ChatClient sees(String... expected) {
        for (var line : expected) assertThat(next()).isEqualTo(line);
        return this;
    }

    /// Expects that the server ends the connection.
    void seesTheEnd() {
        sees(END);
    }

    /// Skips lines until this one comes.
    ChatClient seesAtLast(String expected) {
        for (var line = next(); !line.equals(expected); line = next()) {
            if (line.equals(END)) fail("the connection ended before: " + expected);
        }
        return this;
    }

    /// Resets the connection.
    void cuts() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
