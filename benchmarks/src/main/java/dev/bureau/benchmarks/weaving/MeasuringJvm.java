package dev.bureau.benchmarks.weaving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/// A JVM in which a [Measurement] runs, warm; idle but during a turn.
public final class MeasuringJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final long outcome;

    private MeasuringJvm(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
        this.outcome = Long.parseLong(answer());
    }

    /// Starts one, with the class path of this one; returns when it is warm.
    public static MeasuringJvm start(
            Workload workload, Weaving weaving, boolean company, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Measurement.class.getName());
        command.addAll(List.of(workload.name(), weaving.name(), String.valueOf(company)));
        return new MeasuringJvm(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /// What the work of a round returns.
    public long outcome() {
        return outcome;
    }

    /// Runs some rounds; returns what one took: the median, in milliseconds.
    public double turn() throws IOException {
        input.write("\n");
        input.flush();
        return Double.parseDouble(answer());
    }

    private String answer() throws IOException {
        String line = output.readLine();
        if (line == null) throw new IOException("expected a measurement, got: end of output");
        return line;
    }

    /// Ends it.
    @Override
    public void close() throws IOException {
        input.close();
        output.close();
        process.destroy();
    }
}
