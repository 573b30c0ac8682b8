import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    Pid pid =
            spawn(() -> {
                shake();
                exit("gone");
            });
    shake();
    link(pid);
    gone(pid);
    out(mail());
}
