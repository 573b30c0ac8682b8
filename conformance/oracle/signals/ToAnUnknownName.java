import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    out(attempt(() -> send("nobody here", "hello")));
}
