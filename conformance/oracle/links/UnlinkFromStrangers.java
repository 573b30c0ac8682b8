import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    unlink(idle());
    unlink(dead());
    out(true, true, mail());
}
