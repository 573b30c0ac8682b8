import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    out(attempt(() -> unregister("n_unknown")));
    Pid pid = idle();
    register("n_ending", pid);
    exit(pid, KILL);
    gone(pid);
    out(whereis("n_ending"), attempt(() -> unregister("n_ending")));
}
