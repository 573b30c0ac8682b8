import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    Pid victim =
            spawnLink(() -> {
                trapExits(true);
                sleepForever();
            });
    Ref ref = monitor(victim);
    shake();
    exit(victim, KILL);
    out(down(ref));
    out(next());
    Spawned self =
            spawnMonitor(() -> {
                trapExits(true);
                exit(self(), KILL);
                exit("survived");
            });
    out(down(self.monitor()));
}
