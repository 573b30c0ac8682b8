import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    out(info(dead()), info(dead()).map(ProcessInfo::links));
}
