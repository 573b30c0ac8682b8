import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid = idle();
    register("m_named", pid);
    monitor(pid);
    exit(pid, new ExitReason.ShutdownWith("enough"));
    out(next());
    pid = idle();
    register("m_named", pid);
    monitor("m_named");
    exit(pid, "gone");
    out(next());
}
