import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    Pid pid = idle();
    link(pid);
    for (int i = 0; i < 5; i++) {
        unlink(pid);
        link(pid);
    }
    exit(pid, "gone");
    out(mail());
}
