package dev.bureau.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bureau conformance`, which the script of a checkout answers before it starts Java: here it is only for
/// the help, and for who runs the jar.
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Compare Bureau with Erlang/OTP and Elixir, in a checkout.")
final class ConformanceCommand implements Callable<Integer> {
    @Option(
            names = "--oracle",
            description = "Run the scenarios of conformance/oracle on both sides.")
    @SuppressWarnings("UnusedVariable") // the script takes them, and those below
    private boolean oracle;

    @Option(
            names = "--record",
            description = "Write what the BEAM printed, for the tests to compare with.")
    @SuppressWarnings("UnusedVariable")
    private boolean record;

    @Option(names = "--runs", paramLabel = "N", description = "Run each so often (default: 20).")
    @SuppressWarnings("UnusedVariable")
    private int runs;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Only those with this in area, name or ids.")
    @SuppressWarnings("UnusedVariable")
    private String only = "";

    @Override
    public Integer call() {
        throw Refusal.usage(
                "conformance works in a checkout of Bureau only: ./bureau conformance --oracle");
    }
}
