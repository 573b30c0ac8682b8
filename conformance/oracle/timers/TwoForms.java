import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref ref = sendAfter(self(), "bare", ofMillis(1));
    out(next(), ref);
    ref = startTimer(self(), "named", ofMillis(1));
    out(next(), ref);
}
