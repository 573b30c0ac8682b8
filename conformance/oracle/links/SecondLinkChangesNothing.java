import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Links(List<Pid> all) {}

void main() {
    trapExits(true);
    Pid pid = idle();
    link(pid);
    link(pid);
    link(pid);
    out(info(self()).orElseThrow().links(), new Links(info(pid).orElseThrow().links()));
    unlink(pid);
    out(new Links(info(pid).orElseThrow().links()));
    exit(pid, "gone");
    gone(pid);
    out(mail());
    Pid other = idle();
    link(other);
    link(other);
    link(other);
    exit(other, "gone");
    out(mail());
}
