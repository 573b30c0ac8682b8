import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

/// Counts the reports that speak of a process; others run scenarios too, and theirs have other labels.
static long about(List<Report> reports, String label) {
    return reports.stream()
            .filter(report -> report.field("label", Object.class).filter(label::equals).isPresent())
            .count();
}

void main() {
    List<Body> bodies =
            List.of(
                    () -> {
                        throw new RuntimeException("reported");
                    },
                    () -> exit("not_reported"),
                    () -> exit(KILL),
                    () -> exit(new ExitReason.ShutdownWith("not_reported")),
                    () -> {},
                    () -> {
                        throw new RuntimeException("the last");
                    });
    String run = UUID.randomUUID().toString();
    List<Report> reports = new CopyOnWriteArrayList<>();
    try (var _ = node().onReport(System.Logger.Level.ERROR, reports::add)) {
        for (int i = 0; i < bodies.size(); i++) {
            gone(spawn(SpawnOptions.options().label(run + "/" + i), bodies.get(i)));
        }
    }
    out(IntStream.range(0, 6).mapToObj(i -> about(reports, run + "/" + i)).toList());
}
