import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    for (Object reason :
            List.of(
                    "gone",
                    ExitReason.KILLED,
                    SHUTDOWN,
                    new ExitReason.ShutdownWith("enough"),
                    ExitReason.NOPROC,
                    ExitReason.TIMEOUT)) {
        Pid pid = idle();
        Ref ref = monitor(pid);
        exit(pid, reason);
        Pid trapper = trapper();
        send(trapper, "before");
        exit(trapper, reason);
        send(trapper, "behind");
        out(down(ref), next(), next(), next());
    }
}
