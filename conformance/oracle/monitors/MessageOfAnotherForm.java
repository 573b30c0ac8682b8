import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Lost(Ref ref, Destination process, ExitReason reason) {
    Lost(Down down) {
        this(down.ref(), down.process(), down.reason());
    }
}

void main() {
    Pid pid = idle();
    monitor(pid, Lost::new);
    exit(pid, "gone");
    out(next());
    monitor(dead(), Lost::new);
    out(next());
}
