import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

static boolean oneMessage() {
    return info(self()).orElseThrow().messageQueueLength() == 1;
}

void main() {
    Pid live = idle();
    Ref ref = monitor(live);
    demonitor(ref);
    exit(live, "gone");
    gone(live);
    out(mail());
    Ref fired = monitor(dead());
    eventually(() -> oneMessage());
    demonitor(fired);
    out(mail());
    fired = monitor(dead());
    eventually(() -> oneMessage());
    demonitorFlush(fired);
    out(mail());
}
