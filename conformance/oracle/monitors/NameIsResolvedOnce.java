import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid first = idle();
    register("m_moving", first);
    monitor("m_moving");
    unregister("m_moving");
    Pid second = idle();
    register("m_moving", second);
    exit(second, "second");
    gone(second);
    out(mail());
    exit(first, "first");
    out(mail());
}
