import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Spawned child =
            spawnMonitor(() -> {
                shake();
                exit("gone");
            });
    shake();
    out(demonitorFlush(child.monitor()), mail());
}
