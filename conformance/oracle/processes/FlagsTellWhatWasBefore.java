import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    out(trapExits(true), trapExits(true), trapExits(false));
    out(priority(Priority.HIGH), priority(Priority.LOW), priority(Priority.NORMAL));
}
