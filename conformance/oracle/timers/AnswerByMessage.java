import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref ref = sendAfter(self(), "hello", ofMillis(10_000));
    cancelTimerAsync(ref);
    TimerCancelled told = (TimerCancelled) next();
    out(told.ref().equals(ref), told.left().orElseThrow().toMillis() > 9_000);
    cancelTimerAsync(ref);
    out(next());
}
