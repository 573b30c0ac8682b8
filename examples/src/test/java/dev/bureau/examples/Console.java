package dev.bureau.examples;

import static org.assertj.core.api.Assertions.fail;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What is printed to standard output and error while it is open, line by line.
final class Console implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Console() {
        System.setOut(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
    }

    /// Waits for the next line that starts with `prefix`; returns what follows.
    String after(String prefix) throws InterruptedException {
        while (true) {
            var line = lines.poll(Limit.SECONDS, TimeUnit.SECONDS);
            if (line == null) return fail("nothing printed that starts with '" + prefix + "'");
            if (line.startsWith(prefix)) return line.substring(prefix.length());
        }
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }

    private final class Lines extends OutputStream {
        private final StringBuilder line = new StringBuilder();

        @Override
        public synchronized void write(int b) {
            if (b != '\n') {
                line.append((char) b); // the programs print ASCII
                return;
            }
            lines.add(line.toString());
            line.setLength(0);
        }
    }
}
