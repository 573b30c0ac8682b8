package dev.bureau.benchmarks.contest;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.apache.pekko.Version;

/// Where it was measured, and what was.
///
/// @param beam the versions of Erlang/OTP and Elixir, empty if they are not there
/// @param pekko the version of Pekko
record Machine(
        String date,
        String processor,
        int cores,
        long memoryGb,
        String system,
        String java,
        String beam,
        String pekko) {
    static Machine here(String beam) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                LocalDate.now(ZoneId.systemDefault()).toString(),
                processorName(),
                system.getAvailableProcessors(),
                Math.round(system.getTotalMemorySize() / 1e9),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                beam,
                Version.current());
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException _) {
            return "unknown"; // no Linux
        }
    }

    String line() {
        return "%s; %s, %d cores, %d GB; %s; %s; %sPekko %s"
                .formatted(
                        date,
                        processor,
                        cores,
                        memoryGb,
                        system,
                        java,
                        beam.isEmpty() ? "" : beam + "; ",
                        pekko);
    }
}
