package dev.bureau.benchmarks.contest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

/// The side of a contestant in Java: runs a round for each line that it reads, and prints a line of JSON for each,
/// `{"value": 123.4}`, until its input ends.
public final class Rounds {
    private Rounds() {}

    /// Serves until the input ends, or a round fails, which ends this JVM with the failure on its error output.
    ///
    /// @throws IOException if the input cannot be read
    public static void serve(Round round) throws IOException {
        answer(() -> String.format(Locale.ROOT, "{\"value\": %.6f}", round.run()));
    }

    /// As `serve`, for a round of which more is to be said: a line of JSON.
    ///
    /// @throws IOException if the input cannot be read
    public static void answer(Callable<String> round) throws IOException {
        // A node and an actor system have threads of their own, and may print: the pipe belongs to
        // this one.
        var pipe = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        System.setOut(System.err);
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            while (lines.readLine() != null) {
                pipe.println(round.call());
            }
            System.exit(0);
        } catch (Exception | AssertionError failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }
}
