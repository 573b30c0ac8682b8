import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    spawnLink(() -> exit(KILL));
    out(next());
    Spawned other =
            spawnMonitor(() -> {
                spawnLink(() -> exit(KILL));
                sleepForever();
            });
    out(down(other.monitor()));
}
