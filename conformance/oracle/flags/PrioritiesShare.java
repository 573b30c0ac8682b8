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
    Pid boss = self();
    var busy = Stream.generate(() -> spawn(() -> spin())).limit(4).toList();
    spawn(() -> send(boss, "normal"));
    out(next());
    busy.forEach(pid -> exit(pid, KILL));
}
