import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref live = monitor(idle());
    out(demonitor(live), demonitor(live));
    Ref fired = monitor(dead());
    eventually(() -> info(self()).orElseThrow().messageQueueLength() == 1);
    out(demonitor(fired), demonitorFlush(fired), mail());
}
