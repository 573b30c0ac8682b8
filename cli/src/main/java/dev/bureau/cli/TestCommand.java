package dev.bureau.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bureau test`, which the script of a checkout answers before it starts Java: here it is only for
/// the help, and for who runs the jar.
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Build Bureau and run all its tests (mvn verify), in a checkout.")
final class TestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARGS", arity = "0..*", description = "Arguments for Maven.")
    @SuppressWarnings("UnusedVariable") // the script takes them
    private List<String> args = List.of();

    @Override
    public Integer call() {
        throw Refusal.usage("test works in a checkout of Bureau only: ./bureau test");
    }
}
