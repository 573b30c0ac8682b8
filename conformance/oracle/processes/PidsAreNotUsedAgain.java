import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid old = dead();
    List<Pid> young = Stream.generate(() -> spawn(() -> {})).limit(1000).toList();
    out(young.contains(old), isAlive(old), Set.copyOf(young).size());
    send(old, "hello");
    out(mail());
}
