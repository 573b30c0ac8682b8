import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Pid pid =
            spawn(() -> {
                shake();
                trapExits(true);
                send(boss, new Told(receive(Exit.class).reason()));
            });
    Ref ref = monitor(pid);
    shake();
    exit(pid, "gone");
    out(down(ref), mail());
}
