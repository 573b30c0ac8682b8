import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    send(self(), 1);
    out(attempt(() -> receive(Integer.class, ofMillis(-1))));
    out(attempt(() -> receive(Integer.class, ofMillis(-1))) instanceof Caught);
}
