import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Pid pid =
            spawn(() -> {
                Ref ref = monitor(self());
                send(boss, new Told(demonitor(ref)));
            });
    out(next());
    gone(pid);
    out(mail());
}
