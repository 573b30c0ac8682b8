import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    gone(spawn(() -> sendAfter(boss, "from_the_dead", ofMillis(30))));
    out(next());
    Pid target = idle();
    Ref ref = sendAfter(target, "hello", ofMillis(10_000));
    exit(target, KILL);
    gone(target);
    out(eventually(() -> readTimer(ref).isEmpty()), cancelTimer(ref).isPresent());
}
