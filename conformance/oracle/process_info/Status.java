import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Status(ProcessInfo.Status status) {
    static Status of(Pid pid) {
        return new Status(info(pid).orElseThrow().status());
    }
}

static boolean isWaiting(Pid pid) {
    return Status.of(pid).status() == ProcessInfo.Status.WAITING;
}

void main() {
    Pid pid = idle();
    out(eventually(() -> isWaiting(pid)));
    suspend(pid);
    out(Status.of(pid));
    resume(pid);
    out(eventually(() -> isWaiting(pid)));
    out(Status.of(self()));
}
