import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

static void spin() {
    for (long i = 0; ; i++) {
        if (i < 0) {
            i = 0;
        }
    }
}

void main() {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
        Pid pid = idle();
        shake();
        exit(pid, KILL);
        seen.add(List.of(isAlive(pid), info(pid), isAlive(pid)));
    }
    out(seen);
    Pid busy = spawn(() -> spin());
    shake();
    exit(busy, "gone");
    out(isAlive(busy), info(busy));
}
