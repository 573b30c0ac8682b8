import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Counts the reports that speak of a process; others run scenarios too, and theirs have other labels.
static final class Reports extends java.util.logging.Handler {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
        texts.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    long about(String label) {
        return texts.stream().filter(text -> text.contains(label)).count();
    }
}

void main() {
    Reports reports = new Reports();
    Logger logger = Logger.getLogger("dev.bureau.kernel");
    logger.addHandler(reports);
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
    for (int i = 0; i < bodies.size(); i++) {
        gone(spawn(SpawnOptions.options().label(run + "/" + i), bodies.get(i)));
    }
    eventually(() -> reports.about(run + "/5") == 1);
    logger.removeHandler(reports);
    out(IntStream.range(0, 6).mapToObj(i -> reports.about(run + "/" + i)).toList());
}
