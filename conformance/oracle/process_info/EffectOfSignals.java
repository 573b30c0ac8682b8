import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Links(List<Pid> all) {}

void main() {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
        Pid pid = idle();
        shake();
        send(pid, "one");
        link(pid);
        monitor(pid);
        ProcessInfo info = info(pid).orElseThrow();
        unlink(pid);
        seen.add(
                List.of(
                        info.messageQueueLength(),
                        info.links().equals(List.of(self())),
                        info.monitoredBy().equals(List.of(self())),
                        new Links(info(pid).orElseThrow().links())));
    }
    out(seen);
}
