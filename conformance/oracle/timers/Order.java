import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    sendAfter(self(), "b", ofMillis(150));
    sendAfter(self(), "d", ofMillis(300));
    sendAfter(self(), "a", ofMillis(20));
    sendAfter(self(), "c", ofMillis(220));
    out(next(), next(), next(), next());
}
