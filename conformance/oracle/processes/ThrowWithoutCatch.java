import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Spawned child =
            spawnMonitor(() -> {
                throw new Exception("ball");
            });
    out(down(child.monitor()));
}
