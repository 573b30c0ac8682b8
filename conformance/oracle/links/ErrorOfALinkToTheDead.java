import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    out(attempt(() -> link(dead())));
    Spawned child = spawnMonitor(() -> link(dead()));
    out(down(child.monitor()));
}
