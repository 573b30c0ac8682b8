import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    Pid pid =
            spawnLink(() -> {
                shake();
                exit("gone");
            });
    shake();
    unlink(pid);
    List<Exit> atOnce = poll(Exit.class).stream().toList();
    gone(pid);
    out(atOnce, mail());
}
