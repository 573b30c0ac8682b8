import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    for (Object reason : List.of(KILL, "gone")) {
        Pid pid = idle();
        suspend(pid);
        Ref ref = monitor(pid);
        exit(pid, reason);
        out(reason == KILL ? down(ref) : isAlive(pid));
    }
}
