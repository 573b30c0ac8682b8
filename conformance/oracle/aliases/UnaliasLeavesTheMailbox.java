import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref alias = alias();
    Pid boss = self();
    spawn(() -> {
        send(alias, "through_it");
        send(boss, "done");
    });
    receive(String.class, "done"::equals);
    unalias(alias);
    out(mail());
}
