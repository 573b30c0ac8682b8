import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Pid pid = idle();
    spawn(() -> {
        send(boss, monitor(pid));
        send(boss, new Told(receive(Down.class).reason()));
    });
    Ref ref = receive(Ref.class);
    out(demonitor(ref()), demonitor(ref));
    exit(pid, "gone");
    out(next());
}
