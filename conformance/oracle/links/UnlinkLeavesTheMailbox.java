import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    Pid early = spawnLink(() -> exit("early"));
    gone(early);
    eventually(() -> info(self()).orElseThrow().messageQueueLength() == 1);
    unlink(early);
    out(mail());
    Pid late = idle();
    link(late);
    unlink(late);
    exit(late, "late");
    gone(late);
    out(mail());
    trapExits(false);
    Pid other = idle();
    link(other);
    unlink(other);
    exit(other, "gone");
    gone(other);
    out("alive");
}
