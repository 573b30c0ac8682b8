import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid sleeper = spawn(() -> hibernate(() -> receive()));
    shake();
    Ref ref = monitor(sleeper);
    exit(sleeper, NORMAL);
    exit(sleeper, "gone");
    out(down(ref));
}
