import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    spawn(() -> {
        gone(spawnLink(() -> {}));
        send(boss, "alive");
    });
    out(next());
    trapExits(true);
    spawnLink(() -> {});
    out(mail());
}
