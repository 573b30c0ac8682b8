import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid other = idle();
    exit(other, NORMAL);
    out(mail(), isAlive(other));
    Pid trapper = trapper();
    exit(trapper, NORMAL);
    out(next());
    Spawned self =
            spawnMonitor(() -> {
                exit(self(), NORMAL);
                exit("survived");
            });
    out(down(self.monitor()));
    Spawned trapping =
            spawnMonitor(() -> {
                trapExits(true);
                exit(self(), NORMAL);
                exit(new Told(receive(Exit.class).reason()));
            });
    out(down(trapping.monitor()));
}
