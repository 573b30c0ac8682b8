import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Got(Object message) {}

void main() {
    Pid boss = self();
    Pid child =
            spawn(() -> {
                shake();
                send(boss, new Got(receive()));
            });
    send(child, "hello");
    out(next());
}
