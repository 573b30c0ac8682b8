import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    Ref alias = alias(AliasOption.PRIORITY);
    send(self(), "one");
    exitPriority(alias, "told");
    Pid pid = dead();
    monitor(pid, MonitorOption.PRIORITY);
    out(mail());
}
