import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    spawn(() -> {
        shake();
        send(boss, "hello");
    });
    out(receive(String.class, ofMillis(1), "late"), mail());
}
