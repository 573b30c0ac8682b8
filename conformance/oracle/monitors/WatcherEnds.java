import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record MonitoredBy(List<Pid> all) {}

record Process(Pid pid) {}

record Monitors(List<Process> all) {}

void main() {
    Pid boss = self();
    Pid watched = idle();
    Pid watcher =
            spawn(() -> {
                monitor(watched);
                send(boss, "watching");
                sleepForever();
            });
    out(next());
    out(
            new MonitoredBy(info(watched).orElseThrow().monitoredBy()),
            new Monitors(
                    info(watcher).orElseThrow().monitors().stream()
                            .map(each -> new Process((Pid) each))
                            .toList()));
    exit(watcher, KILL);
    out(isAlive(watcher), isAlive(watched));
    out(eventually(() -> info(watched).orElseThrow().monitoredBy().isEmpty()));
}
