import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    SpawnOptions plain = SpawnOptions.options();
    Ref ref = spawnRequest(plain, () -> {});
    out(ref, next());
    spawnRequest(plain, () -> {}, SpawnReply.Wanted.ON_ERROR);
    spawnRequest(plain, () -> {}, SpawnReply.Wanted.NEVER);
    out(mail());
    Ref other = spawnRequest(plain, () -> {}, SpawnReply.Wanted.ON_SUCCESS);
    out(other, next());
    out(abandonSpawnRequest(other));
}
