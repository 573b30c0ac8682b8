import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Spawned child =
            spawnMonitor(() -> {
                try {
                    exit(self(), "gone");
                    send(boss, "next_step");
                } catch (Throwable any) {
                    send(boss, "caught");
                }
                send(boss, "behind");
            });
    out(down(child.monitor()), mail());
}
