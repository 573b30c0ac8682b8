import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    out(attempt(() -> suspend(self())));
    out(attempt(() -> suspend(dead())));
    out(attempt(() -> resume(idle())));
}
