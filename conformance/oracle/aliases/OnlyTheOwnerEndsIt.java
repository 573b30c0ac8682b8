import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref alias = alias();
    Pid boss = self();
    spawn(() -> send(boss, new Told(unalias(alias))));
    out(next());
    send(alias, "still_there");
    out(next());
    out(unalias(alias), unalias(alias), unalias(ref()));
}
