import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref ref = spawnRequest(SpawnOptions.options(), () -> {});
    shake();
    boolean abandoned = abandonSpawnRequest(ref);
    out(abandoned, mail());
}
