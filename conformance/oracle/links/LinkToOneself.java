import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Links(List<Pid> all) {}

void main() {
    link(self());
    out(true, new Links(info(self()).orElseThrow().links()), true);
    unlink(self());
    Spawned child =
            spawnMonitor(() -> {
                trapExits(true);
                link(self());
                exit("gone");
            });
    out(down(child.monitor()));
}
