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
    for (Object reason : List.of("gone", KILL, NORMAL)) {
        Pid pid = spawn(() -> spin());
        Ref ref = monitor(pid);
        shake();
        exit(pid, reason);
        if (reason == NORMAL) {
            out(receive(Object.class, ofMillis(100), "nothing"), isAlive(pid));
            exit(pid, KILL);
        } else {
            out(down(ref));
        }
    }
}
