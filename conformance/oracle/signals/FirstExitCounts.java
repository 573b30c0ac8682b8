import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid = idle();
    Ref ref = monitor(pid);
    exit(pid, "first");
    exit(pid, "second");
    out(down(ref));
}
