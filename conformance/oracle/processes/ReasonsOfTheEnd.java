import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    List<Body> reasons =
            List.of(
                    () -> exit("gone"),
                    () -> exit(NORMAL),
                    () -> exit(new ExitReason.ShutdownWith("enough")),
                    () -> {
                        throw new RuntimeException("boom");
                    },
                    () -> {
                        throw new IllegalArgumentException();
                    },
                    () -> Math.floorDiv(1, 0),
                    () -> exit(KILL));
    for (Body body : reasons) {
        Spawned child = spawnMonitor(body);
        out(down(child.monitor()));
    }
}
