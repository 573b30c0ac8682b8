package dev.bureau.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bureau bench`, which the script of a checkout answers before it starts Java: here it is only for
/// the help, and for who runs the jar.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measure Bureau beside the BEAM and Pekko, in a checkout.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARGS", arity = "0..*", description = "See: bureau bench --help.")
    @SuppressWarnings("UnusedVariable") // the script takes them
    private List<String> args = List.of();

    @Override
    public Integer call() {
        throw Refusal.usage("bench works in a checkout of Bureau only: ./bureau bench");
    }
}
