import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid = spawn(() -> exit("gone"));
    gone(pid);
    monitor(pid);
    out(next());
    monitor("m_nobody");
    out(next());
}
