package dev.bureau.benchmarks.contest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A contestant that is up for one row, idle but for its turns.
///
/// It ends when this is closed: its input ends, and if that does not help within a few seconds, by force.
final class Runner implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(3);
    private static final Duration TO_END = Duration.ofSeconds(5);
    private static final int LINES_OF_FAILURE = 12;

    // Ends who does not come back from a round: nobody else would.
    private static final ScheduledExecutorService ALARM =
            Executors.newScheduledThreadPool(
                    1, work -> Thread.ofPlatform().daemon().name("alarm").unstarted(work));

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final Path errors;

    private Runner(Process process, Path errors) {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
        this.errors = errors;
    }

    static Runner start(List<String> command) throws IOException {
        Path errors = Files.createTempFile("bureau-bench", ".err");
        var builder = new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
        return new Runner(builder.start(), errors);
    }

    /// Runs a round.
    ///
    /// @throws RoundFailed if it gives no figure
    JsonNode round() {
        try {
            input.write("round\n");
            input.flush();
        } catch (IOException _) {
            throw failed("it ended");
        }
        var alarm =
                ALARM.schedule(
                        process::destroyForcibly, LONGEST_ROUND.toSeconds(), TimeUnit.SECONDS);
        try {
            for (String line; (line = output.readLine()) != null; ) {
                // anything else is not for us
                if (line.startsWith("{")) return JSON.readTree(line);
            }
        } catch (JsonProcessingException notJson) {
            throw failed("expected a line of JSON, got: " + notJson.getOriginalMessage());
        } catch (IOException _) {
            // it has ended
        } finally {
            alarm.cancel(false);
        }
        throw failed(
                alarm.state() == java.util.concurrent.Future.State.SUCCESS
                        ? "a round took longer than " + LONGEST_ROUND.toMinutes() + " minutes"
                        : "it ended");
    }

    /// Runs a round whose outcome is one number.
    double value() {
        var value = round().path("value");
        if (!value.isNumber()) throw failed("expected a value, got: " + value);
        return value.doubleValue();
    }

    private RoundFailed failed(String what) {
        return new RoundFailed(what + lastWords());
    }

    private String lastWords() {
        try {
            process.waitFor(1, TimeUnit.SECONDS);
            var lines = Files.readAllLines(errors);
            var text = new StringBuilder();
            lines.stream()
                    .limit(LINES_OF_FAILURE)
                    .forEach(line -> text.append("\n    ").append(line));
            return text.toString();
        } catch (IOException unreadable) {
            return " (" + unreadable + ")";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        try {
            input.close();
        } catch (IOException _) {
            // it has ended before
        }
        try {
            if (!process.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        output.close();
        Files.deleteIfExists(errors);
    }

    /// A round gave no figure; the message says why, with what the contestant complained of.
    static final class RoundFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        RoundFailed(String message) {
            super(message);
        }
    }
}
