import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    out(attempt(() -> sendAfter(self(), "hello", ofMillis(-1))));
    sendAfter(self(), "soon", ofMillis(0));
    out(next());
    sendAfter(dead(), "hello", ofMillis(0));
    out(mail());
}
