import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Spawned child =
            spawnMonitor(() -> {
                Pid pid =
                        spawnLink(() -> {
                            shake();
                            exit("gone");
                        });
                shake();
                unlink(pid);
                gone(pid);
                shake();
                shake();
                shake();
                exit("survived");
            });
    out(down(child.monitor()));
}
