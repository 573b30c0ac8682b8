import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref ref = sendAfter(self(), "hello", ofMillis(1));
    shake();
    out(cancelTimer(ref).isPresent(), mail());
}
