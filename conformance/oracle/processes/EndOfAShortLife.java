import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    spawnLink(() -> exit("linked"));
    out(next());
    spawnMonitor(() -> exit("monitored"));
    out(next());
    spawnMonitor(SpawnOptions.options().link(), () -> exit("both"));
    out(List.of(next(), next()).size());
    out(mail());
}
