import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid = idle();
    List<Ref> refs = List.of(monitor(pid), monitor(pid), monitor(pid));
    for (int i = 0; i < 3; i++) {
        spawn(() -> {
            shake();
            exit(pid, "gone");
        });
    }
    refs.forEach(ref -> down(ref));
    out(mail());
}
