import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid =
            spawn(() -> {
                shake();
                exit("gone");
            });
    shake();
    monitor(pid);
    eventually(() -> !isAlive(pid));
    out(mail());
}
